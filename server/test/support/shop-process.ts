import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../tools/ports.ts';
import { shopSettings, type TestShop, until } from './shop.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export type ShopProcess = { url: string; output(): string; stop(): Promise<void> };

/** The settings under which another process serves the same shop: same database, same sandbox, another port. */
export async function settingsBeside(shop: TestShop): Promise<Record<string, string>> {
  const at = {
    port: await freePort(),
    frontendUrl: shop.url,
    databaseUrl: shop.databaseUrl,
    stripe: shop.sandbox.url,
  };
  return { ...shopSettings(at), LOG_LEVEL: 'info' };
}

/** A second process on the same database, ready when this resolves. */
export async function startProcessBeside(shop: TestShop, role = 'web'): Promise<ShopProcess> {
  const settings = await settingsBeside(shop);
  const url = `http://127.0.0.1:${settings.PORT}`;
  const child = spawnShop([`--role=${role}`], settings);
  const isUp = () =>
    fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      (reply) => reply.ok,
      () => child.process.exitCode !== null,
    );
  await until(isUp, Boolean, 30_000);
  if (child.process.exitCode !== null) throw new Error(`it did not start: ${child.output()}`);
  return {
    url,
    output: child.output,
    stop: async () => {
      child.process.kill('SIGTERM');
      await child.ended;
    },
  };
}

export type Ended = { code: number | null; output: string };

/** Runs the server's program with these settings only, until it ends by itself. */
export async function runShop(args: string[], settings: Record<string, string>): Promise<Ended> {
  const child = spawnShop(args, settings);
  const code = await child.ended;
  return { code, output: child.output() };
}

function spawnShop(
  args: string[],
  settings: Record<string, string>,
): { process: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    // One that hangs is a failure, not a wait.
    timeout: 50_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { process: child, output: () => output, ended };
}
