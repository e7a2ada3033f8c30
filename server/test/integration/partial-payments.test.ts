import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks } from '../support/books.ts';
import { declined, intentOf, pay, sessionOf } from '../support/customer.ts';
import { deliver, eventOf } from '../support/events.ts';
import { accountsOf, partOf, payAndTell, startPart, tell } from '../support/parts.ts';
import { databases, order, readOrder, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { ask, madeForOrder, readIntent } from '../support/stripe-record.ts';

const day = 86_400_000;

describe.each(databases)('an order that is paid in parts, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line, webhooks: false, jobs: 'manual' });
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const rowOf = async (id: string) => (await findOrder(shop.app.database.read, id))!;
  const refundsOf = async (orderId: string) =>
    await shop.app.database.read
      .selectFrom('refunds')
      .select(['amount', 'cause', 'status', 'applies_to'])
      .where('order_id', '=', orderId)
      .execute();

  it('takes a deposit, waits for the rest with its stock, and is paid by the last part', async () => {
    const placed = await order(shop);
    const total = placed.order.total.amount;
    const deposit = await partOf(shop, placed, { amount: 1000 });
    expect(await readIntent(shop.sandbox.url, intentOf(deposit))).toMatchObject({ amount: 1000 });
    await payAndTell(shop, deposit);
    const half = await readOrder(shop, placed);
    expect(half).toMatchObject({
      status: 'partially_paid',
      received: { amount: 1000 },
      due: { amount: total - 1000 },
      payable: true,
      cancelable: true,
      paidAt: null,
      invoiceUrl: null,
    });
    expect(Date.parse(half.expiresAt!)).toBeGreaterThan(shop.app.clock.now() + 6.9 * day);
    expect(await accountsOf(shop, half.id)).toEqual({ stripe_clearing: 1000, order_due: -1000 });
    expect((await rowOf(half.id)).hold).toBe('held');

    const rest = await partOf(shop, placed);
    expect(rest.payment.amount.amount).toBe(total - 1000);
    await payAndTell(shop, rest);
    expect(await readOrder(shop, placed)).toMatchObject({
      status: 'paid',
      received: { amount: total },
      due: { amount: 0 },
      payable: false,
      payments: [{ received: { amount: 1000 } }, { received: { amount: total - 1000 } }],
    });
    expect((await rowOf(half.id)).hold).toBe('sold');
    const { subtotal, shipping, tax } = await rowOf(half.id);
    expect(await accountsOf(shop, half.id)).toEqual({
      stripe_clearing: total,
      sales: -subtotal,
      shipping: -shipping,
      ...(tax > 0 && { tax: -tax }),
    });
  });

  it('is split between two ways to pay; Stripe’s page shows a part as one line and closes within a day', async () => {
    const placed = await order(shop);
    await payAndTell(shop, await partOf(shop, placed, { amount: 1200 }));
    const rest = await partOf(shop, placed, { flow: 'hosted' });
    const path = `/v1/checkout/sessions/${sessionOf(rest)}`;
    const session = await ask<{ amount_total: number; expires_at: number }>(shop.sandbox.url, path);
    const lines = await ask<{ data: { description: string; amount_total: number }[] }>(
      shop.sandbox.url,
      `${path}/line_items`,
    );
    const due = placed.order.total.amount - 1200;
    expect(session.amount_total).toBe(due);
    expect(session.expires_at * 1_000).toBeLessThan(Date.now() + day);
    expect(lines.data).toMatchObject([
      { description: `Part of order ${placed.order.number}`, amount_total: due },
    ]);
    await payAndTell(shop, rest);
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('uses the attempt for a part again, and replaces it for another amount', async () => {
    const placed = await order(shop);
    const first = await partOf(shop, placed, { amount: 1000 });
    expect((await partOf(shop, placed, { amount: 1000 })).clientSecret).toBe(first.clientSecret);
    const second = await partOf(shop, placed, { amount: 1500 });
    expect(second.payment.attempt).toBe(2);
    expect(await readIntent(shop.sandbox.url, intentOf(first))).toMatchObject({ status: 'canceled' });
    expect((await pay(shop, first)).status).toBe(400);
  });

  it.each<[string, unknown, number, string]>([
    ['nothing', 0, 400, 'invalid_request'],
    ['less than nothing', -500, 400, 'invalid_request'],
    ['half a cent', 10.5, 400, 'invalid_request'],
    ['a number in quotes', '1000', 400, 'invalid_request'],
    ['more than is due', 1_000_000, 409, 'payment_amount_too_large'],
    ['more than a number can be exactly', 2 ** 60, 409, 'payment_amount_too_large'],
    ['less than a card can pay', 49, 409, 'payment_amount_too_small'],
  ])('refuses a part of %s', async (_name, amount, status, code) => {
    const placed = await order(shop);
    const reply = await startPart(shop, placed, { amount });
    expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
    expect(await findPayments(shop.app.database.read, placed.order.id)).toEqual([]);
  });

  it('refuses a part that leaves a rest no card could pay, and any part of what is paid', async () => {
    const placed = await order(shop);
    const total = placed.order.total.amount;
    const reply = await startPart(shop, placed, { amount: total - 49 });
    expect([reply.status, reply.body.error?.code]).toEqual([409, 'payment_amount_too_small']);
    await payAndTell(shop, await partOf(shop, placed, { amount: total - 50 }));
    await payAndTell(shop, await partOf(shop, placed, { amount: 50 }));
    const late = await startPart(shop, placed, { amount: 100 });
    expect([late.status, late.body.error?.code]).toEqual([409, 'order_already_paid']);
  });

  it('stays partly paid when the card for the rest is declined', async () => {
    const placed = await order(shop);
    await payAndTell(shop, await partOf(shop, placed, { amount: 1000 }));
    const rest = await partOf(shop, placed);
    await pay(shop, rest, declined);
    await deliver(shop, await eventOf(shop, 'payment_intent.payment_failed', intentOf(rest)));
    await settleJobs(shop);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'partially_paid', payable: true });
    await payAndTell(shop, await partOf(shop, placed));
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('leaves no more than one way to pay when many parts are asked for at once', async () => {
    const placed = await order(shop);
    const amounts = [1000, 1100, 1200, 1300, 1400, 1500];
    const replies = await Promise.all(amounts.map((amount) => startPart(shop, placed, { amount })));
    for (const { status } of replies) expect([201, 409]).toContain(status);
    const last = await partOf(shop, placed, { amount: 1600 });
    const { intents } = await madeForOrder(shop.sandbox.url, placed.order.id);
    const open = intents.filter(({ status }) => status.startsWith('requires_'));
    expect(open).toMatchObject([{ id: intentOf(last), amount: 1600 }]);
    const payments = await findPayments(shop.app.database.read, placed.order.id);
    expect(payments.filter(({ closed_at }) => closed_at === null)).toMatchObject([{ id: last.payment.id }]);
  });

  it('gives back what two parts bring too much, when both were paid at the same moment', async () => {
    const placed = await order(shop);
    const total = placed.order.total.amount;
    const first = await partOf(shop, placed, { amount: total - 500 });
    // The first is paid after all, although its cancellation was confirmed.
    line.deal(calls('POST', /\/cancel$/), async ({ request, reply }) => {
      const id = request.path.split('/')[3]!;
      const intent = await ask<object>(shop.sandbox.url, `/v1/payment_intents/${id}`);
      const body = Buffer.from(JSON.stringify({ ...intent, status: 'canceled' }));
      reply({ status: 200, headers: { 'content-type': 'application/json' }, body });
    });
    const second = await partOf(shop, placed, { amount: 800 });
    await Promise.all([pay(shop, first), pay(shop, second)]);
    await Promise.all([tell(shop, first), tell(shop, second)]);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', received: { amount: total } });
    expect(await refundsOf(placed.order.id)).toMatchObject([
      { amount: 300, cause: 'excess', status: 'requested', applies_to: 'unapplied' },
    ]);
    await settleJobs(shop);
    expect(await refundsOf(placed.order.id)).toMatchObject([{ amount: 300, status: 'succeeded' }]);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', refunded: { amount: 0 } });
    expect(await accountsOf(shop, placed.order.id)).toMatchObject({ stripe_clearing: total });
    expect(await accountsOf(shop, placed.order.id)).not.toHaveProperty('unapplied');
  });

  it('ends the way to pay the rest at Stripe when the money comes from where nobody expected it', async () => {
    const placed = await order(shop);
    const first = await partOf(shop, placed);
    line.deal(calls('POST', /\/cancel$/), async ({ request, reply }) => {
      const id = request.path.split('/')[3]!;
      const intent = await ask<object>(shop.sandbox.url, `/v1/payment_intents/${id}`);
      const body = Buffer.from(JSON.stringify({ ...intent, status: 'canceled' }));
      reply({ status: 200, headers: { 'content-type': 'application/json' }, body });
    });
    const second = await partOf(shop, placed, { amount: 800 });
    await payAndTell(shop, first);
    expect((await readOrder(shop, placed)).status).toBe('paid');
    await settleJobs(shop);
    expect(await readIntent(shop.sandbox.url, intentOf(second))).toMatchObject({ status: 'canceled' });
    expect((await pay(shop, second)).status).toBe(400);
  });

  it('leaves books that are in order', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
  });
});
