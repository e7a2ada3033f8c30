import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, startPayment } from '../support/customer.ts';
import { deliver, eventOf, type StripeEvent } from '../support/events.ts';
import {
  call,
  cart,
  databases,
  newKey,
  order,
  readOrder,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';
import { TcpLine } from '../support/tcp-line.ts';

/** Bytes that make an event need new pages of the file, whatever room is left in those that exist. */
const heavy = 'x'.repeat(300_000);

describe.each(databases)('a database that cannot store anything, on %s', (kind) => {
  const tcp = new TcpLine();
  let shop: TestShop;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      webhooks: false,
      jobs: 'manual',
      ...(kind === 'PostgreSQL' && { databaseThrough: (url) => tcp.connectTo(url) }),
    });
    supplied = await stockOnHand(shop);
  });
  afterAll(async () => {
    await shop.stop();
    await tcp.close();
  });

  const pageLimit = async (pages: number) => {
    await shop.app.database.transaction((tx) => sql.raw(`PRAGMA max_page_count = ${pages}`).execute(tx));
  };
  /** A full disk on SQLite (the limit cannot go below the pages there are), a server that is gone on PostgreSQL. */
  const refuse = () => (kind === 'SQLite' ? pageLimit(1) : tcp.close());
  const recover = () => (kind === 'SQLite' ? pageLimit(1_000_000) : tcp.open());
  afterEach(recover);
  const paidAtStripe = async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    return { placed, event: await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)) };
  };
  const weighed = (event: StripeEvent) => ({ ...event, padding: heavy }) as StripeEvent;
  const inboxRows = async (id: string) =>
    await shop.app.database.read.selectFrom('inbox').select('event_id').where('event_id', '=', id).execute();

  it('acknowledges nothing, keeps nothing, and takes the money when the event comes again', async () => {
    const { placed, event } = await paidAtStripe();
    await refuse();
    const refused = await deliver(shop, weighed(event));
    expect([refused.status, refused.code]).toEqual([503, 'database_unavailable']);
    await recover();
    expect((await readOrder(shop, placed)).status).toBe('pending');
    expect(await inboxRows(event.id)).toEqual([]);
    expect((await deliver(shop, event)).result).toBe('applied');
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('has stored exactly the events it acknowledged when it breaks in the middle of many', async () => {
    const purchases = await Promise.all(Array.from({ length: 12 }, paidAtStripe));
    if (kind === 'SQLite') {
      const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(shop.app.database.read);
      await pageLimit(rows[0]!.page_count + 300);
    }
    const statuses: number[] = [];
    for (let start = 0; start < purchases.length; start += 3) {
      const wave = purchases.slice(start, start + 3).map(({ event }) => deliver(shop, weighed(event)));
      if (kind === 'PostgreSQL' && start === 6) await terminateBackends(shop);
      statuses.push(...(await Promise.all(wave)).map(({ status }) => status));
    }
    await recover();
    for (const [index, { placed, event }] of purchases.entries()) {
      const isStored = (await inboxRows(event.id)).length === 1;
      if (statuses[index] === 200) expect(isStored).toBe(true);
      else expect(statuses[index]).toBeGreaterThanOrEqual(500);
      expect((await readOrder(shop, placed)).status).toBe(isStored ? 'paid' : 'pending');
    }
    if (kind === 'SQLite') expect(new Set(statuses)).toEqual(new Set([200, 503]));
    await Promise.all(purchases.map(({ event }) => deliver(shop, event)));
    for (const { placed } of purchases)
      expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', version: 2 });
  });

  it('refuses orders and payments with 503, and says when to try again', async () => {
    const placed = await order(shop);
    await refuse();
    const long = 'y'.repeat(60);
    const bodies = Array.from({ length: 40 }, () =>
      cart(undefined, { contact: { email: 'ada@example.com', firstName: long, lastName: long } }),
    );
    const replies = [];
    for (const body of bodies)
      replies.push(
        await call<{ error?: { code: string } }>(shop, 'POST', '/api/orders', { body, key: newKey() }),
      );
    const refused = replies.filter(({ status }) => status !== 201);
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, body, headers } of refused) {
      expect([status, body.error?.code]).toEqual([503, 'database_unavailable']);
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    }
    await recover();
    expect((await startPayment(shop, placed)).status).toBe(201);
  });

  it('works again afterwards without a restart', async () => {
    const { placed, event } = await paidAtStripe();
    await deliver(shop, event);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});

/** Ends every connection of this database but the one that asks, as an operator or a failing server does. */
async function terminateBackends(shop: TestShop): Promise<void> {
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(shop.app.database.read);
}

describe('a commit whose answer was lost, on PostgreSQL', () => {
  const tcp = new TcpLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop('PostgreSQL', {
      webhooks: false,
      jobs: 'manual',
      databaseThrough: (url) => tcp.connectTo(url),
    });
  });
  afterAll(async () => {
    await shop.stop();
    await tcp.close();
  });

  it('is not acknowledged although it happened, and the redelivery finds it', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    tcp.loseCommit();
    expect((await deliver(shop, event)).status).toBe(503);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    expect(await deliver(shop, event)).toMatchObject({ status: 200, result: 'duplicate' });
    expect(await readOrder(shop, placed)).toMatchObject({
      status: 'paid',
      version: 2,
      received: placed.order.total,
    });
  });

  it('does not make a second attempt when the customer asks again for a way to pay', async () => {
    const placed = await order(shop);
    const key = newKey();
    tcp.loseCommit();
    expect((await startPayment(shop, placed, 'elements', key)).status).toBe(503);
    const again = await until(
      () => startPayment(shop, placed),
      ({ status }) => status === 201,
    );
    expect(again.body.payment.attempt).toBe(1);
    expect((await pay(shop, again.body)).status).toBe(200);
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(again.body)));
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
