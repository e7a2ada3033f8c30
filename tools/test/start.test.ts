import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, portProblem } from '../ports.ts';
import { requireFreePorts } from '../start/free-ports.ts';
import { readSettings, sandboxKeys, serverEnvironment } from '../start/settings.ts';

let folder: string;
let keysFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paydesk-start-test-'));
  keysFile = join(folder, 'data', 'sandbox-keys.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the ports', () => {
  let other: Server;
  let taken: number;
  beforeEach(async () => {
    other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    taken = (other.address() as AddressInfo).port;
  });
  afterEach(() => other.close());

  it('are refused before anything else is done, in one sentence that names the setting', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [fileURLToPath(new URL('../start.ts', import.meta.url))],
      {
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '', PORT: String(taken) },
      },
    );
    expect(stdout + stderr).toMatch(
      new RegExp(`^The shop cannot listen on port ${taken}, .*Set PORT to another number: .*\n$`),
    );
    expect(status).toBe(1);
  });

  it('are refused when the sandbox cannot have its own', async () => {
    const env = { PORT: String(await freePort()), SANDBOX_PORT: String(taken) };
    await expect(requireFreePorts(readSettings(env))).rejects.toThrow(
      /The sandbox .*Set SANDBOX_PORT to another/,
    );
  });

  it('are free again once the other program has gone', async () => {
    expect(await portProblem(taken)).toBe('taken');
    other.close();
    await once(other, 'close');
    expect(await portProblem(taken)).toBeUndefined();
  });

  it.each(['0', '65536', 'http', '-1', '3000.5'])('cannot be %s', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(`PORT is a port number from 1 to 65535, not "${PORT}".`);
  });

  it('cannot be the same for shop and sandbox', () => {
    const same = { PORT: '3290', SANDBOX_PORT: '3290' };
    expect(() => readSettings(same)).toThrow('PORT and SANDBOX_PORT are both 3290');
  });
});

describe('the keys of the sandbox', () => {
  it('are made once, kept, and readable by nobody else', async () => {
    const first = await sandboxKeys(keysFile);
    expect(await sandboxKeys(keysFile)).toEqual(first);
    expect((await stat(keysFile)).mode & 0o777).toBe(0o600);
  });

  it.each(['sk_test_real', ''])('never stand in for a key that was set, be it to %j', (STRIPE_SECRET_KEY) => {
    const settings = readSettings({ STRIPE_SECRET_KEY });
    expect(settings.sandbox).toBeUndefined();
    const env = serverEnvironment({ STRIPE_SECRET_KEY }, settings, undefined);
    expect(env).toMatchObject({ STRIPE_SECRET_KEY });
    expect(env).not.toHaveProperty('STRIPE_API_BASE');
  });

  it('are told apart from a file that is broken', async () => {
    await sandboxKeys(keysFile);
    await writeFile(keysFile, '{"secretKey": "sk_live_oops"}');
    await expect(sandboxKeys(keysFile)).rejects.toThrow('Delete it, and new keys for the sandbox are made.');
  });

  it('reach the server together with the address of the sandbox', async () => {
    const keys = await sandboxKeys(keysFile);
    const settings = readSettings({ PORT: '3291', SANDBOX_PORT: '3292' });
    expect(serverEnvironment({}, settings, keys)).toMatchObject({
      PORT: '3291',
      FRONTEND_URL: 'http://localhost:3291',
      STRIPE_API_BASE: 'http://127.0.0.1:3292',
      STRIPE_SECRET_KEY: keys.secretKey,
      STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
      STRIPE_WEBHOOK_SECRET: keys.webhookSecret,
    });
  });
});
