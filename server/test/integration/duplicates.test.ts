import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks, checkStock, compareWithStripe, snapshot, stockOnHand } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, sessionOf } from '../support/customer.ts';
import { deliver, eventOf, eventsAbout, retold } from '../support/events.ts';
import { cart, databases, readOrder, startTestShop, type TestShop } from '../support/shop.ts';
import { readSession } from '../support/stripe-record.ts';

describe.each(databases)('an event that arrives more than once, on %s', (kind) => {
  let shop: TestShop;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
    supplied = await stockOnHand(shop);
  });
  afterAll(() => shop.stop());

  const paidAtStripe = async () => {
    const body = cart([
      { productId: 'prod_stoneware-mug', quantity: 2 },
      { productId: 'prod_linen-napkins', quantity: 1 },
    ]);
    const { placed, payment } = await orderWithPayment(shop, 'elements', body);
    await pay(shop, payment);
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    return { placed, payment, event };
  };
  const receipts = async (orderId: string) =>
    await shop.app.database.read
      .selectFrom('ledger_entries')
      .select(['account', 'amount'])
      .where('order_id', '=', orderId)
      .execute();

  it('has one effect when it arrives twenty times at once', async () => {
    const { placed, event } = await paidAtStripe();
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(shop, event)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(answers.filter(({ result }) => result === 'applied')).toHaveLength(1);
    expect(answers.filter(({ result }) => result === 'duplicate')).toHaveLength(19);
    const paid = await readOrder(shop, placed);
    expect(paid).toMatchObject({ status: 'paid', version: 2, received: placed.order.total });
    expect((await receipts(paid.id)).filter(({ account }) => account === 'stripe_clearing')).toEqual([
      { account: 'stripe_clearing', amount: placed.order.total.amount },
    ]);
    await checkStock(shop, supplied);
  });

  it('has one effect when twenty twins of it arrive at once, each under an id of its own', async () => {
    const { placed, event } = await paidAtStripe();
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(shop, retold(event))));
    expect(answers.filter(({ result }) => result === 'applied')).toHaveLength(1);
    expect(answers.filter(({ result }) => result === 'no_effect')).toHaveLength(19);
    expect((await readOrder(shop, placed)).version).toBe(2);
    await checkStock(shop, supplied);
  });

  it('has one effect when both events that say “paid” arrive at once', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    await pay(shop, payment);
    const session = await readSession(shop.sandbox.url, sessionOf(payment));
    const completed = await eventOf(shop, 'checkout.session.completed', session.id);
    const succeeded = await eventOf(shop, 'payment_intent.succeeded', session.payment_intent!);
    const answers = await Promise.all(
      [completed, succeeded, completed, succeeded].map((event) => deliver(shop, event)),
    );
    expect(answers.filter(({ result }) => result === 'applied')).toHaveLength(1);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', version: 2 });
  });

  it('changes nothing at all when it is repeated later', async () => {
    const { payment, event } = await paidAtStripe();
    for (const each of await eventsAbout(shop, intentOf(payment))) await deliver(shop, each);
    const before = await snapshot(shop);
    shop.advance(3 * 24 * 3_600_000);
    expect(await deliver(shop, event)).toMatchObject({ status: 200, result: 'duplicate' });
    expect(await snapshot(shop)).toEqual(before);
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});
