import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, sessionOf, started } from '../support/customer.ts';
import { call, cart, databases, readOrder, startTestShop, type TestShop, until } from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { listAll, readIntent, readSession } from '../support/stripe-record.ts';

describe.each(databases)('what Stripe is told about a payment, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line });
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  it('tells Stripe the order’s total, currency and ids, and nothing that could move money', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    const intent = await readIntent(shop.sandbox.url, intentOf(payment));
    expect(intent).toMatchObject({
      ...placed.order.total,
      status: 'requires_payment_method',
      description: `Order ${placed.order.number}`,
      metadata: {
        paydesk_order: placed.order.id,
        paydesk_payment: payment.payment.id,
        paydesk_instance: shop.app.instanceId,
      },
    });
  });

  it.each([
    ['discount, shipping and tax', { country: 'US' }, 'WELCOME10', 3],
    ['free shipping', { country: 'US' }, undefined, 12],
    ['taxed shipping abroad', { country: 'DE', postalCode: '10115', city: 'Berlin' }, 'FIVEOFF', 2],
  ])(
    'shows lines on Stripe’s page that sum to the order: %s',
    async (_name, address, discountCode, quantity) => {
      const body = cart([{ productId: 'prod_stoneware-mug', quantity }]);
      const shippingAddress = { ...body.shippingAddress, ...address };
      const { placed, payment } = await orderWithPayment(shop, 'hosted', {
        ...body,
        shippingAddress,
        ...(discountCode && { discountCode }),
      });
      expect(placed.order.discountCode).toBe(discountCode ?? null);
      const id = sessionOf(payment);
      const session = await readSession(shop.sandbox.url, id);
      expect(session).toMatchObject({
        amount_total: placed.order.total.amount,
        currency: placed.order.total.currency,
        metadata: { paydesk_order: placed.order.id, paydesk_payment: payment.payment.id },
      });
      expect(session.success_url).toBe(
        `${shop.url}/payment/success?order=${placed.order.id}&session_id={CHECKOUT_SESSION_ID}`,
      );
      expect(session.cancel_url).toBe(`${shop.url}/payment/cancel?order=${placed.order.id}`);
      expect(session.expires_at).toBe(Math.floor(Date.parse(placed.order.expiresAt!) / 1_000));
      const items = await listAll<{ id: string; amount_total: number; currency: string }>(
        shop.sandbox.url,
        `/v1/checkout/sessions/${id}/line_items`,
      );
      expect(items.reduce((sum, item) => sum + item.amount_total, 0)).toBe(placed.order.total.amount);
      expect(new Set(items.map((item) => item.currency))).toEqual(new Set([placed.order.total.currency]));
      expect((await pay(shop, payment)).status).toBe(200);
      const paid = await until(
        () => readOrder(shop, placed),
        ({ status }) => status === 'paid',
      );
      expect((await readIntent(shop.sandbox.url, paid.payments[0]!.reference!)).metadata).toEqual(
        session.metadata,
      );
    },
  );

  it('sends a key with everything it writes, ours with every creation, and never asks Stripe to confirm', async () => {
    const { placed } = await orderWithPayment(shop, 'elements');
    await started(shop, placed, 'hosted');
    await started(shop, placed, 'elements');
    await call(shop, 'POST', `/api/orders/${placed.order.id}/cancel`, { token: placed.accessToken });
    const writes = line.requests.filter(({ method }) => method === 'POST');
    const keysOf = (path: RegExp) =>
      writes.filter(calls('POST', path)).map(({ idempotencyKey }) => idempotencyKey ?? '');
    const intents = keysOf(/^\/v1\/payment_intents$/);
    const sessions = keysOf(/^\/v1\/checkout\/sessions$/);
    expect([intents.length, sessions.length]).toEqual([3, 4]);
    for (const key of intents) expect(key).toMatch(/^pi:create:pay_\w+$/);
    for (const key of sessions) expect(key).toMatch(/^cs:create:pay_\w+$/);
    expect(new Set([...intents, ...sessions]).size).toBe(7);
    expect(keysOf(/\/(cancel|expire)$/)).toHaveLength(3);
    for (const { idempotencyKey } of writes) expect(idempotencyKey).toMatch(/./);
    expect(line.requests.filter(({ path, form }) => path.includes('confirm') || form.has('confirm'))).toEqual(
      [],
    );
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
