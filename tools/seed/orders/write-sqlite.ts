import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type BulkWriter, type Counts, orderTables, type Rows } from './rows.ts';

/** Through a connection of its own that waits for no disk: what a power cut would cost here is made again. */
export function sqliteWriter(path: string): BulkWriter {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY');
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA wal_autocheckpoint = 20000');
  return {
    write: async (rows, counts) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const table of orderTables) insert(database, table, rows);
        count(database, counts);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    finish: async () => {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    close: async () => database.close(),
  };
}

function insert(database: DatabaseSync, table: (typeof orderTables)[number], rows: Rows): void {
  const all = rows.tables.get(table)!;
  const [first] = all;
  if (!first) return;
  const columns = Object.keys(first);
  const marks = columns.map(() => '?').join(', ');
  const statement = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
  for (const row of all) statement.run(...columns.map((column) => row[column] as SQLInputValue));
}

function count(database: DatabaseSync, { held, uses }: Counts): void {
  const hold = database.prepare(
    'UPDATE products SET on_hand = on_hand + ?, reserved = reserved + ? WHERE id = ?',
  );
  for (const [id, units] of held) hold.run(units, units, id);
  const use = database.prepare('UPDATE discounts SET uses = uses + ? WHERE code = ?');
  for (const [code, times] of uses) use.run(times, code);
}
