/**
 * The SQLite file behind the store: a table per collection, rows in the order of their making. All changes of one turn
 * of the event loop are committed together, and nobody is answered before that commit (`whenSafe`).
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

const SCHEMA = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS journal (sequence INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

interface Change {
  collection: string;
  sequence: number;
  record: object | null;
}

interface Table {
  upsert: StatementSync;
  remove: StatementSync;
}

export class FileStorage {
  private readonly database: DatabaseSync;
  private readonly tables = new Map<string, Table>();
  private readonly addJournal: StatementSync;
  private changes = new Map<string, Change>();
  private journal: [number, string][] = [];
  private waiting: (() => void)[] = [];
  private isScheduled = false;

  private constructor(database: DatabaseSync) {
    this.database = database;
    this.database.exec(SCHEMA);
    this.addJournal = database.prepare('INSERT INTO journal (sequence, json) VALUES (?, ?)');
  }

  /** Opens or makes the file. Rejects with a sentence when that is not possible. */
  static async open(path: string): Promise<FileStorage> {
    // Loaded on demand: most runs keep everything in memory and need no database.
    const { DatabaseSync } = await import('node:sqlite');
    try {
      return new FileStorage(new DatabaseSync(path));
    } catch (error) {
      // SQLITE_BUSY: two sandboxes on one file would each forget what the other did.
      if ((error as { errcode?: number }).errcode === 5) {
        throw new Error(`The file ${path} is in use by another sandbox.`);
      }
      throw new Error(
        `The file ${path} cannot be used as the sandbox's database: ${(error as Error).message}.`,
      );
    }
  }

  write(collection: string, sequence: number, record: object | null): void {
    this.changes.set(`${collection}/${sequence}`, { collection, sequence, record });
    this.schedule();
  }

  writeJournal(sequence: number, json: string): void {
    this.journal.push([sequence, json]);
    this.schedule();
  }

  whenSafe(callback: () => void): void {
    if (!this.isScheduled) callback();
    else this.waiting.push(callback);
  }

  /** The records of a collection, oldest first. */
  read(collection: string): { record: unknown; sequence: number }[] {
    this.table(collection);
    const rows = this.database.prepare(`SELECT sequence, json FROM "${collection}" ORDER BY sequence`).all();
    return rows.map((row) => ({ record: JSON.parse(String(row.json)), sequence: Number(row.sequence) }));
  }

  readJournal(after: number, limit: number): string[] {
    const rows = this.database
      .prepare('SELECT json FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?')
      .all(after, limit);
    return rows.map((row) => String(row.json));
  }

  lastJournalSequence(): number {
    const row = this.database.prepare('SELECT max(sequence) AS last FROM journal').get();
    return Number(row?.last ?? 0);
  }

  /** A small lasting fact, such as the account's id. */
  fact(name: string, make: () => string): string {
    const row = this.database.prepare('SELECT value FROM facts WHERE name = ?').get(name);
    if (row !== undefined) return String(row.value);
    const value = make();
    this.setFact(name, value);
    return value;
  }

  setFact(name: string, value: string): void {
    this.database
      .prepare(
        'INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      )
      .run(name, value);
  }

  close(): void {
    if (!this.database.isOpen) return;
    this.commit();
    this.database.close();
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.commit());
  }

  private commit(): void {
    if (!this.isScheduled) return;
    const { changes, journal, waiting } = this;
    this.changes = new Map();
    this.journal = [];
    this.waiting = [];
    this.isScheduled = false;
    this.database.exec('BEGIN IMMEDIATE');
    for (const { collection, sequence, record } of changes.values()) {
      const { upsert, remove } = this.table(collection);
      if (record === null) remove.run(sequence);
      else upsert.run(sequence, JSON.stringify(record));
    }
    for (const [sequence, json] of journal) this.addJournal.run(sequence, json);
    this.database.exec('COMMIT');
    for (const callback of waiting) callback();
  }

  /** The names come from the store's own list of collections. */
  private table(collection: string): Table {
    const known = this.tables.get(collection);
    if (known !== undefined) return known;
    this.database.exec(
      `CREATE TABLE IF NOT EXISTS "${collection}" (sequence INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT`,
    );
    const made = {
      upsert: this.database.prepare(
        `INSERT INTO "${collection}" (sequence, json) VALUES (?, ?)
         ON CONFLICT (sequence) DO UPDATE SET json = excluded.json`,
      ),
      remove: this.database.prepare(`DELETE FROM "${collection}" WHERE sequence = ?`),
    };
    this.tables.set(collection, made);
    return made;
  }
}
