import type { PlacedOrder } from '@paydesk/contract/orders';
import type { PaymentFlow, StartedPayment } from '@paydesk/contract/payments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import {
  debit,
  intentOf,
  orderWithPayment,
  pay,
  sessionOf,
  started,
  startPayment,
} from '../support/customer.ts';
import { deliver, eventOf, eventsAbout, retold } from '../support/events.ts';
import {
  call,
  databases,
  makeDue,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { readSession } from '../support/stripe-record.ts';

const flows: PaymentFlow[] = ['elements', 'hosted'];

describe.each(databases)('a bank that answers days later, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      line,
      webhooks: false,
      jobs: 'manual',
      env: { SHOP_CURRENCY: 'eur' },
    });
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const bankTakes = async (milliseconds: number) => {
    await fetch(`${shop.sandbox.url}/_sandbox/settings`, {
      method: 'POST',
      body: new URLSearchParams({ delayed_method_ms: String(milliseconds) }),
    });
  };
  const never = 3_600_000;
  const idsOf = async (payment: StartedPayment) => {
    if (!payment.url) return [intentOf(payment)];
    const session = await readSession(shop.sandbox.url, sessionOf(payment));
    return [session.id, session.payment_intent!];
  };
  const deliverAllOf = async (ids: string[]) => {
    for (const event of await eventsAbout(shop, ...ids)) await deliver(shop, event);
    await settleJobs(shop);
  };
  /** Everything Stripe has to say once the bank has answered. */
  const answered = async (payment: StartedPayment, type: string) => {
    const ids = await idsOf(payment);
    await until(
      () => eventsAbout(shop, ...ids),
      (events) => events.some((event) => event.type === type),
    );
    return ids;
  };
  const attemptOf = async (placed: PlacedOrder) =>
    (await findPayments(shop.app.database.read, placed.order.id)).at(-1)!;

  describe.each(flows)('%s', (flow) => {
    const success =
      flow === 'hosted' ? 'checkout.session.async_payment_succeeded' : 'payment_intent.succeeded';
    const failure =
      flow === 'hosted' ? 'checkout.session.async_payment_failed' : 'payment_intent.payment_failed';

    it('makes the order wait: it is neither paid nor payable, cancelable or expired', async () => {
      await bankTakes(never);
      const { placed, payment } = await orderWithPayment(shop, flow);
      expect((await pay(shop, payment, debit('paid'))).status).toBe(200);
      await deliverAllOf(await idsOf(payment));
      expect(await readOrder(shop, placed)).toMatchObject({
        status: 'processing',
        payable: false,
        cancelable: false,
        received: { amount: 0 },
      });
      expect((await startPayment(shop, placed, flow)).body.error?.code).toBe('payment_in_progress');
      const canceled = await call<{ error: { code: string } }>(
        shop,
        'POST',
        `/api/orders/${placed.order.id}/cancel`,
        { token: placed.accessToken },
      );
      expect([canceled.status, canceled.body.error.code]).toEqual([409, 'payment_in_progress']);
      await makeDue(shop, placed);
      await settleJobs(shop);
      expect((await readOrder(shop, placed)).status).toBe('processing');
      const asked = line.requests.filter(calls('POST', /(cancel|expire)$/));
      expect(asked.filter(({ path }) => path.includes(intentOrSession(payment)))).toEqual([]);
    });

    it('pays the order when the bank has paid', async () => {
      await bankTakes(0);
      const { placed, payment } = await orderWithPayment(shop, flow);
      await pay(shop, payment, debit('paid'));
      await deliverAllOf(await answered(payment, success));
      expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', received: placed.order.total });
      expect(await attemptOf(placed)).toMatchObject({
        status: 'succeeded',
        charge_ref: expect.stringMatching(/^(ch|py)_/),
      });
    });

    it('makes the order payable again when the bank has refused', async () => {
      await bankTakes(0);
      const { placed, payment } = await orderWithPayment(shop, flow);
      await pay(shop, payment, debit('refused'));
      const ids = await answered(payment, failure);
      await deliverAllOf(ids);
      expect(await readOrder(shop, placed)).toMatchObject({
        status: 'failed',
        payable: true,
        received: { amount: 0 },
      });
      const next = await started(shop, placed, flow);
      expect(next.payment.attempt).toBe(2);
      await pay(shop, next, debit('paid'));
      await deliverAllOf(await answered(next, success));
      expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', received: placed.order.total });
      await deliverAllOf(ids);
      expect((await readOrder(shop, placed)).status).toBe('paid');
    });

    it('is refused when the events of the refusal come the other way round', async () => {
      await bankTakes(0);
      const { placed, payment } = await orderWithPayment(shop, flow);
      await pay(shop, payment, debit('refused'));
      const ids = await answered(payment, failure);
      for (const event of (await eventsAbout(shop, ...ids)).toReversed()) {
        await deliver(shop, event);
        await settleJobs(shop);
      }
      expect(await readOrder(shop, placed)).toMatchObject({ status: 'failed', payable: true });
    });

    it('is not taken back to “processing” by an answer of Stripe that newer news overtook', async () => {
      await bankTakes(600);
      const { placed, payment } = await orderWithPayment(shop, flow);
      await pay(shop, payment, debit('refused'));
      const [first] = await idsOf(payment);
      const processing = await eventOf(
        shop,
        flow === 'hosted' ? 'checkout.session.completed' : 'payment_intent.processing',
        first!,
      );
      const held = line.hold(calls('GET', new RegExp(first!)), 'after');
      await deliver(shop, processing);
      const digesting = shop.runJobs();
      await held.reached;
      const ids = await answered(payment, failure);
      await deliver(shop, await eventOf(shop, failure, ...ids));
      await shop.runJobs();
      expect((await readOrder(shop, placed)).status).toBe('failed');
      held.release();
      await digesting;
      shop.advance(2_000);
      await settleJobs(shop);
      expect(await readOrder(shop, placed)).toMatchObject({ status: 'failed', payable: true });
    });
  });

  it('pays by the signed word that the debit succeeded, although the session was complete long before', async () => {
    await bankTakes(never);
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    await pay(shop, payment, debit('paid'));
    const completed = await eventOf(shop, 'checkout.session.completed', sessionOf(payment));
    expect(completed.data.object.payment_status).toBe('unpaid');
    await deliver(shop, completed);
    await settleJobs(shop);
    expect((await readOrder(shop, placed)).status).toBe('processing');
    const changes = { type: 'checkout.session.async_payment_succeeded' };
    expect((await deliver(shop, retold(completed, { payment_status: 'paid' }, changes))).result).toBe(
      'applied',
    );
    expect((await readOrder(shop, placed)).status).toBe('paid');
    await checkBooks(shop);
  });
});

function intentOrSession(payment: StartedPayment): string {
  return payment.url ? sessionOf(payment) : intentOf(payment);
}

describe.each(databases)('debits with the sandbox’s own deliveries, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      env: { SHOP_CURRENCY: 'eur' },
      sandboxSettings: { delayed_method_ms: 300 },
    });
  });
  afterAll(() => shop.stop());

  it.each(flows)('are paid in the end: %s', async (flow) => {
    const { placed, payment } = await orderWithPayment(shop, flow);
    await pay(shop, payment, debit('paid'));
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
  });

  it('leave books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
