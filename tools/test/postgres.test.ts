import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type RunningPostgres, startPostgres } from '../postgres.ts';

describe('the throw-away PostgreSQL', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('waits for the disk at every commit', async () => {
    expect(await ask(postgres.url, 'SHOW fsync')).toBe('on');
    expect(await ask(postgres.url, 'SHOW synchronous_commit')).toBe('on');
  });

  it('lets nobody in without the password', async () => {
    const url = new URL(postgres.url);
    url.password = 'wrong';
    await expect(ask(url.href, 'SELECT 1')).rejects.toThrow(/password/);
  });

  it('makes databases by name and refuses names that are not plain', async () => {
    const url = await createDatabase(postgres.url, 'shop_1');
    expect(await ask(url, 'SELECT current_database()')).toBe('shop_1');
    await expect(createDatabase(postgres.url, 'a"; DROP TABLE orders')).rejects.toThrow(
      'not a plain database name',
    );
  });

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'is gone when the process that started it ends by %s',
    async (signal) => {
      const { parent, url } = await startByCommand();
      const folder = (await ask(url, 'SHOW data_directory')) as string;
      parent.kill(signal);
      await once(parent, 'exit');
      await vi.waitFor(() => expect(ask(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED'), {
        timeout: 15_000,
      });
      await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 15_000 });
    },
  );
});

async function startByCommand(): Promise<{ parent: ChildProcess; url: string }> {
  const command = fileURLToPath(new URL('../postgres.ts', import.meta.url));
  const parent = spawn(process.execPath, [command], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = await once(createInterface({ input: parent.stdout! }), 'line');
  return { parent, url };
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}
