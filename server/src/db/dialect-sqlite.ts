import { existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Storage } from '../domain/health.ts';
import type { Database } from './database.ts';
import { AsideConnection } from './dialect-sqlite-aside.ts';
import { GroupCommit } from './group-commit.ts';
import { runOnConnection } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

/** How long a process waits for another one's write lock before it gives up, in milliseconds. */
const busyTimeout = 5_000;
/** How often another process's commits are looked for, in milliseconds: what a person perceives as at once. */
const watchInterval = 250;
/** The first SQLite without the WAL-reset bug, which corrupts files that several connections write. */
const firstSafeVersion = [3, 51, 3] as const;

/** SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN. */
const passing = new Set([5, 6, 10, 13, 14]);

export function openSqlite(path: string): Database {
  mkdirSync(dirname(path), { recursive: true });
  const writer = connect(path);
  // The upper levels of all indexes at a million orders. The reader would forget them at each commit.
  writer.exec('PRAGMA cache_size = -32768');
  const reader = connect(path);
  reader.exec('PRAGMA query_only = ON');
  const write = kysely(new SqliteConnection(writer));
  const read = kysely(new SqliteConnection(reader));
  const commits = new GroupCommit<Tx>(writer, write as unknown as Tx);
  return {
    read,
    aside: kysely(new AsideConnection(path)),
    transaction: (work) => commits.run(work),
    announce: () => {},
    watch: async (onChange) => watch(reader, onChange),
    assertDurable: async () => assertDurable(writer),
    measure: async () => measure(path),
    isUnavailable: (error) => passing.has((error as { errcode?: number }).errcode ?? 0),
    migration: { int: 'INTEGER', strict: ' STRICT', bytes: 'BLOB', appendOnly, lock: null },
    close: async () => {
      await commits.idle();
      reader.close();
      writer.close();
    },
  };
}

function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeout });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  // What a savepoint would undo is kept in memory: past 64 KB it would go to a file, written for nothing in most groups.
  database.exec('PRAGMA temp_store = MEMORY');
  return database;
}

function assertDurable(database: DatabaseSync): string {
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  const { journal_mode: mode } = database.prepare('PRAGMA journal_mode').get() as { journal_mode: string };
  const { synchronous } = database.prepare('PRAGMA synchronous').get() as { synchronous: number };
  if (isBefore(version, firstSafeVersion)) {
    throw new Error(`SQLite ${version} can corrupt its file; 3.51.3 or later is needed.`);
  }
  if (mode !== 'wal')
    throw new Error(`The database file cannot use write-ahead logging (journal_mode is ${mode}).`);
  if (synchronous !== 2)
    throw new Error(`The database is not durable (synchronous is ${synchronous}, not 2 = FULL).`);
  return `SQLite ${version}, WAL, synchronous=FULL`;
}

/** The file and what waits in its log to be written into it. */
function measure(path: string): Storage {
  const sizes = [path, `${path}-wal`].map((file) => (existsSync(file) ? statSync(file).size : 0));
  const { bavail, bsize } = statfsSync(dirname(path));
  return { used: sizes.reduce((sum, size) => sum + size, 0), free: bavail * bsize };
}

function isBefore(version: string, wanted: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, part] of wanted.entries()) {
    const own = parts[index] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}

function watch(reader: DatabaseSync, onChange: (orderIds: string[]) => void): () => Promise<void> {
  const versionOf = reader.prepare('PRAGMA data_version');
  const newest = reader.prepare('SELECT coalesce(max(rowid), 0) AS seq FROM order_events');
  const since = reader.prepare('SELECT DISTINCT order_id FROM order_events WHERE rowid > ? AND rowid <= ?');
  const read = () => (versionOf.get() as { data_version: number }).data_version;
  let version = read();
  let seq = (newest.get() as { seq: number }).seq;
  const timer = setInterval(() => {
    const now = read();
    if (now === version) return;
    version = now;
    const upTo = (newest.get() as { seq: number }).seq;
    const rows = since.all(seq, upTo) as { order_id: string }[];
    seq = upTo;
    if (rows.length > 0) onChange(rows.map((row) => row.order_id));
  }, watchInterval);
  return async () => clearInterval(timer);
}

function appendOnly(table: string): string[] {
  return ['UPDATE', 'DELETE'].map(
    (verb) => `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
      BEGIN SELECT RAISE(ABORT, '${table} only grows'); END`,
  );
}

function kysely(connection: DatabaseConnection): Kysely<Schema> {
  const db = new Kysely<Schema>({
    dialect: {
      createDriver: () => new SqliteDriver(connection),
      createQueryCompiler: () => new Compiler(),
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });
  return runOnConnection(db, connection);
}

/** There is one writer and it holds the whole database, so `FOR UPDATE` says nothing here and is left out. */
class Compiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(): void {}
}

class SqliteDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async releaseConnection(): Promise<void> {}
  async beginTransaction(): Promise<void> {
    throw new Error('use Database.transaction');
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async destroy(): Promise<void> {}
}

type Prepared = { statement: StatementSync; returnsRows: boolean };

class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  // Prepared once per text. The texts are few, because values are always parameters.
  readonly #prepared = new Map<string, Prepared>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, returnsRows } = this.#prepare(query.sql);
    const parameters = query.parameters as SQLInputValue[];
    if (returnsRows) return { rows: statement.all(...parameters) as Row[] };
    const { changes } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    yield* [];
    throw new Error('streaming is not supported');
  }

  #prepare(text: string): Prepared {
    let prepared = this.#prepared.get(text);
    if (!prepared) {
      const statement = this.#database.prepare(text);
      prepared = { statement, returnsRows: statement.columns().length > 0 };
      this.#prepared.set(text, prepared);
    }
    return prepared;
  }
}
