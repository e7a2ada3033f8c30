import type { PaymentFlow } from '@paydesk/contract/payments';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, startPayment } from '../support/customer.ts';
import { tell } from '../support/disputes.ts';
import { paidOrder, refund } from '../support/operators.ts';
import {
  call,
  databases,
  newKey,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';
import { type Charge, listAll, madeForOrder, type StripeRefund } from '../support/stripe-record.ts';

/** What goes wrong at Stripe, as its sandbox does it. */
const faults = [
  ['no answer, and no effect', 'timeout_before'],
  ['no answer, although it had its effect', 'timeout_after'],
  ['a connection that breaks after the effect', 'reset_after'],
  ['a 500 without an effect, which its key repeats', 'error_500'],
  ['a 500 after the effect, which its key repeats', 'error_500_after'],
  ['too many requests', 'rate_limit'],
] as const;
/** The official client repeats a call once by itself; so both fail. */
const bothTries = 2;
/** Longer than the outbox waits before it repeats a call. */
const later = 90_000;

describe.each(databases)('while Stripe fails, on %s', (kind) => {
  let shop: TestShop;
  let supplied: Map<string, number>;
  let moved = 0;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', env: { STRIPE_TIMEOUT_MS: '150' } });
    supplied = await stockOnHand(shop);
  });
  afterEach(async () => {
    await fetch(`${shop.sandbox.url}/_sandbox/faults`, { method: 'DELETE' });
    // A clock that ran far ahead of Stripe's would refuse its signatures.
    shop.advance(-moved);
    moved = 0;
  });
  afterAll(() => shop.stop());

  const fault = async (name: string, path: string) => {
    const match = { 'match[method]': 'POST', 'match[path]': path, 'match[times]': String(bothTries) };
    await tell(shop, '/_sandbox/faults', { ...match, fault: name });
  };
  const wait = async () => {
    shop.advance(later);
    moved += later;
    await settleJobs(shop);
  };
  const becomes = async (placed: Parameters<typeof readOrder>[1], status: string) =>
    await until(
      async () => {
        await settleJobs(shop);
        return await readOrder(shop, placed);
      },
      (seen) => seen.status === status,
    );
  const creation: Record<'elements' | 'hosted', string> = {
    elements: '/v1/payment_intents',
    hosted: '/v1/checkout/sessions',
  };

  describe.each(faults)('by %s', (_title, name) => {
    it.each(['elements', 'hosted'] as const)('an order is paid once: %s', async (flow: PaymentFlow) => {
      const placed = await order(shop);
      await fault(name, creation[flow as 'elements' | 'hosted']);
      const key = newKey();
      let reply = await startPayment(shop, placed, flow, key);
      for (let tries = 1; reply.status === 503 && tries < 3; tries += 1) {
        await wait();
        reply = await startPayment(shop, placed, flow, key);
      }
      expect(reply.status).toBeLessThan(300);
      expect((await pay(shop, reply.body)).status).toBe(200);
      await becomes(placed, 'paid');
      const { intents, sessions } = await madeForOrder(shop.sandbox.url, placed.order.id);
      expect(intents.filter(({ status }) => status.startsWith('requires_'))).toEqual([]);
      expect(sessions.filter(({ status }) => status === 'open')).toEqual([]);
      const charges = await listAll<Charge & { metadata: Record<string, string> }>(
        shop.sandbox.url,
        '/v1/charges',
      );
      expect(charges.filter(({ metadata }) => metadata.paydesk_order === placed.order.id)).toHaveLength(1);
    });

    it('a refund is made once, or not at all where Stripe will never say', async () => {
      const { placed } = await paidOrder(shop);
      await fault(name, '/v1/refunds');
      expect((await refund(shop, placed, { amount: 600 })).status).toBe(201);
      await wait();
      await wait();
      const there = (await listAll<StripeRefund>(shop.sandbox.url, '/v1/refunds')).filter(
        ({ metadata }) => metadata.paydesk_order === placed.order.id,
      );
      const { refunds, refunded } = await readOrder(shop, placed);
      if (name === 'error_500') {
        expect([there.length, refunds[0]!.status, refunded.amount]).toEqual([0, 'unknown', 0]);
        return;
      }
      expect(refunds).toMatchObject([{ status: 'succeeded', reference: there[0]!.id }]);
      expect([there.length, refunded.amount]).toEqual([1, 600]);
    });

    it('a cancellation gives the stock back only once nothing can be paid any more', async () => {
      const { placed, payment } = await orderWithPayment(shop);
      const intent = intentOf(payment);
      await fault(name, `/v1/payment_intents/${intent}/cancel`);
      const path = `/api/orders/${placed.order.id}/cancel`;
      const reply = await call(shop, 'POST', path, { token: placed.accessToken });
      const { status } = await readOrder(shop, placed);
      if (status === 'pending') expect(reply.status).toBeGreaterThanOrEqual(500);
      await wait();
      await becomes(placed, 'canceled');
      const { intents } = await madeForOrder(shop.sandbox.url, placed.order.id);
      expect(intents).toMatchObject([{ id: intent, status: 'canceled' }]);
    });
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await checkStock(shop, supplied);
    await compareWithStripe(shop);
  });
});
