import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import { intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { deliver, eventOf, sign } from '../support/events.ts';
import { paidOrder, refund } from '../support/operators.ts';
import { call, databases, order, readOrder, startTestShop, type TestShop } from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';

/** What else goes wrong in other shops, and has no other place: docs/known-failures.md names them all. */
describe.each(databases)('what goes wrong in other shops does not here, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', line });
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  it('an event that nobody signed costs no question to the database', async () => {
    const { payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const genuine = JSON.stringify(await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
    const { database } = shop.app;
    const reads = vi.spyOn(database.read, 'getExecutor');
    const writes = vi.spyOn(database, 'transaction');
    try {
      const asForgery = { 'stripe-signature': sign(genuine, { secret: 'whsec_of_somebody_else' }) };
      for (const headers of [{ 'stripe-signature': undefined }, asForgery])
        expect(await deliver(shop, genuine, headers)).toMatchObject({ status: 400 });
      expect([reads.mock.calls.length, writes.mock.calls.length]).toEqual([0, 0]);
      // The same with a signature asks, or else nothing was watched here.
      expect(await deliver(shop, genuine)).toMatchObject({ status: 200 });
      expect(reads.mock.calls.length + writes.mock.calls.length).toBeGreaterThan(0);
    } finally {
      reads.mockRestore();
      writes.mockRestore();
    }
  });

  it('no route but the webhook makes an order paid, whatever its caller says', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const lies = { ...statusLies, paymentIntent: intentOf(payment), payment_intent: intentOf(payment) };
    for (const { method, path } of await routesOf(shop, placed)) {
      const reply = await shop.server.inject({
        method,
        url: `${path}?${new URLSearchParams({ ...lies, redirect_status: 'succeeded' })}`,
        headers: {
          authorization: `Bearer ${placed.accessToken}`,
          'idempotency-key': 'a-lie-of-a-customer-1',
        },
        ...(method === 'POST' && { payload: { ...lies, orderId: placed.order.id } }),
      });
      expect([path, reply.statusCode < 500]).toEqual([path, true]);
      expect(await readOrder(shop, placed)).toMatchObject({ status: 'pending', received: { amount: 0 } });
    }
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid' });
  });

  it('a customer who comes back while the webhook comes is told the same, and nothing happens twice', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    await Promise.all([
      ...Array.from({ length: 10 }, () => readOrder(shop, placed)),
      deliver(shop, event),
      ...Array.from({ length: 10 }, () => readOrder(shop, placed)),
    ]);
    await shop.runJobs();
    const paid = await readOrder(shop, placed);
    expect(paid).toMatchObject({ status: 'paid', received: placed.order.total });
    const mails = await shop.app.database.read
      .selectFrom('outbox')
      .select('kind')
      .where('order_id', '=', placed.order.id)
      .where('kind', '=', 'mail.paid')
      .execute();
    expect(mails).toHaveLength(1);
  });

  it('every key sent to Stripe names its operation, so that no two calls share one', async () => {
    const { placed } = await paidOrder(shop);
    for (const amount of [100, 100])
      expect((await refund(shop, placed, { amount })).status).toBeLessThan(300);
    await shop.runJobs();
    const other = await orderWithPayment(shop, 'hosted');
    await call(shop, 'POST', `/api/orders/${other.placed.order.id}/cancel`, {
      token: other.placed.accessToken,
    });
    const pathsOf = new Map<string, Set<string>>();
    for (const { path, idempotencyKey } of line.requests.filter(calls('POST', /./))) {
      expect(idempotencyKey).toMatch(/^(pi|cs|refund):[a-z]+:\w+$|^stripe-node-retry-/);
      pathsOf.set(idempotencyKey!, (pathsOf.get(idempotencyKey!) ?? new Set()).add(path));
    }
    expect([...pathsOf].filter(([, paths]) => paths.size > 1)).toEqual([]);
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await order(shop);
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});

const statusLies = {
  status: 'paid',
  state: 'paid',
  paid: 'true',
  received: '999999',
  payment_status: 'paid',
};

/** Every route that a customer can call, for that order. Only the operators' are left out: they have a door of their own. */
async function routesOf(
  shop: TestShop,
  placed: PlacedOrder,
): Promise<{ method: 'GET' | 'POST'; path: string }[]> {
  const { paths } = (await call<{ paths: Record<string, object> }>(shop, 'GET', '/api/docs/json')).body;
  return Object.entries(paths)
    .filter(([path]) => !/^\/api\/admin\/|\/(cancel|events)$/.test(path))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        method: method.toUpperCase() as 'GET' | 'POST',
        path: path.replace('{id}', placed.order.id).replace('{provider}', 'stripe'),
      })),
    );
}
