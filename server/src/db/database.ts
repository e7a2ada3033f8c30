import type { Kysely } from 'kysely';
import type { Storage } from '../domain/health.ts';
import type { Schema, Tx } from './schema.ts';

/**
 * Hands over the last writes of a transaction, already started, so that COMMIT travels with them instead of after them. Only
 * prepared statements, called but not awaited, may be in it. One that fails undoes the transaction; what the others
 * answer can no longer, so rules that they must keep have to be the tables' own (CHECK, UNIQUE).
 */
export type Last = (writes: Promise<unknown>) => void;

/**
 * What the rest of the server sees of its database: one query code, two databases. Only `dialect.ts` and its two
 * neighbours know which one it is.
 */
export type Database = {
  /** Reads that need no transaction. They see committed rows only. */
  readonly read: Kysely<Schema>;
  /** The same for a read that takes seconds, such as one over all orders there ever were: nothing else waits for it. */
  readonly aside: Kysely<Schema>;
  /**
   * Runs `work` in one transaction that is durable (flushed to disk) when the promise resolves. `work` may run again after
   * a lost race for a lock, so it must touch nothing but `tx`, and it must wait for nothing but the database.
   */
  transaction<T>(work: (tx: Tx, last: Last) => Promise<T>): Promise<T>;
  /** Tells other processes which orders changed. Best effort: readers also get a snapshot when they connect. */
  announce(orderIds: string[]): void;
  /** Calls back with the ids of orders that other processes changed, until stopped. */
  watch(onChange: (orderIds: string[]) => void): Promise<() => Promise<void>>;
  /** Reads the durability settings back and throws with one clear sentence when a power cut could lose a commit. */
  assertDurable(): Promise<string>;
  /** How much of its volume it takes and leaves. Asks the database and the file system, and writes nothing. */
  measure(): Promise<Storage>;
  /** Whether an error means that the database cannot be used just now, and not that a statement was wrong. */
  isUnavailable(error: unknown): boolean;
  readonly migration: {
    int: string;
    strict: string;
    bytes: string;
    appendOnly(table: string): string[];
    lock: string | null;
  };
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** For PostgreSQL: connections in the pool. */
  poolSize?: number;
  /** For PostgreSQL: how long one statement may take, in milliseconds; ten seconds where none is named. */
  statementTimeout?: number;
  /** Called when a background connection fails; the database reconnects by itself. */
  onBackgroundError?: (error: unknown) => void;
};
