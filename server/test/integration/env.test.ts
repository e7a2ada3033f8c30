import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestShop, type TestShop } from '../support/shop.ts';
import { runShop, settingsBeside } from '../support/shop-process.ts';

describe('the server’s program', () => {
  let folder: string;
  let shop: TestShop;
  let settings: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paydesk-env-'));
    shop = await startTestShop('SQLite', { jobs: 'manual', webhooks: false });
    settings = await settingsBeside(shop);
  });
  afterAll(async () => {
    await shop.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'an empty secret',
      { STRIPE_WEBHOOK_SECRET: '' },
      'STRIPE_WEBHOOK_SECRET is empty. Set it, or leave it out to run on the sandbox.',
    ],
    [
      'a live key beside a test key',
      { STRIPE_SECRET_KEY: 'sk_live_123456' },
      'STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY are of different modes: one is live, one is a test key.',
    ],
    [
      'a database it does not know',
      { DATABASE_URL: 'mysql://x' },
      'DATABASE_URL must start with sqlite: or postgres://',
    ],
  ])('does not start with %s, and says why in one line', async (_, change, sentence) => {
    expect(await runShop([], { ...settings, ...change })).toEqual({ code: 1, output: `${sentence}\n` });
  });

  it('does not start in a role it does not have', async () => {
    const { code, output } = await runShop(['--role=boss'], settings);
    expect([code, output]).toEqual([1, 'There is no role "boss". Use all, web, worker.\n']);
  });

  it('does not start on a file that is no database, and leaves the file alone', async () => {
    const file = join(folder, 'letter.db');
    await writeFile(file, 'Dear Ada, this is not a database.'.repeat(100));
    const { code, output } = await runShop([], { ...settings, DATABASE_URL: `sqlite:${file}` });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain('not a database');
  });

  it('does not start on a port that is taken, and says which', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const { code, output } = await runShop([], { ...settings, PORT: String(port), LOG_LEVEL: 'silent' });
    taken.close();
    expect([code, output]).toEqual([1, `Port ${port} is taken. Set PORT to another one.\n`]);
  });

  it('explains itself', async () => {
    const { code, output } = await runShop(['--help'], settings);
    expect(code).toBe(0);
    expect(output).toContain('Usage: node server/src/main.ts [--role=all|web|worker]');
  });
});
