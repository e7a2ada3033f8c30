import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, started } from '../support/customer.ts';
import { deliver, eventOf } from '../support/events.ts';
import {
  call,
  cart,
  databases,
  makeDue,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { addDiscount } from '../support/stored.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { ask } from '../support/stripe-record.ts';

const mug = 'prod_stoneware-mug';

/**
 * Stripe confirms every cancellation before stock is given back, so this money should not exist. It does after a backup
 * was restored or when somebody answers in Stripe's place: here the line says "canceled" and Stripe never hears of it.
 */
describe.each(databases)('money that arrives after its order ended, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line, webhooks: false, jobs: 'manual' });
    await shop.app.database.transaction((tx) => tx.updateTable('products').set({ on_hand: 40 }).execute());
    supplied = await stockOnHand(shop);
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const row = async (placed: PlacedOrder) => (await findOrder(shop.app.database.read, placed.order.id))!;
  const sayCanceled = () =>
    line.deal(calls('POST', /\/cancel$/), async ({ request, reply }) => {
      const id = request.path.split('/')[3]!;
      const intent = await ask<object>(shop.sandbox.url, `/v1/payment_intents/${id}`);
      const body = Buffer.from(JSON.stringify({ ...intent, status: 'canceled' }));
      reply({ status: 200, headers: { 'content-type': 'application/json' }, body });
    });
  const available = async () => {
    const { on_hand, reserved } = await shop.app.database.read
      .selectFrom('products')
      .selectAll()
      .where('id', '=', mug)
      .executeTakeFirstOrThrow();
    return on_hand - reserved;
  };
  const endedButPaid = async (how: 'expire' | 'cancel', quantity = 2, more = {}) => {
    const { placed, payment } = await orderWithPayment(
      shop,
      'elements',
      cart([{ productId: mug, quantity }], more),
    );
    sayCanceled();
    if (how === 'expire') await makeDue(shop, placed).then(() => settleJobs(shop));
    else await call(shop, 'POST', `/api/orders/${placed.order.id}/cancel`, { token: placed.accessToken });
    expect(await row(placed)).toMatchObject({
      status: how === 'expire' ? 'expired' : 'canceled',
      hold: 'released',
    });
    expect((await pay(shop, payment)).status).toBe(200);
    return { placed, event: await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)) };
  };
  const breaksOf = async (placed: PlacedOrder) =>
    await shop.app.database.read
      .selectFrom('breaks')
      .select(['kind', 'amount'])
      .where('order_id', '=', placed.order.id)
      .execute();
  const givenBack = async (placed: PlacedOrder, cause: string) => {
    const { amount } = placed.order.total;
    expect(await breaksOf(placed)).toEqual([
      { kind: cause === 'late' ? 'paid_without_stock' : 'paid_twice', amount },
    ]);
    expect(await unappliedOf(placed)).toEqual([amount, -amount]);
    await settleJobs(shop);
    const { refunds, timeline } = await readOrder(shop, placed);
    expect(refunds).toMatchObject([{ cause, status: 'succeeded', amount: placed.order.total }]);
    expect(timeline).toContainEqual(
      expect.objectContaining({ type: 'refund.succeeded', refundId: refunds[0]!.id }),
    );
    expect(await openBreaksOf(placed)).toEqual([]);
    const payments = await findPayments(shop.app.database.read, placed.order.id);
    expect(payments.find(({ unapplied }) => unapplied > 0)).toMatchObject({
      status: 'refunded',
      received: amount,
      unapplied: amount,
      refunded: amount,
    });
  };
  const openBreaksOf = async (placed: PlacedOrder) =>
    await shop.app.database.read
      .selectFrom('breaks')
      .select('kind')
      .where('order_id', '=', placed.order.id)
      .where('closed_at', 'is', null)
      .execute();
  const unappliedOf = async (placed: PlacedOrder) => {
    const rows = await shop.app.database.read
      .selectFrom('ledger_entries')
      .select('amount')
      .where('order_id', '=', placed.order.id)
      .where('account', '=', 'unapplied')
      .orderBy('kind')
      .execute();
    return rows.map(({ amount }) => -amount);
  };

  it.each(['expire', 'cancel'] as const)(
    'holds the stock again and pays the order while there is enough: %s',
    async (how) => {
      const { placed, event } = await endedButPaid(how);
      const before = await available();
      expect((await deliver(shop, event)).result).toBe('applied');
      expect(await row(placed)).toMatchObject({
        status: 'paid',
        hold: 'sold',
        received: placed.order.total.amount,
      });
      expect(await available()).toBe(before - 2);
      expect(await breaksOf(placed)).toEqual([]);
      expect((await readOrder(shop, placed)).timeline.at(-1)).toMatchObject({ type: 'order.paid' });
    },
  );

  const usesOf = async (code: string) =>
    await shop.app.database.read
      .selectFrom('discounts')
      .select((e) => [
        'uses',
        e
          .selectFrom('discount_uses')
          .select(e.fn.countAll<number>().as('n'))
          .where('code', '=', code)
          .as('rows'),
      ])
      .where('code', '=', code)
      .executeTakeFirstOrThrow();

  it('counts the use of a discount code again when late money pays the order after all', async () => {
    const { uses: before } = await usesOf('FIRST100');
    const { event } = await endedButPaid('expire', 1, { discountCode: 'FIRST100' });
    expect(await usesOf('FIRST100')).toEqual({ uses: before, rows: before });
    await deliver(shop, event);
    expect(await usesOf('FIRST100')).toEqual({ uses: before + 1, rows: before + 1 });
  });

  it('pays the price that was promised with a code that others have used up meanwhile', async () => {
    await addDiscount(shop, { code: 'LAST1', max_uses: 1 });
    const { placed, event } = await endedButPaid('expire', 1, { discountCode: 'LAST1' });
    await order(shop, cart([{ productId: mug, quantity: 1 }], { discountCode: 'LAST1' }));
    await deliver(shop, event);
    expect(await row(placed)).toMatchObject({ status: 'paid', discount_code: 'LAST1' });
    expect(await usesOf('LAST1')).toEqual({ uses: 1, rows: 1 });
  });

  it('goes back by itself when somebody else has the stock, and the order stays ended', async () => {
    const { placed, event } = await endedButPaid('expire', 3);
    const rest = await available();
    const other = await order(shop, cart([{ productId: mug, quantity: rest - 2 }]));
    expect((await deliver(shop, event)).status).toBe(200);
    expect(await row(placed)).toMatchObject({ status: 'expired', hold: 'released', received: 0 });
    await givenBack(placed, 'late');
    expect(await available()).toBe(2);
    await call(shop, 'POST', `/api/orders/${other.order.id}/cancel`, { token: other.accessToken });
    expect((await deliver(shop, event)).result).toBe('duplicate');
    expect(await row(placed)).toMatchObject({ status: 'expired', refunded: 0 });
  });

  it('holds all of an order again or nothing of it', async () => {
    const napkins = 'prod_wool-throw';
    const items = [
      { productId: mug, quantity: 1 },
      { productId: napkins, quantity: 1 },
    ];
    const { placed, payment } = await orderWithPayment(shop, 'elements', cart(items));
    sayCanceled();
    await makeDue(shop, placed);
    await settleJobs(shop);
    await pay(shop, payment);
    const { on_hand: throws } = await shop.app.database.read
      .selectFrom('products')
      .selectAll()
      .where('id', '=', napkins)
      .executeTakeFirstOrThrow();
    const other = await order(shop, cart([{ productId: napkins, quantity: throws }]));
    const before = await available();
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
    expect(await row(placed)).toMatchObject({ status: 'expired', hold: 'released' });
    expect(await available()).toBe(before);
    await call(shop, 'POST', `/api/orders/${other.order.id}/cancel`, { token: other.accessToken });
  });

  it('sells the last unit once when two late payments want it at the same moment', async () => {
    const one = await endedButPaid('expire', 2);
    const two = await endedButPaid('expire', 2);
    const other = await order(shop, cart([{ productId: mug, quantity: (await available()) - 3 }]));
    await Promise.all([deliver(shop, one.event), deliver(shop, two.event)]);
    const statuses = [(await row(one.placed)).status, (await row(two.placed)).status].toSorted();
    expect(statuses).toEqual(['expired', 'paid']);
    await call(shop, 'POST', `/api/orders/${other.order.id}/cancel`, { token: other.accessToken });
  });

  it('goes back by itself when it is the second payment of a paid order', async () => {
    const { placed, payment: first } = await orderWithPayment(shop);
    sayCanceled();
    const second = await started(shop, placed, 'hosted').then(() => started(shop, placed, 'elements'));
    expect(intentOf(second)).not.toBe(intentOf(first));
    await pay(shop, second);
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(second)));
    expect((await row(placed)).status).toBe('paid');
    await pay(shop, first);
    const again = await eventOf(shop, 'payment_intent.succeeded', intentOf(first));
    await Promise.all([deliver(shop, again), deliver(shop, again)]);
    expect(await row(placed)).toMatchObject({ status: 'paid', received: placed.order.total.amount });
    await givenBack(placed, 'duplicate');
    expect(await row(placed)).toMatchObject({ status: 'paid', refunded: 0 });
    const [attempt] = await findPayments(shop.app.database.read, placed.order.id);
    expect(attempt).toMatchObject({ status: 'refunded', intent_ref: intentOf(first) });
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});
