import { Worker } from 'node:worker_threads';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';

/** What the thread is to read. */
export type AsideRead = { path: string; text: string; parameters: readonly unknown[] };

/**
 * SQLite answers while the caller waits, and with it everybody else in this process. So each read that takes long has a
 * thread and a connection of its own, which end with it. It sees what was committed when it began.
 */
export class AsideConnection implements DatabaseConnection {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const workerData: AsideRead = { path: this.#path, text: query.sql, parameters: query.parameters };
    const thread = new Worker(new URL('./dialect-sqlite-thread.ts', import.meta.url), {
      workerData,
      execArgv: [],
    });
    return await new Promise((resolve, reject) => {
      thread.once('message', (rows: Row[]) => resolve({ rows }));
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`a read aside ended with ${code}`)));
    });
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    yield* [];
    throw new Error('streaming is not supported');
  }
}
