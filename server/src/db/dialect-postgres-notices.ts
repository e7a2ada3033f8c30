import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const channel = 'paydesk_orders';
/** Changes of a moment that nobody perceives travel in one notice, so that notices never hold up commits; in milliseconds. */
const noticeDelay = 25;

/**
 * Notices go out after the commit and a few at a time: a NOTIFY inside each transaction would queue all commits behind
 * one lock. One that is lost costs a reader a few seconds, never a wrong state.
 */
export class Notices {
  readonly #pool: pg.Pool;
  readonly #onError: (error: unknown) => void;
  #waiting = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(pool: pg.Pool, onError: (error: unknown) => void) {
    this.#pool = pool;
    this.#onError = onError;
  }

  add(orderIds: string[]): void {
    for (const id of orderIds) this.#waiting.add(id);
    this.#timer ??= setTimeout(() => void this.flush(), noticeDelay);
  }

  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    // A notice may carry 8,000 bytes; an id has about 30.
    const ids = [...this.#waiting];
    this.#waiting = new Set();
    for (let start = 0; start < ids.length; start += 200) {
      const payload = ids.slice(start, start + 200).join(' ');
      await this.#pool.query('SELECT pg_notify($1, $2)', [channel, payload]).catch(this.#onError);
    }
  }
}

/** One connection of its own that listens, made again when it breaks. */
export async function watch(
  url: string,
  onChange: (orderIds: string[]) => void,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let client: pg.Client | null = null;
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    next.on('notification', (notice) => onChange((notice.payload ?? '').split(' ').filter(Boolean)));
    next.on('error', onError);
    try {
      await next.connect();
      await next.query(`LISTEN ${channel}`);
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    // Not before it listens: one that never connected ends as well, and each would begin a round of its own.
    next.once('end', () => void reconnect());
    client = next;
  };
  const reconnect = async (): Promise<void> => {
    while (!stopped) {
      await wait(1_000);
      if (stopped) return;
      try {
        await connect();
        return;
      } catch (error) {
        onError(error);
      }
    }
  };
  await connect();
  return async () => {
    stopped = true;
    await client?.end();
  };
}
