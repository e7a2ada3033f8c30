import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, portProblem } from '../ports.ts';
import { requireFreePorts } from '../start/free-ports.ts';
import { readSettings, serverEnvironment } from '../start/settings.ts';

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
    const settings = await readSettings(env, keysFile);
    await expect(requireFreePorts(settings)).rejects.toThrow(/The sandbox .*Set SANDBOX_PORT to another/);
  });

  it('are free again once the other program has gone', async () => {
    expect(await portProblem(taken)).toBe('taken');
    other.close();
    await once(other, 'close');
    expect(await portProblem(taken)).toBeUndefined();
  });

  it.each(['0', '65536', 'http', '-1', '3000.5'])('cannot be %s', async (PORT) => {
    await expect(readSettings({ PORT }, keysFile)).rejects.toThrow(
      `PORT is a port number from 1 to 65535, not "${PORT}".`,
    );
  });

  it('cannot be the same for shop and sandbox', async () => {
    const same = { PORT: '3290', SANDBOX_PORT: '3290' };
    await expect(readSettings(same, keysFile)).rejects.toThrow('PORT and SANDBOX_PORT are both 3290');
  });
});

describe('the keys of the sandbox', () => {
  it('are made once, kept, and readable by nobody else', async () => {
    const first = await readSettings({}, keysFile);
    const second = await readSettings({}, keysFile);
    expect(second.sandbox?.keys).toEqual(first.sandbox?.keys);
    expect((await stat(keysFile)).mode & 0o777).toBe(0o600);
  });

  it('are not made where the shop has a key for real Stripe', async () => {
    const settings = await readSettings({ STRIPE_SECRET_KEY: 'sk_test_real' }, keysFile);
    expect(settings.sandbox).toBeUndefined();
    await expect(readFile(keysFile)).rejects.toThrow('ENOENT');
    expect(serverEnvironment({ STRIPE_SECRET_KEY: 'sk_test_real' }, settings)).not.toHaveProperty(
      'STRIPE_API_BASE',
    );
  });

  it('never stand in for a key that was set to nothing', async () => {
    const settings = await readSettings({ STRIPE_SECRET_KEY: '' }, keysFile);
    expect(settings.sandbox).toBeUndefined();
    expect(serverEnvironment({ STRIPE_SECRET_KEY: '' }, settings).STRIPE_SECRET_KEY).toBe('');
  });

  it('are told apart from a file that is broken', async () => {
    await readSettings({}, keysFile);
    await writeFile(keysFile, '{"secretKey": "sk_live_oops"}');
    await expect(readSettings({}, keysFile)).rejects.toThrow(
      'Delete it, and new keys for the sandbox are made.',
    );
  });

  it('reach the server together with the address of the sandbox', async () => {
    const settings = await readSettings({ PORT: '3291', SANDBOX_PORT: '3292' }, keysFile);
    expect(serverEnvironment({}, settings)).toMatchObject({
      PORT: '3291',
      FRONTEND_URL: 'http://localhost:3291',
      STRIPE_API_BASE: 'http://127.0.0.1:3292',
      STRIPE_SECRET_KEY: settings.sandbox?.keys.secretKey,
      STRIPE_WEBHOOK_SECRET: settings.sandbox?.keys.webhookSecret,
    });
  });
});
