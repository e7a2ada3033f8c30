import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestShop, until } from './shop.ts';
import { settingsBeside } from './shop-process.ts';

/** Shows the system calls of a process; not every machine has it. */
const program = 'strace';

export type TracedServer = {
  url: string;
  output(): string;
  /** How often it has waited for the disk since it started. */
  syncs(): Promise<number>;
  stop(): Promise<void>;
};

/** Whether this machine can show the system calls of a process. */
export function canTrace(): boolean {
  return spawnSync(program, ['-o', '/dev/null', 'true'], { timeout: 10_000 }).status === 0;
}

/** A second process of the shop, whose waits for the disk are counted by the operating system's own account. */
export async function startTracedServer(shop: TestShop): Promise<TracedServer> {
  const folder = await mkdtemp(join(tmpdir(), 'paydesk-trace-'));
  const trace = join(folder, 'syncs');
  const settings = await settingsBeside(shop);
  const url = `http://127.0.0.1:${settings.PORT}`;
  const tracer = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', trace];
  const child = spawn(program, [...tracer, process.execPath, 'server/src/main.ts', '--role=web'], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 50_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const ended = once(child, 'close');
  const isUp = () =>
    fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      (reply) => reply.ok,
      () => child.exitCode !== null,
    );
  await until(isUp, Boolean, 30_000);
  if (child.exitCode !== null) throw new Error(`it did not start: ${output}`);
  return {
    url,
    output: () => output,
    syncs: async () =>
      (await readFile(trace, 'utf8')).split('\n').filter((line) => line.includes('sync(')).length,
    stop: async () => {
      // The tracer's only child is the server; it ends with it.
      const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
      process.kill(Number(children.trim()), 'SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
