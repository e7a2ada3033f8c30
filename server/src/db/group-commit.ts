import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Last } from './database.ts';
import { tellCommit } from './steps.ts';

/** More transactions than this in one commit would make the first of them wait noticeably. */
const largestGroup = 256;

type Work<Tx, T> = (tx: Tx, last: Last) => Promise<T>;

type Job<Tx> = {
  work: Work<Tx, unknown>;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
};

type Settle = () => void;

/**
 * One writer, one fsync for many transactions: all that arrive in the same turn of the event loop run inside one
 * `BEGIN IMMEDIATE … COMMIT`, each behind its own savepoint. Nobody is answered before COMMIT returned, and everybody is
 * refused when it fails, so an answer always means that the rows are on disk.
 */
export class GroupCommit<Tx> {
  readonly #database: DatabaseSync;
  readonly #tx: Tx;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  #queue: Job<Tx>[] = [];
  #running: Promise<void> | null = null;

  constructor(database: DatabaseSync, tx: Tx) {
    this.#database = database;
    this.#tx = tx;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#savepoint = database.prepare('SAVEPOINT job');
    this.#release = database.prepare('RELEASE job');
  }

  run<T>(work: Work<Tx, T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve, reject });
      this.#running ??= this.#loop();
    });
  }

  /** Resolves when nothing is queued or running. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #loop(): Promise<void> {
    while (this.#queue.length > 0) {
      await nextTurn();
      await this.#commitGroup(this.#queue.splice(0, largestGroup));
    }
    this.#running = null;
  }

  async #commitGroup(jobs: Job<Tx>[]): Promise<void> {
    try {
      this.#begin.run();
    } catch (error) {
      for (const job of jobs) job.reject(error);
      return;
    }
    const settled: Settle[] = [];
    try {
      for (const job of jobs) settled.push(await this.#runBehindSavepoint(job));
      tellCommit('before');
      this.#commit.run();
      tellCommit('after');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      for (const job of jobs) job.reject(error);
      return;
    }
    for (const settle of settled) settle();
  }

  async #runBehindSavepoint(job: Job<Tx>): Promise<Settle> {
    this.#savepoint.run();
    const watch = watchTurns();
    try {
      const last: Promise<unknown>[] = [];
      const value = await job.work(this.#tx, (writes) => {
        // If the work itself fails, nobody waits for these any more, and their failure is no news.
        writes.catch(() => {});
        last.push(writes);
      });
      await Promise.all(last);
      if (watch.turned()) throw new Error('a transaction waited for something that is not the database');
      this.#release.run();
      return () => job.resolve(value as never);
    } catch (error) {
      // Statements of the job that had been started together with the one that failed end first, then all are undone.
      await nextTurn();
      // A full disk ends the whole transaction and so the group: another savepoint would begin one of its own.
      if (!this.#database.isTransaction) throw error;
      this.#database.exec('ROLLBACK TO job; RELEASE job');
      return () => job.reject(error);
    } finally {
      watch.stop();
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** SQLite answers within the same turn of the event loop, so a turn that passes means network, disk or a timer. */
function watchTurns(): { turned: () => boolean; stop: () => void } {
  let turned = false;
  const handle = setImmediate(() => {
    turned = true;
  });
  return { turned: () => turned, stop: () => clearImmediate(handle) };
}
