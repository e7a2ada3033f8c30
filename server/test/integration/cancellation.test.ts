import type { PlacedOrder } from '@paydesk/contract/orders';
import type { PaymentFlow } from '@paydesk/contract/payments';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, sessionOf, startPayment } from '../support/customer.ts';
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
import { calls, loseReply, StripeLine } from '../support/stripe-line.ts';
import { callsIn, madeForOrder, readIntent, readJournal, readSession } from '../support/stripe-record.ts';

const mug = 'prod_stoneware-mug';
const ends = calls('POST', /\/(cancel|expire)$/);
/** How long an interrupted closing waits for the outbox; see close-order.ts. */
const grace = 30_000;

describe.each(databases)('an unpaid order that its customer cancels, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line, webhooks: false, jobs: 'manual' });
    supplied = await stockOnHand(shop);
  });
  beforeEach(async () => {
    line.mend();
    await line.open();
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const row = async (placed: PlacedOrder) => (await findOrder(shop.app.database.read, placed.order.id))!;
  const reserved = async () =>
    (
      await shop.app.database.read
        .selectFrom('products')
        .select('reserved')
        .where('id', '=', mug)
        .executeTakeFirstOrThrow()
    ).reserved;
  const cancel = async (placed: PlacedOrder) =>
    await call<{ error?: { code: string } }>(shop, 'POST', `/api/orders/${placed.order.id}/cancel`, {
      token: placed.accessToken,
    });
  const two = () => cart([{ productId: mug, quantity: 2 }]);

  it.each(['elements', 'hosted'] as PaymentFlow[])(
    'is canceled at Stripe and here, once, however often it is asked: %s',
    async (flow) => {
      const before = await reserved();
      const { placed } = await orderWithPayment(shop, flow, two());
      expect(await cancel(placed)).toMatchObject({ status: 200 });
      expect(await cancel(placed)).toMatchObject({ status: 200 });
      expect(await row(placed)).toMatchObject({ status: 'canceled', hold: 'released' });
      expect(await reserved()).toBe(before);
      const entries = (await readOrder(shop, placed)).timeline.filter(
        ({ type }) => type === 'order.canceled',
      );
      expect(entries).toHaveLength(1);
    },
  );

  it('gives stock and discount back once when ten cancel at the moment its time ends', async () => {
    const uses = async () =>
      (
        await shop.app.database.read
          .selectFrom('discounts')
          .select('uses')
          .where('code', '=', 'WELCOME10')
          .executeTakeFirstOrThrow()
      ).uses;
    const [stockBefore, usesBefore] = [await reserved(), await uses()];
    const { placed } = await orderWithPayment(shop, 'elements', { ...two(), discountCode: 'WELCOME10' });
    expect([await reserved(), await uses()]).toEqual([stockBefore + 2, usesBefore + 1]);
    await makeDue(shop, placed);
    const replies = await Promise.all([
      ...Array.from({ length: 10 }, () => cancel(placed)),
      settleJobs(shop),
    ]);
    for (const reply of replies) if (reply) expect([200, 409, 503]).toContain(reply.status);
    shop.advance(grace);
    await settleJobs(shop);
    expect(['canceled', 'expired']).toContain((await row(placed)).status);
    expect([await reserved(), await uses()]).toEqual([stockBefore, usesBefore]);
  });

  it('cannot be canceled when it is paid', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
    const { status, body } = await cancel(placed);
    expect([status, body.error?.code]).toEqual([409, 'order_not_cancelable']);
    expect((await row(placed)).status).toBe('paid');
  });

  it('cannot be canceled when the money moved a moment ago', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const { status, body } = await cancel(placed);
    expect([status, body.error?.code]).toEqual([409, 'payment_in_progress']);
    expect(await row(placed)).toMatchObject({ status: 'pending', hold: 'held', closing: null });
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
  });

  it.each(['elements', 'hosted'] as PaymentFlow[])(
    'is completed by the outbox when the cancellation was interrupted after Stripe’s part: %s',
    async (flow) => {
      const { placed, payment } = await orderWithPayment(shop, flow, two());
      line.deal(ends, loseReply, 10);
      const { status, body } = await cancel(placed);
      expect([status, body.error?.code]).toEqual([503, 'payment_provider_unavailable']);
      line.mend();
      const there =
        flow === 'hosted'
          ? await readSession(shop.sandbox.url, sessionOf(payment))
          : await readIntent(shop.sandbox.url, intentOf(payment));
      expect(there.status).toBe(flow === 'hosted' ? 'expired' : 'canceled');
      expect(await row(placed)).toMatchObject({ status: 'pending', hold: 'held', closing: 'cancel' });
      await settleJobs(shop);
      expect((await row(placed)).hold).toBe('held');
      shop.advance(grace);
      await settleJobs(shop);
      expect(await row(placed)).toMatchObject({ status: 'canceled', hold: 'released', closing: null });
    },
  );

  it('finds and ends an attempt whose creation was interrupted', async () => {
    const placed = await order(shop);
    line.deal(calls('POST', '/v1/payment_intents'), loseReply, 10);
    expect((await startPayment(shop, placed)).status).toBe(503);
    line.mend();
    expect((await cancel(placed)).status).toBe(200);
    const { intents } = await madeForOrder(shop.sandbox.url, placed.order.id);
    expect(intents.map(({ status }) => status)).toEqual(['canceled']);
    const [attempt] = await findPayments(shop.app.database.read, placed.order.id);
    expect(attempt).toMatchObject({ status: 'canceled', intent_ref: intents[0]!.id });
  });

  it('never cancels the intent of a page directly, which Stripe does not allow', async () => {
    const paths = callsIn(await readJournal(shop.sandbox.url));
    expect(paths).toContain('POST /v1/checkout/sessions/:id/expire');
    const attempts = await shop.app.database.read
      .selectFrom('payments')
      .select(['flow', 'intent_ref'])
      .execute();
    const onPages = new Set(
      attempts
        .filter(({ flow }) => flow === 'hosted')
        .map(({ intent_ref: id }) => `/v1/payment_intents/${id}/cancel`),
    );
    expect(line.requests.filter(({ path }) => onPages.has(path))).toEqual([]);
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});
