import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import { intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { eventOf, sign } from '../support/events.ts';
import { call, databases, order, readOrder, startTestShop, type TestShop } from '../support/shop.ts';
import { startProcessBeside } from '../support/shop-process.ts';
import { canTrace, startTracedServer } from '../support/traced-server.ts';

describe.each(databases)('what the shop acknowledges is on disk, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
  });
  afterAll(() => shop.stop());

  it('asks its own connection, which says that every commit waits for the disk', async () => {
    const read = async (statement: string) =>
      await shop.app.database.transaction(
        async (tx) => (await sql.raw<Record<string, unknown>>(statement).execute(tx)).rows[0],
      );
    if (kind === 'SQLite') {
      expect(await read('PRAGMA synchronous')).toEqual({ synchronous: 2 });
      expect(await read('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
      expect(await read('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    } else {
      expect(await read('SHOW fsync')).toEqual({ fsync: 'on' });
      expect(await read('SHOW synchronous_commit')).toEqual({ synchronous_commit: 'on' });
      expect(await read('SHOW full_page_writes')).toEqual({ full_page_writes: 'on' });
    }
  });

  it('says so when it starts', async () => {
    const beside = await startProcessBeside(shop);
    expect(beside.output()).toMatch(kind === 'SQLite' ? /WAL, synchronous=FULL/ : /fsync on/);
    await beside.stop();
  });
});

// PostgreSQL waits for the disk in its own processes; what can be read there are the settings above.
describe('what the shop acknowledges is on disk, by the account of the operating system, on SQLite', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop('SQLite', { webhooks: false, jobs: 'manual' });
  });
  afterAll(() => shop.stop());

  const paidAtStripe = async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    return { placed, event: await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)) };
  };

  it('waits for the disk at least once for each order and each event, one after the other', async () => {
    // Without the tracer nothing more can be seen here than what the first tests read.
    if (!canTrace()) return;
    const server = await startTracedServer(shop);
    const before = await server.syncs();
    for (let count = 1; count <= 10; count += 1) await order(server);
    expect((await server.syncs()) - before).toBeGreaterThanOrEqual(10);
    for (let count = 1; count <= 5; count += 1) {
      const { placed, event } = await paidAtStripe();
      const body = JSON.stringify(event);
      const earlier = await server.syncs();
      const headers = { 'stripe-signature': sign(body) };
      expect((await call(server, 'POST', '/api/webhooks/stripe', { body, headers })).status).toBe(200);
      expect((await server.syncs()) - earlier).toBeGreaterThanOrEqual(1);
      expect((await readOrder(shop, placed)).status).toBe('paid');
    }
    await server.stop();
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
