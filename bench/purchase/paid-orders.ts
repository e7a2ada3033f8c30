import { sql } from 'kysely';
import type { Database } from '../../server/src/db/database.ts';

/** How often the database is asked, in milliseconds: the resolution of the latencies. */
const interval = 4;

/** Tells when orders became paid by reading the shop's database, so that watching costs the shop's process nothing. */
export class PaidOrders {
  readonly #database: Database;
  readonly #waiting = new Map<string, () => void>();
  #timer: NodeJS.Timeout | null = null;
  #asking: Promise<void> = Promise.resolve();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves when the order is paid; rejects after ten seconds. */
  wait(orderId: string): Promise<void> {
    this.#timer ??= setInterval(() => this.#askOnce(), interval);
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`${orderId} was not paid within 10 s`)), 10_000);
      this.#waiting.set(orderId, () => {
        clearTimeout(limit);
        resolve();
      });
    });
  }

  /** Resolves when no mail waits to be sent any more. */
  async mailsSent(): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ waiting: number }>`
        SELECT COUNT(*) AS waiting FROM outbox
        WHERE kind LIKE 'mail.%' AND done_at IS NULL AND dead_at IS NULL`.execute(this.#database.read);
      if (Number(rows[0]?.waiting) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#asking;
  }

  #busy = false;

  #askOnce(): void {
    if (this.#busy || this.#waiting.size === 0) return;
    this.#busy = true;
    this.#asking = this.#ask().finally(() => {
      this.#busy = false;
    });
  }

  async #ask(): Promise<void> {
    const ids = [...this.#waiting.keys()];
    const { rows } = await sql<{ id: string }>`
      SELECT id FROM orders WHERE status = 'paid' AND id IN (${sql.join(ids)})`.execute(this.#database.read);
    for (const { id } of rows) {
      this.#waiting.get(id)?.();
      this.#waiting.delete(id);
    }
  }
}
