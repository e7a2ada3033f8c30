import type { PaymentFlow } from '@paydesk/contract/payments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import {
  authenticated,
  declined,
  intentOf,
  orderWithPayment,
  pay,
  sessionOf,
  started,
  startPayment,
} from '../support/customer.ts';
import {
  call,
  databases,
  makeDue,
  newKey,
  order,
  readOrder,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { callsIn, madeForOrder, readIntent, readJournal, readSession } from '../support/stripe-record.ts';

describe.each(databases)('starting a payment on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line });
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const journalSince = async (seq: number) =>
    (await readJournal(shop.sandbox.url)).filter((entry) => entry.seq > seq);
  const lastSeq = async () => (await readJournal(shop.sandbox.url)).at(-1)?.seq ?? 0;

  it('gives the same intent and the same secret again while it can be paid', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    const again = await started(shop, placed);
    expect(again.clientSecret).toBe(payment.clientSecret);
    expect(again.payment.id).toBe(payment.payment.id);
    expect((await madeForOrder(shop.sandbox.url, placed.order.id)).intents).toHaveLength(1);
  });

  it('gives the same page again while it is open', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    expect((await started(shop, placed, 'hosted')).url).toBe(payment.url);
    expect((await madeForOrder(shop.sandbox.url, placed.order.id)).sessions).toHaveLength(1);
  });

  it('makes one intent when twenty ask at once, each with a key of its own', async () => {
    const placed = await order(shop);
    const before = await lastSeq();
    const replies = await Promise.all(Array.from({ length: 20 }, () => startPayment(shop, placed)));
    for (const { status } of replies) expect([201, 409, 503]).toContain(status);
    const secrets = new Set(replies.flatMap(({ body }) => body.clientSecret ?? []));
    expect([...secrets]).toEqual([(await started(shop, placed)).clientSecret]);
    const made = (await journalSince(before)).flatMap(({ effects }) => effects);
    expect(
      made.filter(({ object, change }) => object === 'payment_intent' && change === 'created'),
    ).toHaveLength(1);
  });

  it('answers every one of twenty at once with the way to pay', async () => {
    const placed = await order(shop);
    const replies = await Promise.all(Array.from({ length: 20 }, () => startPayment(shop, placed)));
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(201));
  });

  it('answers a repeated key with the same attempt', async () => {
    const placed = await order(shop);
    const key = newKey();
    const first = await startPayment(shop, placed, 'elements', key);
    const second = await startPayment(shop, placed, 'elements', key);
    expect(second.status).toBe(201);
    expect(second.body.clientSecret).toBe(first.body.clientSecret);
    expect((await startPayment(shop, placed, 'hosted', key)).status).toBe(422);
  });

  it('cancels a failed attempt at Stripe before it makes the next, under a new key', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    expect((await pay(shop, payment, declined)).status).toBe(402);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'failed',
    );
    const before = await lastSeq();
    const next = await started(shop, placed);
    expect(next.payment.attempt).toBe(2);
    expect(intentOf(next)).not.toBe(intentOf(payment));
    const since = await journalSince(before);
    expect(callsIn(since)).toEqual(['POST /v1/payment_intents/:id/cancel', 'POST /v1/payment_intents']);
    expect((await readIntent(shop.sandbox.url, intentOf(payment))).status).toBe('canceled');
    const keys = (await readJournal(shop.sandbox.url))
      .filter(({ path, effects }) => path === '/v1/payment_intents' && effects.length > 0)
      .map(({ idempotency_key: key }) => key);
    expect(keys).toContain(`pi:create:${payment.payment.id}`);
    expect(keys).toContain(`pi:create:${next.payment.id}`);
    expect((await pay(shop, next)).status).toBe(200);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
  });

  it('cancels the intent before it opens Stripe’s page for the same order', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    const before = await lastSeq();
    const page = await started(shop, placed, 'hosted');
    expect(callsIn(await journalSince(before))).toEqual([
      'POST /v1/payment_intents/:id/cancel',
      'POST /v1/checkout/sessions',
    ]);
    expect((await pay(shop, payment)).status).toBe(400);
    expect((await pay(shop, page)).status).toBe(200);
    const paid = await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    expect(paid.payments.map(({ flow, status }) => [flow, status])).toEqual([
      ['elements', 'canceled'],
      ['hosted', 'succeeded'],
    ]);
  });

  it('expires Stripe’s page before it makes an intent for the same order', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    const before = await lastSeq();
    const form = await started(shop, placed, 'elements');
    expect(callsIn(await journalSince(before))).toEqual([
      'POST /v1/checkout/sessions/:id/expire',
      'POST /v1/payment_intents',
    ]);
    expect((await readSession(shop.sandbox.url, sessionOf(payment))).status).toBe('expired');
    expect((await pay(shop, form)).status).toBe(200);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
  });

  it('expires Stripe’s page, and not its intent, after a card was declined on it', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    expect((await pay(shop, payment, declined)).status).toBe(402);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'failed',
    );
    const before = await lastSeq();
    await started(shop, placed, 'hosted');
    expect(callsIn(await journalSince(before))).toEqual([
      'POST /v1/checkout/sessions/:id/expire',
      'POST /v1/checkout/sessions',
    ]);
  });

  describe('refuses', () => {
    const refusal = async (placed: Parameters<typeof startPayment>[1]) => {
      const { status, body } = await startPayment(shop, placed);
      return [status, body.error?.code];
    };

    it('an order that is paid', async () => {
      const { placed, payment } = await orderWithPayment(shop);
      await pay(shop, payment);
      await until(
        () => readOrder(shop, placed),
        ({ status }) => status === 'paid',
      );
      expect(await refusal(placed)).toEqual([409, 'order_already_paid']);
    });

    it('an order whose payment succeeded a moment ago, although no event told us yet', async () => {
      const { placed, payment } = await orderWithPayment(shop);
      const held = line.hold(calls('GET', /payment_intents/), 'after');
      const asking = startPayment(shop, placed);
      await held.reached;
      held.release();
      await asking;
      await pay(shop, payment);
      const { status, body } = await startPayment(shop, placed, 'hosted');
      expect([status, body.error?.code]).toEqual([
        409,
        expect.stringMatching(/payment_in_progress|order_already_paid/),
      ]);
      await until(
        () => readOrder(shop, placed),
        (seen) => seen.status === 'paid',
      );
    });

    it('an order that was canceled', async () => {
      const placed = await order(shop);
      await call(shop, 'POST', `/api/orders/${placed.order.id}/cancel`, { token: placed.accessToken });
      expect(await refusal(placed)).toEqual([409, 'order_not_payable']);
    });

    it('an order whose time is over', async () => {
      const placed = await order(shop);
      await makeDue(shop, placed);
      expect(await refusal(placed)).toEqual([409, 'order_not_payable']);
      await until(
        () => readOrder(shop, placed),
        ({ status }) => status === 'expired',
      );
      expect(await refusal(placed)).toEqual([409, 'order_not_payable']);
    });

    it('a way of paying that is not offered', async () => {
      const placed = await order(shop);
      const { status } = await call(shop, 'POST', `/api/orders/${placed.order.id}/pay`, {
        body: { paymentMethod: 'barter', flow: 'elements' },
        token: placed.accessToken,
      });
      expect(status).toBe(400);
      expect((await madeForOrder(shop.sandbox.url, placed.order.id)).intents).toEqual([]);
    });
  });

  it('leaves one way to pay when both flows are asked for at the same moment, many times', async () => {
    const placed = await order(shop);
    const flows = Array.from(
      { length: 12 },
      (_, index) => (index % 2 ? 'hosted' : 'elements') as PaymentFlow,
    );
    const replies = await Promise.all(flows.map((flow) => startPayment(shop, placed, flow)));
    for (const { status } of replies) expect([201, 409, 503]).toContain(status);
    const last = await until(
      () => startPayment(shop, placed),
      ({ status }) => status === 201,
    );
    const { intents, sessions } = await madeForOrder(shop.sandbox.url, placed.order.id);
    expect(sessions.filter(({ status }) => status === 'open')).toEqual([]);
    const payable = intents.filter(({ status }) => status !== 'canceled');
    expect(payable.map(({ id }) => id)).toEqual([intentOf(last.body)]);
  });

  it('lets nobody pay an attempt whose creation arrives at Stripe after the customer changed the flow', async () => {
    const placed = await order(shop);
    const held = line.hold(calls('POST', '/v1/payment_intents'), 'before');
    const slow = startPayment(shop, placed, 'elements');
    await held.reached;
    const page = await started(shop, placed, 'hosted');
    held.release();
    const { body: late } = await slow;
    if (late.clientSecret) expect((await pay(shop, late)).status).toBe(400);
    expect((await pay(shop, page)).status).toBe(200);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    const { intents } = await madeForOrder(shop.sandbox.url, placed.order.id);
    expect(intents.filter(({ status }) => status !== 'canceled')).toMatchObject([{ status: 'succeeded' }]);
  });

  it('takes an attempt up again in which the bank asked a question', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, authenticated);
    await until(
      () => readOrder(shop, placed),
      ({ payments }) => payments[0]!.status === 'requires_action',
    );
    expect((await started(shop, placed)).clientSecret).toBe(payment.clientSecret);
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
