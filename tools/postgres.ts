/**
 * A real PostgreSQL for tests and benchmarks, started in a temporary folder and gone without a trace afterwards.
 * `node tools/postgres.ts` starts one by hand and prints its address.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { readCommandLine, runCommand } from './command-line.ts';

export type PostgresOptions = {
  /** Whether a commit reaches the disk before it is acknowledged. On unless a test wants speed: the shop refuses to boot without it. */
  fsync?: boolean;
  /** Further settings of postgresql.conf. */
  settings?: Record<string, string>;
};

export type RunningPostgres = {
  /** `postgres://user:password@127.0.0.1:port/postgres`: a superuser of the empty maintenance database. */
  url: string;
  /** Stops it and removes its files. Calling it again does nothing. */
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL on a free loopback port, in about one second. It also ends, within seconds, when this process dies in
 * whatever way. Throws with PostgreSQL's own words when it does not start.
 */
export async function startPostgres({
  fsync = true,
  settings = {},
}: PostgresOptions = {}): Promise<RunningPostgres> {
  const all = fsync ? settings : { fsync: 'off', full_page_writes: 'off', ...settings };
  const keeperFile = fileURLToPath(new URL('postgres/keeper.ts', import.meta.url));
  // A session of its own: Ctrl-C in our terminal reaches us, and we decide when the database goes.
  const keeper = spawn(process.execPath, [keeperFile, JSON.stringify(all)], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(keeper, 'exit');
  const answer = await firstLine(keeper.stdout);
  if (!answer.url) throw new Error(answer.error ?? 'PostgreSQL did not start.');
  const stop = async (): Promise<void> => {
    keeper.stdin.end();
    await exited;
  };
  return { url: answer.url, stop };
}

/** Makes an empty database beside the one `url` names and answers its URL. The name is lower case letters, digits and `_`. */
export async function createDatabase(url: string, name: string): Promise<string> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error(`"${name}" is not a plain database name.`);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const created = new URL(url);
  created.pathname = `/${name}`;
  return created.href;
}

async function firstLine(output: NodeJS.ReadableStream): Promise<{ url?: string; error?: string }> {
  for await (const line of createInterface({ input: output })) return JSON.parse(line);
  return {};
}

const usage = `Usage: node tools/postgres.ts [--no-fsync]

Starts an empty PostgreSQL in a temporary folder, prints its URL and runs until Ctrl-C. Nothing is kept.

  --no-fsync   do not wait for the disk (faster, not durable; the shop refuses to run on it)`;

async function main(): Promise<void> {
  const { values } = readCommandLine(usage, { 'no-fsync': { type: 'boolean', default: false } });
  const postgres = await startPostgres({ fsync: !values['no-fsync'] });
  process.stdout.write(`${postgres.url}\n`);
  const keepAlive = setInterval(() => {}, 60_000);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  clearInterval(keepAlive);
  await postgres.stop();
}

if (import.meta.main) await runCommand(main);
