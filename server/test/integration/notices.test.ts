import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/dialect.ts';
import { makeDatabase, until } from '../support/shop.ts';
import { TcpLine } from '../support/tcp-line.ts';

describe('who listens for changes on PostgreSQL', () => {
  const line = new TcpLine();
  const heard: string[] = [];
  let failures = 0;
  let listener: Database;
  let speaker: Database;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { url } = await makeDatabase('PostgreSQL');
    speaker = openDatabase(url);
    listener = openDatabase(await line.connectTo(url), {
      onBackgroundError: () => {
        failures += 1;
      },
    });
    stop = await listener.watch((ids) => heard.push(...ids));
  });
  afterAll(async () => {
    await stop();
    await Promise.all([listener.close(), speaker.close()]);
    await line.close();
  });

  const say = async (id: string): Promise<void> => {
    await sql`SELECT pg_notify('paydesk_orders', ${id})`.execute(speaker.read);
  };

  it('hears each change once, also after the database could not be reached several times', async () => {
    await line.close();
    await until(
      async () => failures,
      (count) => count >= 4,
    );
    await line.open();
    await until(
      async () => {
        await say('ord_back');
        return heard.includes('ord_back');
      },
      (isBack) => isBack,
    );
    await say('ord_once');
    await say('ord_last');
    await until(
      async () => heard.includes('ord_last'),
      (isHeard) => isHeard,
    );
    expect(heard.filter((id) => id === 'ord_once')).toEqual(['ord_once']);
  });
});
