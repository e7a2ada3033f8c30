import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { authenticate, authenticated, debit, intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { tell } from '../support/disputes.ts';
import { deliver, eventOf } from '../support/events.ts';
import { balancesOf, openBreaks, operate, refund } from '../support/operators.ts';
import { partOf, payAndTell, startPart, tell as tellSuccess } from '../support/parts.ts';
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
import { calls, loseReply, StripeLine } from '../support/stripe-line.ts';
import { ask, type Intent, readIntent } from '../support/stripe-record.ts';

const minute = 60_000;

describe.each(databases)('an order that ends before all of it is paid, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      line,
      webhooks: false,
      jobs: 'manual',
      env: { SHOP_CURRENCY: 'eur' },
    });
    supplied = await stockOnHand(shop);
  });
  beforeEach(() => line.mend());
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const row = async (placed: PlacedOrder) => (await findOrder(shop.app.database.read, placed.order.id))!;
  const two = () => cart([{ productId: 'prod_stoneware-mug', quantity: 2 }]);
  const paidInPart = async (parts: number[]) => {
    const placed = await order(shop, two());
    for (const amount of parts) await payAndTell(shop, await partOf(shop, placed, { amount }));
    expect((await row(placed)).status).toBe('partially_paid');
    return placed;
  };
  const cancel = async (placed: PlacedOrder) =>
    await call<{ error?: { code: string } }>(shop, 'POST', `/api/orders/${placed.order.id}/cancel`, {
      token: placed.accessToken,
    });
  const operatorsCancel = async (placed: PlacedOrder) =>
    await operate(shop, 'POST', `/orders/${placed.order.id}/cancel`);

  const ways: [string, 'canceled' | 'expired', (placed: PlacedOrder) => Promise<unknown>][] = [
    ['its customer cancels it', 'canceled', cancel],
    ['an operator cancels it', 'canceled', operatorsCancel],
    ['its time is over', 'expired', (placed) => makeDue(shop, placed).then(() => settleJobs(shop))],
  ];

  it.each(ways)('gives back every part that was received when %s', async (_how, status, end) => {
    const placed = await paidInPart([1000, 700]);
    await end(placed);
    expect(await row(placed)).toMatchObject({ status, hold: 'released', received: 1700 });
    const message = (await readOrder(shop, placed)).timeline.find(
      ({ type }) => type === `order.${status}`,
    )!.message;
    expect(message).toMatch(/What was paid goes back/);
    expect(message).not.toMatch(/Nothing was charged/);
    await settleJobs(shop);
    const { refunds, refunded, payments } = await readOrder(shop, placed);
    expect(new Map(refunds.map((each) => [each.amount.amount, [each.status, each.cause]]))).toEqual(
      new Map([700, 1000].map((amount) => [amount, ['succeeded', `order_${status}`]])),
    );
    expect([refunded.amount, payments.map((each) => each.status)]).toEqual([1700, ['refunded', 'refunded']]);
    expect(await balancesOf(shop, placed)).toEqual({});
  });

  it('gives back each part once when ten cancel at the moment its time ends', async () => {
    const placed = await paidInPart([1000]);
    await makeDue(shop, placed);
    await Promise.all([...Array.from({ length: 10 }, () => cancel(placed)), settleJobs(shop)]);
    shop.advance(minute);
    await settleJobs(shop);
    shop.advance(-minute);
    expect((await readOrder(shop, placed)).refunds.map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('is not paid by the rest when that comes after all: it goes back as well', async () => {
    const placed = await paidInPart([1000]);
    const rest = await partOf(shop, placed);
    line.deal(calls('POST', /\/cancel$/), async ({ request, reply }) => {
      const intent = await ask<Intent>(shop.sandbox.url, `/v1/payment_intents/${request.path.split('/')[3]}`);
      const body = Buffer.from(JSON.stringify({ ...intent, status: 'canceled' }));
      reply({ status: 200, headers: { 'content-type': 'application/json' }, body });
    });
    expect((await cancel(placed)).status).toBe(200);
    await pay(shop, rest);
    await tellSuccess(shop, rest);
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'canceled', hold: 'released', received: 1000 });
    const { refunds, total } = await readOrder(shop, placed);
    expect(refunds.map((each) => [each.amount.amount, each.status, each.cause])).toEqual([
      [1000, 'succeeded', 'order_canceled'],
      [total.amount - 1000, 'succeeded', 'late'],
    ]);
  });

  it('cannot be refunded in part while it waits for the rest', async () => {
    const placed = await paidInPart([1000]);
    const { status, body } = await refund(shop, placed, { amount: 100 });
    expect([status, body.error?.code]).toEqual([409, 'order_not_refundable']);
    await operatorsCancel(placed);
  });

  it('goes to a person when a part was refunded at Stripe, and ends with the rest going back', async () => {
    const placed = await paidInPart([1000]);
    const { reference } = (await readOrder(shop, placed)).payments[0]!;
    await tell(shop, '/v1/refunds', { payment_intent: reference!, amount: '300' });
    await deliver(shop, await eventOf(shop, 'refund.created', reference!));
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'review', hold: 'held', refunded: 300 });
    expect(await openBreaks(shop, placed)).toMatchObject([{ kind: 'refund_differs', amount: 300 }]);
    expect((await operatorsCancel(placed)).status).toBe(200);
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'canceled', hold: 'released', refunded: 1000 });
    expect(await balancesOf(shop, placed)).toEqual({});
  });

  it('is completed in its beginner’s name when an operator’s cancellation was interrupted', async () => {
    const { placed } = await orderWithPayment(shop, 'elements', two());
    line.deal(calls('POST', /\/cancel$/), loseReply, 10);
    expect((await operatorsCancel(placed)).status).toBe(503);
    line.mend();
    shop.advance(minute);
    await settleJobs(shop);
    shop.advance(-minute);
    expect((await row(placed)).status).toBe('canceled');
    const { timeline } = await readOrder(shop, placed);
    expect(timeline.find(({ type }) => type === 'order.canceled')).toMatchObject({ actor: 'operator' });
  });

  it('waits for a debit that is being processed, also for the rest of an order', async () => {
    const placed = await paidInPart([1000]);
    const rest = await partOf(shop, placed);
    expect((await pay(shop, rest, debit('paid'))).status).toBe(200);
    await deliver(shop, await eventOf(shop, 'payment_intent.processing', intentOf(rest)));
    await settleJobs(shop);
    await makeDue(shop, placed);
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'partially_paid', hold: 'held', closing: null });
    for (const canceled of [await cancel(placed), await operatorsCancel(placed)])
      expect([canceled.status, canceled.body.error?.code]).toEqual([409, 'payment_in_progress']);
    expect((await startPart(shop, placed)).body.error?.code).toBe('payment_in_progress');
    await fetch(`${shop.sandbox.url}/_sandbox/clock`, {
      method: 'POST',
      body: new URLSearchParams({ advance: '30d' }),
    });
    await tellSuccess(shop, rest);
    expect(await row(placed)).toMatchObject({ status: 'paid', hold: 'sold' });
  });

  it('gives the customer a quarter of an hour to answer the bank, and no more', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'elements', two());
    await pay(shop, payment, authenticated);
    await deliver(shop, await eventOf(shop, 'payment_intent.requires_action', intentOf(payment)));
    await settleJobs(shop);
    expect((await readOrder(shop, placed)).payments[0]!.status).toBe('requires_action');
    shop.advance(10 * minute);
    await makeDue(shop, placed);
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'pending', hold: 'held', closing: null });
    expect((await row(placed)).expires_at).toBeGreaterThan(shop.app.clock.now() + 4 * minute);
    const intent = await readIntent(shop.sandbox.url, intentOf(payment));
    shop.advance(6 * minute);
    await settleJobs(shop);
    shop.advance(-16 * minute);
    expect(await row(placed)).toMatchObject({ status: 'expired', hold: 'released' });
    expect((await readIntent(shop.sandbox.url, intent.id)).status).toBe('canceled');
  });

  it('is paid by a customer who answers the bank in that time', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'elements', two());
    await pay(shop, payment, authenticated);
    await deliver(shop, await eventOf(shop, 'payment_intent.requires_action', intentOf(payment)));
    await settleJobs(shop);
    await makeDue(shop, placed);
    await settleJobs(shop);
    await authenticate(shop, await readIntent(shop.sandbox.url, intentOf(payment)), 'pass');
    await tellSuccess(shop, payment);
    expect((await row(placed)).status).toBe('paid');
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});
