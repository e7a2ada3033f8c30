/** Stripe's own command-line tool, pointed at a sandbox and shut off from the network. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Harness } from './harness.ts';

export interface CliRun {
  code: number | null;
  /** Both streams, in the order in which they came. */
  output: string;
}

const program = fileURLToPath(import.meta.resolve('@stripe/cli/bin/shim.js'));
/** The CLI refuses keys of fewer than twelve characters. */
const KEY = 'sk_test_123456789012';
/** A port on which nobody listens: whatever the CLI wants from elsewhere (a newer version of itself) fails at once. */
const NOWHERE = 'http://127.0.0.1:9';

/** Runs `stripe …` to its end. Its home is a new folder each time, so that it finds no key but the given one. */
export async function stripeCli({ sandbox }: Harness, ...args: string[]): Promise<CliRun> {
  const home = await mkdtemp(join(tmpdir(), 'stripe-cli-'));
  const all = [program, ...args, '--api-base', sandbox.url, '--api-key', KEY];
  try {
    return await end(all, {
      PATH: process.env.PATH,
      HOME: home,
      XDG_CONFIG_HOME: home,
      STRIPE_CLI_TELEMETRY_OPTOUT: '1',
      DO_NOT_TRACK: '1',
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      NO_PROXY: '127.0.0.1',
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function end(args: string[], env: NodeJS.ProcessEnv): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
