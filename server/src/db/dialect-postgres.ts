import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Storage } from '../domain/health.ts';
import type { Database, DatabaseOptions, Last } from './database.ts';
import { kyselyOnClient, kyselyOnPool, send, type Transactional } from './dialect-postgres-driver.ts';
import { Notices, watch } from './dialect-postgres-notices.ts';
import type { Tx } from './schema.ts';
import { tellCommit } from './steps.ts';

/** What one transaction may wait for a lock, take in all, or sit idle, in milliseconds: far above a purchase, far below a person's patience. */
const limits = '-c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000';
const statementTimeout = 10_000;
/** And what one may that nobody waits for. */
const asideTimeout = 5 * 60_000;
/** serialization_failure, deadlock_detected, lock_not_available: the whole transaction may simply run again. */
const worthRetrying = new Set(['40001', '40P01', '55P03']);
const mostTries = 5;

export function openPostgres(url: string, options: DatabaseOptions): Database {
  const onBackgroundError = options.onBackgroundError ?? (() => {});
  const timeout = options.statementTimeout ?? statementTimeout;
  const pool = openPool(url, { max: options.poolSize ?? 10, timeout, onBackgroundError });
  // It connects when it is first used, and mostly never is.
  const aside = openPool(url, { max: 1, timeout: Math.max(timeout, asideTimeout), onBackgroundError });
  const transactions = new Transactions(pool);
  const notices = new Notices(pool, onBackgroundError);
  return {
    read: kyselyOnPool(pool),
    aside: kyselyOnPool(aside),
    transaction: (work) => retried(() => transactions.run(work)),
    announce: (orderIds) => notices.add(orderIds),
    watch: (onChange) => watch(url, onChange, onBackgroundError),
    assertDurable: () => assertDurable(pool),
    measure: () => measure(pool),
    isUnavailable,
    migration: {
      int: 'BIGINT',
      strict: '',
      bytes: 'BYTEA',
      appendOnly,
      lock: 'SELECT pg_advisory_xact_lock(7305427)',
    },
    close: async () => {
      await notices.flush();
      await Promise.all([pool.end(), aside.end()]);
    },
  };
}

function openPool(
  url: string,
  {
    max,
    timeout,
    onBackgroundError,
  }: { max: number; timeout: number; onBackgroundError: (error: unknown) => void },
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    options: `${limits} -c statement_timeout=${timeout}`,
  });
  pool.on('error', onBackgroundError);
  // The pool listens to idle connections only. One that breaks in the middle of a transaction tells that transaction, and
  // besides emits an error that would end the process if nobody listened.
  pool.on('connect', (client) => client.on('error', onBackgroundError));
  return pool;
}

/**
 * SQLSTATE classes 08 (connection), 28 and 3D (not let in), 40 (lost a race too often), 53 (resources), 55 (not ready), 57
 * (ended by an operator or a limit), and broken sockets.
 */
function isUnavailable(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|28|3D|40|53|55|57)|^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code) ||
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

async function measure(pool: pg.Pool): Promise<Storage> {
  const { rows } = await pool.query<{ used: string }>('SELECT pg_database_size(current_database()) AS used');
  return { used: Number(rows[0]?.used ?? 0), free: null };
}

function appendOnly(table: string): string[] {
  return [
    `CREATE FUNCTION ${table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION '${table} only grows'; END $$`,
    `CREATE TRIGGER ${table}_only_grows BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_only_grows()`,
  ];
}

class Transactions {
  readonly #pool: pg.Pool;
  readonly #onClient = new WeakMap<pg.PoolClient, Transactional>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** BEGIN travels with the first statements and COMMIT with the last, where `work` hands those over. */
  async run<T>(work: (tx: Tx, last: Last) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    const { kysely, connection } = this.#on(client);
    connection.open();
    const started: Promise<unknown>[] = [];
    let firstFailure: unknown;
    const keep = (promise: Promise<unknown>) => {
      promise.catch((error: unknown) => {
        firstFailure ??= error;
      });
      started.push(promise);
    };
    keep(send(client, 'BEGIN'));
    try {
      const value = await work(kysely as unknown as Tx, keep);
      connection.close();
      tellCommit('before');
      const commit = send(client, 'COMMIT');
      keep(commit);
      await Promise.all(started);
      // PostgreSQL answers a COMMIT after a failed statement with ROLLBACK, and without an error.
      if ((await commit).command !== 'COMMIT') throw new Error('the transaction was rolled back');
      tellCommit('after');
      client.release();
      return value;
    } catch (error) {
      connection.close();
      await undo(client);
      // What a statement is refused after another one failed only says so; the first failure says why.
      throw firstFailure ?? error;
    }
  }

  #on(client: pg.PoolClient): Transactional {
    let known = this.#onClient.get(client);
    if (!known) {
      known = kyselyOnClient(client);
      this.#onClient.set(client, known);
    }
    return known;
  }
}

/** A connection that cannot even roll back is thrown away; the server then rolls back by itself. */
async function undo(client: pg.PoolClient): Promise<void> {
  try {
    await send(client, 'ROLLBACK');
    client.release();
  } catch (error) {
    client.release(error as Error);
  }
}
