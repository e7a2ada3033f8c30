/**
 * The SQLite file behind the store. All changes of one turn of the event loop are committed together, and nobody is
 * answered before that commit (`whenSafe`).
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS records (
    collection TEXT NOT NULL, id TEXT NOT NULL, sequence INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (collection, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS journal (sequence INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

interface Change {
  collection: string;
  id: string;
  sequence: number;
  record: object | null;
}

export class FileStorage {
  private readonly database: DatabaseSync;
  private readonly upsert: StatementSync;
  private readonly remove: StatementSync;
  private readonly addJournal: StatementSync;
  private changes = new Map<string, Change>();
  private journal: [number, string][] = [];
  private waiting: (() => void)[] = [];
  private isScheduled = false;

  private constructor(database: DatabaseSync) {
    this.database = database;
    this.database.exec(SCHEMA);
    this.upsert = database.prepare(
      `INSERT INTO records (collection, id, sequence, json) VALUES (?, ?, ?, ?)
       ON CONFLICT (collection, id) DO UPDATE SET json = excluded.json`,
    );
    this.remove = database.prepare('DELETE FROM records WHERE collection = ? AND id = ?');
    this.addJournal = database.prepare('INSERT INTO journal (sequence, json) VALUES (?, ?)');
  }

  /** Opens or makes the file. Throws when it is not a database or the folder does not exist. */
  static async open(path: string): Promise<FileStorage> {
    // Loaded on demand: most runs keep everything in memory and need no database.
    const { DatabaseSync } = await import('node:sqlite');
    return new FileStorage(new DatabaseSync(path));
  }

  write(collection: string, id: string, sequence: number, record: object | null): void {
    this.changes.set(`${collection}/${id}`, { collection, id, sequence, record });
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

  read(collection: string): { record: unknown; sequence: number }[] {
    const rows = this.database
      .prepare('SELECT sequence, json FROM records WHERE collection = ? ORDER BY sequence')
      .all(collection);
    return rows.map((row) => ({
      record: JSON.parse(String(row.json)),
      sequence: Number(row.sequence),
    }));
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
    for (const { collection, id, sequence, record } of changes.values()) {
      if (record === null) this.remove.run(collection, id);
      else this.upsert.run(collection, id, sequence, JSON.stringify(record));
    }
    for (const [sequence, json] of journal) this.addJournal.run(sequence, json);
    this.database.exec('COMMIT');
    for (const callback of waiting) callback();
  }
}
