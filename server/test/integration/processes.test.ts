import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { pay, started } from '../support/customer.ts';
import { buyPatiently, type Purchase } from '../support/patient-customer.ts';
import { databases, order, until } from '../support/shop.ts';
import { type ShopProcesses, startShopProcesses } from '../support/shop-processes.ts';
import { calls } from '../support/stripe-line.ts';
import { type Charge, listAll } from '../support/stripe-record.ts';

const kills = 3;
const buyersPerKill = 16;

describe.each(databases)('a server that is killed, on %s', (kind) => {
  let shop: ShopProcesses;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startShopProcesses(kind, ['all']);
    supplied = await stockOnHand(shop);
  });
  afterAll(() => shop.stop());

  const statusOf = async (orderId: string) => (await findOrder(shop.database.read, orderId))!.status;
  const chargesAtStripe = async () => (await listAll<Charge>(shop.sandbox.url, '/v1/charges')).length;

  it('loses nothing when it dies in the middle of many purchases, several times', async () => {
    const [server] = shop.processes;
    const purchases: Purchase[] = [];
    for (let kill = 1; kill <= kills; kill += 1) {
      const before = await chargesAtStripe();
      const buying = Array.from({ length: buyersPerKill }, (_, index) =>
        buyPatiently(shop, () => server!.url, index % 2 ? 'hosted' : 'elements'),
      );
      // Each time at another moment: when few have paid, when most have.
      await until(chargesAtStripe, (charges) => charges >= before + kill * 4 - 2, 30_000);
      await server!.kill9();
      await server!.start();
      purchases.push(...(await Promise.all(buying)));
    }
    expect(new Set(purchases.map(({ orderId }) => orderId)).size).toBe(kills * buyersPerKill);
    const notPaid = async () => {
      const statuses = await Promise.all(purchases.map(({ orderId }) => statusOf(orderId)));
      return statuses.filter((status) => status !== 'paid');
    };
    await until(notPaid, (left) => left.length === 0, 40_000);
    expect(await chargesAtStripe()).toBe(purchases.length);
    for (const { orderId, total } of purchases)
      expect(await findOrder(shop.database.read, orderId)).toMatchObject({ received: total, hold: 'sold' });
  });

  it('finds its own commit again when it dies between commit and reply', async () => {
    const [server] = shop.processes;
    const placed = await order(server!);
    const payment = await started(server!, placed);
    const died = Promise.withResolvers<void>();
    shop.notifications.deal(
      ({ body }) => body.includes('"type":"payment_intent.succeeded"'),
      async (exchange) => {
        const { status } = await exchange.deliver();
        expect(status).toBe(200);
        await server!.kill9();
        exchange.cut();
        died.resolve();
      },
    );
    await pay({ url: server!.url, sandbox: shop.sandbox }, payment);
    await died.promise;
    expect(await statusOf(placed.order.id)).toBe('paid');
    await server!.start();
    const deliveries = shop.notifications.requests.filter(calls('POST', /webhooks/)).length;
    await until(
      async () => shop.notifications.requests.filter(({ body }) => body.includes(payment.payment.reference!)),
      (seen) => seen.filter(({ body }) => body.includes('"payment_intent.succeeded"')).length >= 2,
    );
    expect(shop.notifications.requests.length).toBeGreaterThanOrEqual(deliveries);
    await until(
      async () => server!.output(),
      (output) => /"result":"duplicate"/.test(output),
    );
    expect(await findOrder(shop.database.read, placed.order.id)).toMatchObject({
      status: 'paid',
      version: 2,
      received: placed.order.total.amount,
    });
    expect(await findPayments(shop.database.read, placed.order.id)).toHaveLength(1);
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});
