import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { tell } from '../support/disputes.ts';
import { deliver, eventOf } from '../support/events.ts';
import {
  balancesOf,
  card,
  deliverRefundEvents,
  openBreaks,
  paidOrder,
  refund,
  trace,
} from '../support/operators.ts';
import { partOf, payAndTell } from '../support/parts.ts';
import {
  cart,
  databases,
  newKey,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { ask, listAll, type StripeRefund } from '../support/stripe-record.ts';

const mug = 'prod_stoneware-mug';
const pendingCard = card('4000000000007726');
const failingCard = card('4000000000005126');

describe.each(databases)('refunds, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line, webhooks: false, jobs: 'manual' });
    supplied = await stockOnHand(shop);
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const atStripe = async (intent: string) =>
    await listAll<StripeRefund>(shop.sandbox.url, '/v1/refunds').then(async (all) => {
      const { latest_charge } = await ask<{ latest_charge: string }>(
        shop.sandbox.url,
        `/v1/payment_intents/${intent}`,
      );
      return all.filter(({ charge }) => charge === latest_charge);
    });
  const bankSettles = async () => await tell(shop, '/_sandbox/clock', { advance: '10s' });
  const read = async (placed: PlacedOrder) => await readOrder(shop, placed);

  it('give everything back where no amount is named, and tell amount and reason', async () => {
    const { placed, intent } = await paidOrder(shop);
    const { total } = placed.order;
    const { status, body } = await refund(shop, placed);
    expect(status).toBe(201);
    expect(body.refunds).toMatchObject([
      { status: 'succeeded', amount: total, cause: 'operator', reason: 'A handle broke.' },
    ]);
    expect(body.order).toMatchObject({ status: 'refunded', refunded: total, received: total });
    expect(body.order.payments[0]).toMatchObject({ status: 'refunded', refunded: total });
    const [made] = await atStripe(intent);
    expect(made).toMatchObject({
      id: body.refunds[0]!.reference,
      amount: total.amount,
      metadata: { paydesk_order: placed.order.id, paydesk_refund: body.refunds[0]!.id },
    });
    const sent = line.requests.filter(calls('POST', '/v1/refunds'));
    expect(sent.at(-1)!.idempotencyKey).toBe(`refund:create:${body.refunds[0]!.id}`);
    const told = (await read(placed)).timeline.filter(({ type }) => type.startsWith('refund.'));
    expect(told.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
      'refund.requested operator',
      'refund.succeeded provider',
    ]);
    expect(told[1]!.message).toMatch(/^\$[\d.]+ refunded\. A handle broke\.$/);
    expect(await balancesOf(shop, placed)).toEqual({});
  });

  it('change nothing when Stripe’s events about them come after the reply, in any order and twice', async () => {
    const { placed, intent } = await paidOrder(shop);
    await refund(shop, placed, { amount: 500 });
    await bankSettles();
    const { version } = await read(placed);
    const types = await deliverRefundEvents(shop, intent, (events) => [...events.toReversed(), ...events]);
    expect(new Set(types)).toEqual(
      new Set(['refund.created', 'charge.refunded', 'refund.updated', 'charge.refund.updated']),
    );
    expect((await read(placed)).version).toBeLessThanOrEqual(version + 1);
    const { refunds, status } = await read(placed);
    expect([status, refunds.map((each) => each.status)]).toEqual(['partially_refunded', ['succeeded']]);
  });

  it('of equal amounts are two, and the rest is what is left', async () => {
    const { placed, intent } = await paidOrder(shop);
    await refund(shop, placed, { amount: 500 });
    await refund(shop, placed, { amount: { amount: 500, currency: 'usd' } });
    expect((await read(placed)).status).toBe('partially_refunded');
    const { body } = await refund(shop, placed);
    expect(body.refunds[0]!.amount.amount).toBe(placed.order.total.amount - 1000);
    expect(body.order.status).toBe('refunded');
    expect((await atStripe(intent)).map(({ amount }) => amount)).toEqual([
      placed.order.total.amount - 1000,
      500,
      500,
    ]);
    expect(await balancesOf(shop, placed)).toEqual({});
  });

  it('larger than one payment are taken from several, the newest first', async () => {
    const placed = await order(shop);
    for (const amount of [1000, 700, placed.order.total.amount - 1700])
      await payAndTell(shop, await partOf(shop, placed, { amount }));
    const [first, second, third] = (await read(placed)).payments;
    const { body } = await refund(shop, placed, { amount: third!.amount.amount + 200 });
    expect(body.refunds.map(({ paymentId, amount }) => [paymentId, amount.amount])).toEqual([
      [third!.id, third!.amount.amount],
      [second!.id, 200],
    ]);
    expect(body.order.payments.map(({ status }) => status)).toEqual([
      'succeeded',
      'partially_refunded',
      'refunded',
    ]);
    const tooMuch = await refund(shop, placed, { amount: 501, paymentId: second!.id });
    expect(tooMuch.body.error).toMatchObject({
      code: 'refund_too_large',
      details: { refundable: 500, currency: 'usd' },
    });
    expect((await refund(shop, placed, { paymentId: first!.id })).body.refunds).toMatchObject([
      { paymentId: first!.id, amount: { amount: 1000 } },
    ]);
    expect((await refund(shop, placed)).body.order.status).toBe('refunded');
    expect(await balancesOf(shop, placed)).toEqual({});
  });

  it('put units back on the shelf when asked, never more than were sold', async () => {
    const shelf = async () => (await stockOnHand(shop)).get(mug)!;
    const before = await shelf();
    const { placed } = await paidOrder(shop, { body: cart([{ productId: mug, quantity: 3 }]) });
    const items = [{ productId: mug, quantity: 2 }];
    expect((await refund(shop, placed, { amount: 100, restock: items })).status).toBe(201);
    expect(await shelf()).toBe(before - 1);
    const refused = await refund(shop, placed, { amount: 100, restock: items });
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'restock_too_many']);
    expect((await read(placed)).refunded.amount).toBe(100);
    await refund(shop, placed, { restock: true });
    expect(await shelf()).toBe(before);
    expect((await trace(shop, placed)).returned).toEqual([{ productId: mug, quantity: 3 }]);
  });

  it('stay on their way until the bank says more', async () => {
    const { placed, intent } = await paidOrder(shop, { means: pendingCard });
    const { body } = await refund(shop, placed);
    expect(body.refunds[0]!.status).toBe('pending');
    expect(body.order).toMatchObject({ status: 'paid', refunded: { amount: 0 } });
    expect((await refund(shop, placed)).body.error?.code).toBe('order_not_refundable');
    await bankSettles();
    await deliverRefundEvents(shop, intent, (events) => events.toReversed());
    expect(await read(placed)).toMatchObject({ status: 'refunded', refunded: placed.order.total });
    expect(await balancesOf(shop, placed)).toEqual({});
  });

  it('that fail after they succeeded are undone, told to a person, and can be made again', async () => {
    const { placed, intent } = await paidOrder(shop, { means: failingCard });
    const before = await balancesOf(shop, placed);
    expect((await refund(shop, placed)).body.order.status).toBe('refunded');
    await bankSettles();
    await deliverRefundEvents(shop, intent);
    const { status, refunded, payments, refunds } = await read(placed);
    expect([status, refunded.amount, payments[0]!.status]).toEqual(['paid', 0, 'succeeded']);
    expect(refunds[0]).toMatchObject({ status: 'failed', failure: { message: expect.any(String) } });
    expect(await openBreaks(shop, placed)).toMatchObject([
      { kind: 'refund_failed', object: refunds[0]!.id, amount: placed.order.total.amount },
    ]);
    expect(await balancesOf(shop, placed)).toEqual(before);
    expect((await refund(shop, placed, { amount: 700 })).body.refunds[0]!.status).toBe('succeeded');
    await bankSettles();
    await deliverRefundEvents(shop, intent, (events) => events.toReversed());
    expect(await read(placed)).toMatchObject({ status: 'paid', refunds: [{}, { status: 'failed' }] });
  });

  it('made in Stripe’s dashboard are adopted, also where only charge.refunded tells of them', async () => {
    const { placed, intent } = await paidOrder(shop);
    await tell(shop, '/v1/refunds', { payment_intent: intent, amount: '300', reason: 'duplicate' });
    await deliver(shop, await eventOf(shop, 'charge.refunded', intent));
    await settleJobs(shop);
    const [made] = await atStripe(intent);
    expect(await read(placed)).toMatchObject({ status: 'partially_refunded', refunded: { amount: 300 } });
    expect((await read(placed)).refunds).toMatchObject([
      { cause: 'provider', reason: 'It was paid twice.', reference: made!.id, status: 'succeeded' },
    ]);
    await tell(shop, '/v1/refunds', { payment_intent: intent, amount: '200' });
    await bankSettles();
    await deliverRefundEvents(shop, intent, (events) => [...events, ...events]);
    const { refunds, refunded } = await read(placed);
    expect([refunded.amount, refunds.map(({ amount }) => amount.amount)]).toEqual([500, [300, 200]]);
    expect(await openBreaks(shop, placed)).toEqual([]);
    const { body } = await refund(shop, placed);
    expect(body.refunds[0]!.amount.amount).toBe(placed.order.total.amount - 500);
  });

  it('that are heard of before their payment wait for it', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    const intent = intentOf(payment);
    await pay(shop, payment);
    await tell(shop, '/v1/refunds', { payment_intent: intent, amount: '300' });
    await deliverRefundEvents(shop, intent);
    expect(await read(placed)).toMatchObject({ status: 'pending', refunds: [] });
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intent));
    shop.advance(5_000);
    await settleJobs(shop);
    shop.advance(-5_000);
    expect(await read(placed)).toMatchObject({ status: 'partially_refunded', refunded: { amount: 300 } });
    expect(await openBreaks(shop, placed)).toEqual([]);
  });

  it('of eight operators at once never give back more than came', async () => {
    const { placed, intent } = await paidOrder(shop);
    const amount = Math.floor(placed.order.total.amount * 0.4);
    const replies = await Promise.all(Array.from({ length: 8 }, () => refund(shop, placed, { amount })));
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409, 409, 409, 409, 409]);
    for (const { body } of replies) expect([undefined, 'refund_too_large']).toContain(body.error?.code);
    expect(await atStripe(intent)).toHaveLength(2);
    expect((await read(placed)).refunded.amount).toBe(2 * amount);
  });

  it('with one key are one refund, and the same key with another wish is refused', async () => {
    const { placed, intent } = await paidOrder(shop);
    const key = newKey();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => refund(shop, placed, { amount: 400 }, key)),
    );
    expect(new Set(replies.map(({ status, body }) => `${status} ${body.refunds[0]!.id}`)).size).toBe(1);
    expect(replies[0]!.status).toBe(201);
    const other = await refund(shop, placed, { amount: 401 }, key);
    expect([other.status, other.body.error?.code]).toEqual([422, 'idempotency_key_reused']);
    expect(await atStripe(intent)).toHaveLength(1);
  });

  it('leave books that are in order and agree with Stripe', async () => {
    await settleJobs(shop);
    await checkStock(shop, supplied);
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
