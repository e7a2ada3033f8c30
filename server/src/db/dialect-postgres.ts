import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Database, DatabaseOptions } from './database.ts';
import type { Schema, Tx } from './schema.ts';

const channel = 'paydesk_orders';
/** What one transaction may wait for a lock, take in all, or sit idle, in milliseconds: far above a purchase, far below a person's patience. */
const limits = '-c lock_timeout=3000 -c statement_timeout=10000 -c idle_in_transaction_session_timeout=15000';
/** serialization_failure, deadlock_detected, lock_not_available: the whole transaction may simply run again. */
const worthRetrying = new Set(['40001', '40P01', '55P03']);
const mostTries = 5;
/** Changes of a few milliseconds travel in one notice, so that notices never hold up commits. */
const noticeDelay = 5;

// bigint, and sums of them, arrive as text because they may pass 2^53; ours are minor units and milliseconds, which do not.
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return oid === 20 || oid === 1700 ? Number : pg.types.getTypeParser(oid, format);
  },
} as pg.CustomTypesConfig;

export function openPostgres(url: string, options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    connectionTimeoutMillis: 5_000,
    options: limits,
    // Statements that are started together travel together: a round trip costs more than most statements.
    pipeline: true,
    types,
  } as pg.PoolConfig);
  const onBackgroundError = options.onBackgroundError ?? (() => {});
  pool.on('error', onBackgroundError);
  // The pool listens to idle connections only. One that breaks in the middle of a transaction tells that transaction, and
  // besides emits an error that would end the process if nobody listened.
  pool.on('connect', (client) => client.on('error', onBackgroundError));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: withNamedStatements(pool) }) });
  const notices = new Notices(pool, onBackgroundError);
  return {
    read: db,
    transaction: (work) => retried(() => db.transaction().execute((tx) => work(tx as Tx))),
    announce: (orderIds) => notices.add(orderIds),
    watch: (onChange) => watch(url, onChange, onBackgroundError),
    assertDurable: () => assertDurable(pool),
    isUnavailable,
    migration: { int: 'BIGINT', strict: '', appendOnly, lock: 'SELECT pg_advisory_xact_lock(7305427)' },
    close: async () => {
      await notices.flush();
      await db.destroy();
    },
  };
}

/** SQLSTATE classes 08 (connection), 53 (resources), 57 (ended by an operator or a limit), 55P03 and broken sockets. */
function isUnavailable(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|53|57|55P03|40)|^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code) ||
    /^(Connection terminated|Client has encountered a connection error|timeout)/.test(message)
  );
}

async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!worthRetrying.has(code) || tries === mostTries) throw error;
      await wait(tries * 5 + (process.hrtime()[1] % 10));
    }
  }
}

async function assertDurable(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version', 'server_version_num')`,
  );
  const settings = new Map(rows.map((row) => [row.name, row.setting]));
  if (Number(settings.get('server_version_num')) < 150_000)
    throw new Error('PostgreSQL 15 or later is needed.');
  for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    if (settings.get(name) === 'off')
      throw new Error(`The database is not durable (PostgreSQL's ${name} is off).`);
  }
  return `PostgreSQL ${settings.get('server_version')}, fsync on`;
}

function appendOnly(table: string): string[] {
  return [
    `CREATE FUNCTION ${table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '${table} only grows'; END $$`,
    `CREATE TRIGGER ${table}_only_grows BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_only_grows()`,
  ];
}

/** Gives every statement text a name, so that the server parses and plans it once per connection. */
function withNamedStatements(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>();
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `s${names.size}`;
    names.set(text, name);
    return name;
  };
  const wrap = (client: pg.PoolClient): PostgresPoolClient =>
    ({
      query: (text: string, values: readonly unknown[]) =>
        values.length === 0
          ? client.query(text)
          : client.query({ name: nameOf(text), text, values: values as unknown[] }),
      release: (error?: Error | boolean) => client.release(error),
    }) as unknown as PostgresPoolClient;
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const known = wrapped.get(client) ?? wrap(client);
      wrapped.set(client, known);
      return known;
    },
  } as unknown as PostgresPool;
}

/**
 * Notices go out after the commit and a few at a time: a NOTIFY inside each transaction would queue all commits behind
 * one lock. One that is lost costs a reader a few seconds, never a wrong state.
 */
class Notices {
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
async function watch(
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
    next.once('end', () => void reconnect());
    await next.connect();
    await next.query(`LISTEN ${channel}`);
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
