import type { PlacedOrder } from '@paydesk/contract/orders';
import type { PaymentFlow } from '@paydesk/contract/payments';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, sessionOf, started, startPayment } from '../support/customer.ts';
import { deliver, eventOf } from '../support/events.ts';
import {
  cart,
  databases,
  makeDue,
  order,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { callsIn, madeForOrder, readJournal, readSession } from '../support/stripe-record.ts';

const mug = 'prod_stoneware-mug';
const ends = calls('POST', /\/(cancel|expire)$/);

describe.each(databases)('an unpaid order whose time is over, on %s', (kind) => {
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
  const two = () => cart([{ productId: mug, quantity: 2 }]);

  it.each(['elements', 'hosted'] as PaymentFlow[])(
    'is ended at Stripe first, and only then gives its stock back: %s',
    async (flow) => {
      const before = await reserved();
      const { placed } = await orderWithPayment(shop, flow, two());
      await makeDue(shop, placed);
      const held = line.hold(ends, 'before');
      const closing = settleJobs(shop);
      await held.reached;
      expect(await row(placed)).toMatchObject({ status: 'pending', hold: 'held', closing: 'expire' });
      expect(await reserved()).toBe(before + 2);
      expect((await startPayment(shop, placed)).body.error?.code).toBe('order_not_payable');
      const { intents, sessions } = await madeForOrder(shop.sandbox.url, placed.order.id);
      expect([...intents, ...sessions].map(({ status }) => status)).toEqual([
        flow === 'hosted' ? 'open' : 'requires_payment_method',
      ]);
      held.release();
      await closing;
      expect(await row(placed)).toMatchObject({ status: 'expired', hold: 'released', closing: null });
      expect(await reserved()).toBe(before);
      const ended = await madeForOrder(shop.sandbox.url, placed.order.id);
      expect([...ended.intents, ...ended.sessions].map(({ status }) => status)).toEqual([
        flow === 'hosted' ? 'expired' : 'canceled',
      ]);
    },
  );

  it('asks nothing of Stripe when no payment was ever started', async () => {
    const placed = await order(shop);
    await makeDue(shop, placed);
    const asked = line.requests.length;
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'expired', hold: 'released' });
    expect(line.requests.length).toBe(asked);
  });

  it('does not end early', async () => {
    const placed = await order(shop);
    shop.advance(10_000);
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'pending', hold: 'held' });
  });

  it('keeps its stock while Stripe cannot be reached, and tries again', async () => {
    const { placed } = await orderWithPayment(shop, 'elements', two());
    const before = await reserved();
    await makeDue(shop, placed);
    await line.close();
    await settleJobs(shop);
    shop.advance(1_000);
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'pending', hold: 'held', closing: 'expire' });
    expect(await reserved()).toBe(before);
    await line.open();
    shop.advance(60_000);
    await settleJobs(shop);
    expect(await row(placed)).toMatchObject({ status: 'expired', hold: 'released' });
    expect(await reserved()).toBe(before - 2);
  });

  it('is not ended when the customer paid before the cancellation arrived: money wins', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'elements', two());
    await makeDue(shop, placed);
    const held = line.hold(ends, 'before');
    const closing = settleJobs(shop);
    await held.reached;
    expect((await pay(shop, payment)).status).toBe(200);
    held.release();
    await closing;
    expect(await row(placed)).toMatchObject({ status: 'pending', hold: 'held', closing: null });
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
    expect(await row(placed)).toMatchObject({ status: 'paid', hold: 'sold', closing: null });
  });

  it('is paid by an event that comes while Stripe’s refusal to cancel is on its way', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await makeDue(shop, placed);
    await pay(shop, payment);
    const held = line.hold(ends, 'after');
    const closing = settleJobs(shop);
    await held.reached;
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
    held.release();
    await closing;
    expect(await row(placed)).toMatchObject({ status: 'paid', hold: 'sold', closing: null });
    shop.advance(24 * 3_600_000);
    await settleJobs(shop);
    shop.advance(-24 * 3_600_000);
    expect(await row(placed)).toMatchObject({ status: 'paid', hold: 'sold' });
  });

  it('cannot be paid any more once the cancellation arrived first', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await makeDue(shop, placed);
    const held = line.hold(ends, 'after');
    const closing = settleJobs(shop);
    await held.reached;
    expect((await pay(shop, payment)).status).toBe(400);
    held.release();
    await closing;
    expect(await row(placed)).toMatchObject({ status: 'expired', hold: 'released' });
  });

  it('ends in one way or the other when payment and expiry meet, never in both', async () => {
    const purchases = await Promise.all(
      Array.from({ length: 12 }, (_, index) => orderWithPayment(shop, index % 2 ? 'hosted' : 'elements')),
    );
    for (const { placed } of purchases) await makeDue(shop, placed);
    const [, ...paid] = await Promise.all([
      settleJobs(shop),
      ...purchases.map(({ payment }) => pay(shop, payment)),
    ]);
    await settleJobs(shop);
    for (const [index, { placed, payment }] of purchases.entries()) {
      const session = payment.url ? await readSession(shop.sandbox.url, sessionOf(payment)) : null;
      const success = paid[index]!.status === 200;
      if (success)
        await deliver(
          shop,
          await eventOf(shop, 'payment_intent.succeeded', session?.payment_intent ?? intentOf(payment)),
        );
      expect(await row(placed)).toMatchObject(
        success ? { status: 'paid', hold: 'sold' } : { status: 'expired', hold: 'released' },
      );
    }
  });

  it('has room for Stripe’s page, which stays open half an hour at least', async () => {
    const placed = await order(shop);
    const soon = shop.app.clock.now() + 5 * 60_000;
    await shop.app.database.transaction((tx) =>
      tx.updateTable('orders').set({ expires_at: soon }).where('id', '=', placed.order.id).execute(),
    );
    const payment = await started(shop, placed, 'hosted');
    const { expires_at: pageEnds } = await readSession(shop.sandbox.url, sessionOf(payment));
    expect((await row(placed)).expires_at).toBeGreaterThanOrEqual(pageEnds * 1_000);
    await settleJobs(shop);
    expect((await row(placed)).status).toBe('pending');
  });

  it('stays payable after Stripe’s page closed by itself before the order’s time', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    const id = sessionOf(payment);
    await fetch(`${shop.sandbox.url}/v1/checkout/sessions/${id}/expire`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_x' },
    });
    expect((await deliver(shop, await eventOf(shop, 'checkout.session.expired', id))).result).toBe('applied');
    expect(await row(placed)).toMatchObject({ status: 'pending', hold: 'held' });
    const next = await started(shop, placed, 'hosted');
    expect(next.payment.attempt).toBe(2);
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
