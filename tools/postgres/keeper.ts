/**
 * Keeps one throw-away PostgreSQL alive for as long as its parent lives. The parent holds the other end of this
 * process's standard input: when that closes, for whatever reason, a SIGKILL included, PostgreSQL is stopped and its
 * folder removed. Says one line of JSON on standard output: `{ "url" }` or `{ "error" }`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../ports.ts';
import { type Account, findPostgres, type PostgresBinaries, postgresAccount } from './binaries.ts';

type Cluster = {
  folder: string;
  data: string;
  password: string;
  account: Account;
  binaries: PostgresBinaries;
};

const user = 'paydesk';
/** Between a free port being found and PostgreSQL taking it, somebody else may. */
const portAttempts = 5;
/** Milliseconds a fast shutdown may take before PostgreSQL is told to drop everything. */
const shutdownLimit = 5_000;

const settings = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const parentGone = once(process.stdin.resume(), 'end');
// The parent decides when this ends; a Ctrl-C in its terminal is not for us. A closed output pipe is no reason to die early.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.stdin.destroy());
process.stdin.once('close', () => process.stdin.emit('end'));
process.stdout.on('error', () => {});

await keep();

async function keep(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'paydesk-postgres-'));
  let server: ChildProcess | undefined;
  try {
    const cluster = await makeCluster(folder);
    const started = await startOnFreePort(cluster);
    server = started.server;
    say({ url: `postgres://${user}:${cluster.password}@127.0.0.1:${started.port}/postgres` });
    await Promise.race([parentGone, once(server, 'exit')]);
  } catch (error) {
    say({ error: (error as Error).message });
  } finally {
    if (server) await shutDown(server);
    await rm(folder, { recursive: true, force: true });
  }
  process.exit();
}

async function makeCluster(folder: string): Promise<Cluster> {
  const account = postgresAccount();
  const password = randomBytes(18).toString('hex');
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  if (account) {
    await chown(folder, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const binaries = await findPostgres(folder, account);
  // The password is what keeps other users of this machine out. "C" sorts alike everywhere.
  const options = ['--no-sync', '--auth=password', `--pwfile=${passwordFile}`, `--username=${user}`];
  const process = spawn(
    binaries.initdb,
    [...options, '--encoding=UTF8', '--locale=C', '--no-instructions', '-D', data],
    { ...account, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const failure = await finished(process);
  if (failure) throw new Error(`PostgreSQL could not make its data folder. ${failure}`);
  return { folder, data, password, account, binaries };
}

async function startOnFreePort(cluster: Cluster): Promise<{ server: ChildProcess; port: number }> {
  let failure = '';
  for (let attempt = 0; attempt < portAttempts; attempt++) {
    const port = await freePort();
    const server = startServer(cluster, port);
    const outcome = await readyOrFailed(server);
    if (outcome === 'ready') return { server, port };
    failure = outcome;
    if (!failure.includes('could not bind')) break;
  }
  throw new Error(`PostgreSQL did not start. ${failure}`);
}

function startServer({ binaries, data, folder, account }: Cluster, port: number): ChildProcess {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: folder,
    max_connections: '200',
    timezone: 'UTC',
    ...settings,
  };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(binaries.postgres, ['-D', data, ...options], {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Reads PostgreSQL's log for as long as it runs, so that it never blocks on a full pipe. */
function readyOrFailed(server: ChildProcess): Promise<string> {
  const log: string[] = [];
  return new Promise((resolve) => {
    createInterface({ input: server.stderr! }).on('line', (line) => {
      if (log.push(line) > 20) log.shift();
      if (line.includes('ready to accept connections')) resolve('ready');
    });
    server.once('error', (error) => resolve(error.message));
    server.once('close', () => resolve(log.join('\n')));
  });
}

async function shutDown(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGINT');
  const impatience = setTimeout(() => server.kill('SIGQUIT'), shutdownLimit);
  await exited;
  clearTimeout(impatience);
}

async function finished(child: ChildProcess): Promise<string | undefined> {
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  return code === 0 ? undefined : output.trim() || `It ended with code ${code}.`;
}

function say(message: { url: string } | { error: string }): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
