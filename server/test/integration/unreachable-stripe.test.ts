import type { PlacedOrder } from '@paydesk/contract/orders';
import type { PaymentFlow } from '@paydesk/contract/payments';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, started, startPayment } from '../support/customer.ts';
import { databases, newKey, order, readOrder, startTestShop, type TestShop, until } from '../support/shop.ts';
import { calls, loseReply, StripeLine } from '../support/stripe-line.ts';
import { madeForOrder } from '../support/stripe-record.ts';

const creates = calls('POST', /^\/v1\/(payment_intents|checkout\/sessions)$/);
/** The request that made an attempt has this long before the outbox takes it up; see start-payment.ts. */
const grace = 15_000;

describe.each(databases)('starting a payment while Stripe cannot be reached, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line, jobs: 'manual' });
  });
  beforeEach(async () => {
    line.mend();
    await line.open();
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const attempts = async (placed: PlacedOrder) => await findPayments(shop.app.database.read, placed.order.id);
  const made = async (placed: PlacedOrder) => {
    const { intents, sessions } = await madeForOrder(shop.sandbox.url, placed.order.id);
    return [...intents, ...sessions];
  };
  const runOutboxAfterGrace = async () => {
    shop.advance(grace);
    await shop.runJobs();
  };
  const fault = async (rule: object) => {
    const reply = await fetch(`${shop.sandbox.url}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rule),
      signal: AbortSignal.timeout(10_000),
    });
    expect(reply.status).toBe(200);
  };
  const expectUnavailable = async (placed: PlacedOrder, flow: PaymentFlow, key = newKey()) => {
    const reply = await startPayment(shop, placed, flow, key);
    expect([reply.status, reply.body.error?.code]).toEqual([503, 'payment_provider_unavailable']);
    expect(reply.headers.get('retry-after')).toMatch(/^\d+$/);
    return key;
  };

  it.each(['elements', 'hosted'] as const)(
    'keeps the attempt of a refused connection, and the outbox makes it: %s',
    async (flow) => {
      const placed = await order(shop);
      await line.close();
      await expectUnavailable(placed, flow);
      expect(await attempts(placed)).toMatchObject([{ status: 'unknown', closed_at: null, flow }]);
      await line.open();
      await runOutboxAfterGrace();
      const [attempt] = await attempts(placed);
      expect(attempt).toMatchObject({ status: 'open', attempt: 1 });
      expect(await made(placed)).toHaveLength(1);
      const payment = await started(shop, placed, flow);
      expect(payment.payment.id).toBe(attempt!.id);
      expect((await pay(shop, payment)).status).toBe(200);
      await until(
        () => readOrder(shop, placed),
        ({ status }) => status === 'paid',
      );
      expect(await attempts(placed)).toHaveLength(1);
    },
  );

  it.each(['elements', 'hosted'] as const)(
    'finds what Stripe made although its replies were lost, under the same key: %s',
    async (flow) => {
      const placed = await order(shop);
      line.deal(creates, loseReply, 10);
      await expectUnavailable(placed, flow);
      expect(await made(placed)).toHaveLength(1);
      expect(await attempts(placed)).toMatchObject([
        { status: 'unknown', intent_ref: null, session_ref: null },
      ]);
      line.mend();
      await runOutboxAfterGrace();
      const [object] = await made(placed);
      const [attempt] = await attempts(placed);
      expect(attempt!.intent_ref ?? attempt!.session_ref).toBe(object!.id);
      expect(await made(placed)).toHaveLength(1);
      const sent = line.requests.filter(
        ({ form }) => form.get('metadata[paydesk_order]') === placed.order.id,
      );
      expect(sent.length).toBeGreaterThan(1);
      expect(new Set(sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
      expect(new Set(sent.map(({ form }) => form.toString())).size).toBe(1);
    },
  );

  it('lets the customer try again at once with the same key, and finishes the same attempt', async () => {
    const placed = await order(shop);
    line.deal(creates, loseReply, 10);
    const key = await expectUnavailable(placed, 'elements');
    line.mend();
    const again = await startPayment(shop, placed, 'elements', key);
    expect(again.status).toBe(201);
    expect((await made(placed)).map(({ id }) => id)).toEqual([intentOf(again.body)]);
    expect(await attempts(placed)).toHaveLength(1);
  });

  it('finds an attempt whose reply was lost before it lets the customer change to the other flow', async () => {
    const placed = await order(shop);
    line.deal(creates, loseReply, 10);
    await expectUnavailable(placed, 'elements');
    line.mend();
    const page = await started(shop, placed, 'hosted');
    const { intents, sessions } = await madeForOrder(shop.sandbox.url, placed.order.id);
    expect(intents).toMatchObject([{ status: 'canceled' }]);
    expect(sessions).toHaveLength(1);
    expect((await pay(shop, page)).status).toBe(200);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
  });

  it('is paid by the event that arrives before the outbox looked', async () => {
    const placed = await order(shop);
    line.deal(creates, loseReply, 10);
    await expectUnavailable(placed, 'elements');
    line.mend();
    // The customer's browser has the secret, as after a reply that reached it through another process.
    const payment = await started(shop, placed);
    expect((await pay(shop, payment)).status).toBe(200);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    await runOutboxAfterGrace();
    expect(await attempts(placed)).toMatchObject([{ status: 'succeeded' }]);
    expect(await made(placed)).toHaveLength(1);
  });

  it('waits longer and longer while Stripe stays away, and gives up nothing', async () => {
    const placed = await order(shop);
    await line.close();
    await expectUnavailable(placed, 'elements');
    const effect = async () =>
      await shop.app.database.read
        .selectFrom('outbox')
        .selectAll()
        .where('order_id', '=', placed.order.id)
        .where('kind', '=', 'payment.create')
        .executeTakeFirstOrThrow();
    const waits: number[] = [];
    shop.advance(grace);
    for (let round = 1; round <= 3; round += 1) {
      await shop.runJobs();
      const { attempts: tries, not_before: next, done_at: done, last_error: error } = await effect();
      expect([tries, done]).toEqual([round, null]);
      expect(error).toMatch(/./);
      waits.push(Math.round((next - shop.app.clock.now()) / 1_000));
      shop.advance(next - shop.app.clock.now());
    }
    expect(waits).toEqual([1, 2, 4]);
    await line.open();
    await shop.runJobs();
    expect((await effect()).done_at).not.toBeNull();
    expect(await made(placed)).toHaveLength(1);
  });

  it('ends an attempt that Stripe refuses for good, and the order stays payable', async () => {
    const placed = await order(shop);
    line.deal(creates, async (exchange) => {
      exchange.reply({
        status: 400,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify({ error: { type: 'invalid_request_error', message: 'No.' } })),
      });
    });
    const reply = await startPayment(shop, placed);
    expect([reply.status, reply.body.error?.code]).toEqual([502, 'payment_provider_refused']);
    expect(await attempts(placed)).toMatchObject([{ status: 'failed', failure_code: 'provider_refused' }]);
    expect((await started(shop, placed)).payment.attempt).toBe(2);
  });

  it.each([429, 503])('keeps the attempt when Stripe answers %i', async (status) => {
    const placed = await order(shop);
    line.deal(
      creates,
      async (exchange) => {
        const error = { type: status === 429 ? 'rate_limit_error' : 'api_error', message: 'Later.' };
        const headers = { 'content-type': 'application/json', 'stripe-should-retry': 'false' };
        exchange.reply({ status, headers, body: Buffer.from(JSON.stringify({ error })) });
      },
      10,
    );
    await expectUnavailable(placed, 'elements');
    expect(await attempts(placed)).toMatchObject([{ status: 'unknown', closed_at: null }]);
    line.mend();
    await runOutboxAfterGrace();
    expect(await attempts(placed)).toMatchObject([{ status: 'open' }]);
  });

  it.each(['elements', 'hosted'] as const)(
    'takes up what Stripe made before it answered 500, which its key would repeat for a day: %s',
    async (flow) => {
      const placed = await order(shop);
      await fault({ match: { path: '/v1/*', method: 'POST', times: 1 }, fault: 'error_500_after' });
      const payment = await started(shop, placed, flow);
      expect(payment.payment).toMatchObject({ attempt: 1, status: 'open' });
      expect(await made(placed)).toHaveLength(1);
      expect((await pay(shop, payment)).status).toBe(200);
    },
  );

  it('begins another attempt where a 500 had no effect, and gives up after two', async () => {
    const placed = await order(shop);
    await fault({ match: { path: '/v1/payment_intents', method: 'POST', times: 1 }, fault: 'error_500' });
    const payment = await started(shop, placed);
    expect(payment.payment.attempt).toBe(2);
    expect(await attempts(placed)).toMatchObject([
      { status: 'canceled', intent_ref: null },
      { status: 'open', closed_at: null },
    ]);
    expect(await made(placed)).toHaveLength(1);
    const unlucky = await order(shop);
    await fault({ match: { path: '/v1/payment_intents', method: 'POST', times: 2 }, fault: 'error_500' });
    await expectUnavailable(unlucky, 'elements');
    expect(await attempts(unlucky)).toMatchObject([
      { status: 'canceled' },
      { status: 'unknown', closed_at: null },
    ]);
    await runOutboxAfterGrace();
    expect((await started(shop, unlucky)).payment.attempt).toBe(3);
  });

  it('cannot say whether a live attempt can still be paid, and keeps it', async () => {
    const { placed } = await orderWithPayment(shop);
    await line.close();
    await expectUnavailable(placed, 'elements');
    await expectUnavailable(placed, 'hosted');
    await line.open();
    expect((await started(shop, placed)).payment.attempt).toBe(1);
    expect(await made(placed)).toHaveLength(1);
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
