import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOrder } from '../../src/db/orders.ts';
import { checkBooks, snapshot } from '../support/books.ts';
import { intentOf, pay } from '../support/customer.ts';
import { accountsOf, partOf, payAndTell } from '../support/parts.ts';
import {
  call,
  cart,
  databases,
  newKey,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { countRows } from '../support/stored.ts';
import { readIntent } from '../support/stripe-record.ts';
import { newReference, recordTransfer, settleRefund } from '../support/transfers.ts';

const byTransfer = { paymentMethod: 'bank-transfer', flow: 'transfer' };
const mug = 'prod_stoneware-mug';

describe.each(databases)('transfers that an operator records, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
    await shop.app.database.transaction((tx) => tx.updateTable('products').set({ on_hand: 60 }).execute());
  });
  afterAll(async () => {
    await shop.stop();
  });

  const rowOf = async (placed: PlacedOrder) => (await findOrder(shop.app.database.read, placed.order.id))!;
  const awaited = async () => {
    const placed = await order(shop);
    const { payment } = await partOf(shop, placed, byTransfer);
    return { placed, id: placed.order.id, total: placed.order.total.amount, payment };
  };
  const cancel = async (placed: PlacedOrder) =>
    await call(shop, 'POST', `/api/orders/${placed.order.id}/cancel`, { token: placed.accessToken });
  const breaksOf = async (orderId: string) =>
    await shop.app.database.read
      .selectFrom('breaks')
      .select(['kind', 'amount', 'closed_at'])
      .where('order_id', '=', orderId)
      .execute();

  it('pay the order they were for, like any payment', async () => {
    const { placed, id, total, payment } = await awaited();
    const bankReference = newReference();
    const reply = await recordTransfer(shop, id, total, {
      bankReference,
      receivedAt: '2026-11-26T09:00:00Z',
    });
    expect(reply.status).toBe(201);
    expect(reply.body.payment).toMatchObject({
      id: payment.id,
      status: 'succeeded',
      received: { amount: total },
    });
    const seen = await readOrder(shop, placed);
    expect(seen).toMatchObject({ status: 'paid', received: { amount: total }, due: { amount: 0 } });
    expect(seen.timeline.at(-1)).toMatchObject({
      type: 'order.paid',
      actor: 'operator',
      eventId: `transfer:${bankReference}`,
      paymentId: payment.id,
    });
    expect((await rowOf(placed)).hold).toBe('sold');
    expect(await accountsOf(shop, id)).toMatchObject({ bank: total });
    const kept = await shop.app.database.read
      .selectFrom('inbox')
      .selectAll()
      .where('event_id', '=', `transfer:${bankReference}`)
      .executeTakeFirstOrThrow();
    expect(kept).toMatchObject({ source: 'operator', state: 'done', order_id: id, payment_id: payment.id });
    const event = shop.app.providers.get('bank-transfer')!.readStored(kept.payload);
    expect(event).toMatchObject({ id: kept.event_id, fact: { kind: 'succeeded', amount: total } });
  });

  it('pay in parts, together with cards, whoever starts', async () => {
    const { placed, id, total } = await awaited();
    await recordTransfer(shop, id, 1000);
    expect(await readOrder(shop, placed)).toMatchObject({
      status: 'partially_paid',
      due: { amount: total - 1000 },
      payable: true,
    });
    await payAndTell(shop, await partOf(shop, placed, { amount: 700 }));
    // A second one with the same purpose, although the customer asked for no new instructions.
    await recordTransfer(shop, placed.order.number, { amount: total - 1700, currency: 'usd' });
    const seen = await readOrder(shop, placed);
    expect(seen).toMatchObject({ status: 'paid', received: { amount: total } });
    expect(seen.payments.map(({ provider, received }) => [provider, received.amount])).toEqual([
      ['bank-transfer', 1000],
      ['stripe', 700],
      ['bank-transfer', total - 1700],
    ]);
    const { subtotal, shipping, tax } = await rowOf(placed);
    expect(await accountsOf(shop, id)).toEqual({
      bank: total - 700,
      stripe_clearing: 700,
      sales: -subtotal,
      shipping: -shipping,
      ...(tax > 0 && { tax: -tax }),
    });
  });

  it('give back what was too much, once a person has sent it', async () => {
    const { placed, id, total, payment } = await awaited();
    await recordTransfer(shop, id, total + 250);
    await settleJobs(shop);
    const seen = await readOrder(shop, placed);
    expect(seen).toMatchObject({ status: 'paid', received: { amount: total }, refunded: { amount: 0 } });
    expect(seen.refunds).toMatchObject([{ status: 'pending', cause: 'excess', amount: { amount: 250 } }]);
    expect(await breaksOf(id)).toMatchObject([{ kind: 'paid_too_much', amount: 250, closed_at: null }]);
    const done = await settleRefund(shop, seen.refunds[0]!.id, 'complete');
    expect(done.status).toBe(200);
    expect(done.body.refund).toMatchObject({ status: 'succeeded', paymentId: payment.id });
    expect(done.body.order).toMatchObject({ status: 'paid', refunded: { amount: 0 } });
    expect(await breaksOf(id)).toMatchObject([{ closed_at: expect.any(Number) }]);
    expect(await accountsOf(shop, id)).toMatchObject({ bank: total });
    expect(await accountsOf(shop, id)).not.toHaveProperty('unapplied');
  });

  it('end the card payment that they make superfluous, at Stripe', async () => {
    const placed = await order(shop);
    const card = await partOf(shop, placed);
    await recordTransfer(shop, placed.order.id, placed.order.total.amount);
    expect((await readOrder(shop, placed)).status).toBe('paid');
    await settleJobs(shop);
    expect(await readIntent(shop.sandbox.url, intentOf(card))).toMatchObject({ status: 'canceled' });
    expect((await pay(shop, card)).status).toBe(400);
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('end a card payment for the whole when a part has come, and leave one for less', async () => {
    const placed = await order(shop);
    const whole = await partOf(shop, placed);
    await recordTransfer(shop, placed.order.id, 500);
    await settleJobs(shop);
    expect(await readIntent(shop.sandbox.url, intentOf(whole))).toMatchObject({ status: 'canceled' });
    const part = await partOf(shop, placed, { amount: 600 });
    await recordTransfer(shop, placed.order.id, 500);
    await settleJobs(shop);
    await payAndTell(shop, part);
    await payAndTell(shop, await partOf(shop, placed));
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', received: placed.order.total });
  });

  it('are recorded once, whoever reads the statement and however it is typed', async () => {
    const { placed, id, total } = await awaited();
    const bankReference = newReference();
    const first = await recordTransfer(shop, id, 1000, { bankReference });
    const again = await Promise.all([
      recordTransfer(shop, id, 1000, { bankReference }),
      recordTransfer(shop, id, 1000, { bankReference: ` ${bankReference.replace(' ', '  ')} ` }),
      recordTransfer(shop, id, 1000, { bankReference }),
    ]);
    for (const { status, body } of again) expect([status, body]).toEqual([201, first.body]);
    const other = await order(shop);
    const before = await snapshot(shop);
    for (const [orderId, amount] of [
      [id, 1001],
      [other.order.id, 1000],
    ] as const) {
      const reply = await recordTransfer(shop, orderId, amount, { bankReference });
      expect([reply.status, reply.body.error?.code]).toEqual([409, 'transfer_already_recorded']);
    }
    expect(await snapshot(shop)).toEqual(before);
    expect((await readOrder(shop, placed)).due.amount).toBe(total - 1000);
  });

  it('are recorded for one order only when two operators take them for two at the same moment', async () => {
    const [one, two] = [await awaited(), await awaited()];
    const bankReference = newReference();
    const replies = await Promise.all([
      recordTransfer(shop, one.id, 1000, { bankReference }),
      recordTransfer(shop, two.id, 1000, { bankReference }),
    ]);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const sums = [await readOrder(shop, one.placed), await readOrder(shop, two.placed)];
    expect(sums.map(({ received }) => received.amount).toSorted((a, b) => a - b)).toEqual([0, 1000]);
  });

  it('answer a repeated Idempotency-Key with the same reply, and refuse it for another booking', async () => {
    const { id } = await awaited();
    const key = newKey();
    const bankReference = newReference();
    const first = await recordTransfer(shop, id, 400, { bankReference, key });
    expect((await recordTransfer(shop, id, 400, { bankReference, key })).body).toEqual(first.body);
    const reused = await recordTransfer(shop, id, 400, { key });
    expect([reused.status, reused.body.error?.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('go back when the order is paid already', async () => {
    const { placed, id, total } = await awaited();
    await recordTransfer(shop, id, total);
    await recordTransfer(shop, id, total);
    await settleJobs(shop);
    const seen = await readOrder(shop, placed);
    expect(seen).toMatchObject({ status: 'paid', received: { amount: total } });
    expect(seen.refunds).toMatchObject([
      { status: 'pending', cause: 'duplicate', amount: { amount: total } },
    ]);
    expect(await breaksOf(id)).toMatchObject([{ kind: 'paid_twice', amount: total }]);
  });

  it('pay an order that has ended while its items are still there, and only as a whole', async () => {
    const { placed, id, total } = await awaited();
    await cancel(placed);
    await recordTransfer(shop, id, 500);
    expect(await rowOf(placed)).toMatchObject({ status: 'canceled', hold: 'released', received: 0 });
    await recordTransfer(shop, id, total);
    expect(await rowOf(placed)).toMatchObject({ status: 'paid', hold: 'sold', received: total });
    await settleJobs(shop);
    expect((await readOrder(shop, placed)).refunds).toMatchObject([
      { status: 'pending', cause: 'late', amount: { amount: 500 } },
    ]);
  });

  it('go back when the order has ended and somebody else has its items', async () => {
    const placed = await order(shop, cart([{ productId: mug, quantity: 3 }]));
    await partOf(shop, placed, byTransfer);
    await cancel(placed);
    const product = shop.app.database.read.selectFrom('products').selectAll().where('id', '=', mug);
    const { on_hand, reserved } = await product.executeTakeFirstOrThrow();
    const other = await order(shop, cart([{ productId: mug, quantity: on_hand - reserved - 1 }]));
    await recordTransfer(shop, placed.order.id, placed.order.total.amount);
    expect(await rowOf(placed)).toMatchObject({ status: 'canceled', hold: 'released', received: 0 });
    expect((await readOrder(shop, placed)).refunds).toMatchObject([{ cause: 'late' }]);
    expect((await product.executeTakeFirstOrThrow()).reserved).toBe(on_hand - 1);
    await cancel(other);
  });

  let waiting: Awaited<ReturnType<typeof awaited>> | undefined;
  it.each<[string, Record<string, unknown>, number, string]>([
    ['nothing', { amount: 0 }, 400, 'invalid_request'],
    ['less than nothing', { amount: -5 }, 400, 'invalid_request'],
    ['a part of a cent', { amount: 1.5 }, 400, 'invalid_request'],
    ['a number in quotes', { amount: '500' }, 400, 'invalid_request'],
    ['more than there is', { amount: 1e15 }, 400, 'invalid_request'],
    ['another currency', { currency: 'eur' }, 400, 'transfer_currency_differs'],
    [
      'another currency in the amount',
      { amount: { amount: 5, currency: 'jpy' } },
      400,
      'transfer_currency_differs',
    ],
    ['two currencies', { amount: { amount: 5, currency: 'usd' }, currency: 'eur' }, 400, 'invalid_request'],
    ['no reference', { bankReference: undefined }, 400, 'invalid_request'],
    ['an empty reference', { bankReference: '  ' }, 400, 'invalid_request'],
    ['a reference with a line break', { bankReference: 'A\nB' }, 400, 'invalid_request'],
    ['a day nobody knows', { receivedAt: 'yesterday' }, 400, 'invalid_request'],
    ['a day to come', { receivedAt: '2999-01-01T00:00:00Z' }, 400, 'invalid_request'],
    ['something nobody asked for', { paid: true }, 400, 'invalid_request'],
  ])('are refused with %s, and change nothing', async (_name, wrong, status, code) => {
    waiting ??= await awaited();
    const before = await countRows(shop);
    const reply = await recordTransfer(shop, waiting.id, 500, wrong);
    expect([reply.status, reply.body.error?.code]).toEqual([status, code]);
    expect(await countRows(shop)).toEqual(before);
  });

  it('leaves books that are in order', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
  });
});
