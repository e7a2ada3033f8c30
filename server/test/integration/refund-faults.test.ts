import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findRefunds } from '../../src/db/refunds.ts';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import { tell } from '../support/disputes.ts';
import { deliver, eventOf } from '../support/events.ts';
import { card, openBreaks, paidOrder, refund, trace } from '../support/operators.ts';
import { databases, readOrder, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';
import { calls, loseReply, StripeLine } from '../support/stripe-line.ts';
import { listAll, type StripeRefund } from '../support/stripe-record.ts';

const creation = calls('POST', '/v1/refunds');
const hour = 3_600_000;
/** Longer than the outbox leaves a refund to whoever asked for it, and than it waits before it tries again. */
const later = 90_000;

describe.each(databases)('refunds while Stripe does not behave, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let moved = 0;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      line,
      webhooks: false,
      jobs: 'manual',
      sandboxSettings: { refund_delay_ms: 100_000_000 },
    });
  });
  afterEach(async () => {
    line.mend();
    await line.open();
    await fetch(`${shop.sandbox.url}/_sandbox/faults`, { method: 'DELETE' });
    shop.advance(-moved);
    moved = 0;
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const advance = (milliseconds: number) => {
    shop.advance(milliseconds);
    moved += milliseconds;
  };
  const fault = async (name: string, times: number) => {
    const match = { 'match[method]': 'POST', 'match[path]': '/v1/refunds', 'match[times]': String(times) };
    await tell(shop, '/_sandbox/faults', { ...match, fault: name });
  };
  const made = async (placed: PlacedOrder) =>
    (await listAll<StripeRefund>(shop.sandbox.url, '/v1/refunds')).filter(
      ({ metadata }) => metadata.paydesk_order === placed.order.id,
    );
  const refundsOf = async (placed: PlacedOrder) => await findRefunds(shop.app.database.read, placed.order.id);

  const faults: [string, string, string][] = [
    ['a connection that is refused', 'refuse', 'unknown'],
    ['a connection that breaks after the effect', 'reset_after', 'unknown'],
    ['half a reply after the effect', 'truncate', 'unknown'],
    ['a 500 after the effect, which Stripe repeats', 'error_500_after', 'unknown'],
    ['too many requests', 'rate_limit', 'requested'],
    ['a key that is locked', 'conflict', 'requested'],
  ];

  it.each(faults)('happen once all the same: %s', async (_title, name, status) => {
    const { placed } = await paidOrder(shop);
    await fault(name, 2);
    const reply = await refund(shop, placed, { amount: 600 });
    expect([reply.status, reply.body.refunds[0]!.status]).toEqual([201, status]);
    expect((await refund(shop, placed)).body.refunds[0]!.amount.amount).toBe(placed.order.total.amount - 600);
    advance(later);
    await settleJobs(shop);
    const { refunds, refunded } = await readOrder(shop, placed);
    expect(refunds.map((each) => each.status)).toEqual(['succeeded', 'succeeded']);
    expect(refunded).toEqual(placed.order.total);
    expect((await made(placed)).map(({ amount }) => amount).toSorted()).toHaveLength(2);
  });

  it('are told by their event where every reply was lost, and are not made again', async () => {
    const { placed } = await paidOrder(shop);
    line.deal(creation, loseReply, 10);
    await refund(shop, placed, { amount: 600 });
    const [there] = await made(placed);
    await deliver(shop, await eventOf(shop, 'refund.created', there!.id));
    await settleJobs(shop);
    expect((await readOrder(shop, placed)).refunds).toMatchObject([
      { status: 'succeeded', reference: there!.id },
    ]);
    advance(later);
    await settleJobs(shop);
    expect(await made(placed)).toHaveLength(1);
  });

  it('wait while Stripe cannot be reached, and are made when it is back', async () => {
    const { placed } = await paidOrder(shop);
    await line.close();
    expect((await refund(shop, placed)).body.refunds[0]!.status).toBe('unknown');
    advance(later);
    await settleJobs(shop);
    expect((await refundsOf(placed))[0]!.status).toBe('unknown');
    await line.open();
    advance(later);
    await settleJobs(shop);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'refunded' });
    expect(await made(placed)).toHaveLength(1);
  });

  it('are looked for before they are asked for again, once Stripe has forgotten their key', async () => {
    const { placed } = await paidOrder(shop);
    line.deal(creation, loseReply, 10);
    await refund(shop, placed, { amount: 600 });
    await shop.app.database.transaction(async (tx) => {
      const row = tx.updateTable('refunds').where('order_id', '=', placed.order.id);
      await row.set({ status: 'requested' }).execute();
    });
    line.mend();
    advance(30 * hour);
    await settleJobs(shop);
    expect(await made(placed)).toHaveLength(1);
    expect((await refundsOf(placed))[0]!.status).toBe('succeeded');
  });

  it('that Stripe neither answers nor lists for a day are given up, told to a person, and can be made anew', async () => {
    const { placed } = await paidOrder(shop);
    await fault('error_500', 1_000);
    expect((await refund(shop, placed)).body.refunds[0]!.status).toBe('unknown');
    advance(later);
    await settleJobs(shop);
    expect((await refundsOf(placed))[0]!.status).toBe('unknown');
    expect((await refund(shop, placed, { amount: 1 })).body.error?.code).toBe('order_not_refundable');
    advance(25 * hour);
    await settleJobs(shop);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', refunds: [{ status: 'failed' }] });
    expect(await openBreaks(shop, placed)).toMatchObject([{ kind: 'refund_not_found' }]);
    await fetch(`${shop.sandbox.url}/_sandbox/faults`, { method: 'DELETE' });
    expect((await refund(shop, placed)).body.order.status).toBe('refunded');
    expect(await made(placed)).toHaveLength(1);
  });

  it('that turn up after they were given up are adopted, and a person is told', async () => {
    const { placed } = await paidOrder(shop);
    line.deal(creation, loseReply, 10);
    await refund(shop, placed, { amount: 600 });
    line.deal(calls('GET', '/v1/refunds'), async ({ reply }) => {
      const body = Buffer.from('{"object":"list","data":[],"has_more":false,"url":"/v1/refunds"}');
      reply({ status: 200, headers: { 'content-type': 'application/json' }, body });
    });
    advance(25 * hour);
    await settleJobs(shop);
    expect((await refundsOf(placed))[0]!.status).toBe('failed');
    line.mend();
    const [there] = await made(placed);
    await deliver(shop, await eventOf(shop, 'refund.created', there!.id));
    await settleJobs(shop);
    const { refunds, refunded } = await readOrder(shop, placed);
    expect(refunds.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
    expect(refunded.amount).toBe(600);
  });

  it('that Stripe refuses are told as failed, change no sum, and a person is told', async () => {
    const { placed, intent } = await paidOrder(shop);
    // Somebody was faster in the dashboard, and its event is not here yet.
    await tell(shop, '/v1/refunds', { payment_intent: intent, amount: '1000' });
    const { status, body } = await refund(shop, placed);
    expect([status, body.refunds[0]!.status]).toEqual([201, 'failed']);
    expect(body.order).toMatchObject({ status: 'paid', refunded: { amount: 0 } });
    const { refunds, breaks } = await trace(shop, placed);
    expect(refunds[0]!.failureCode).toMatch(/^provider_refused: /);
    expect(breaks).toMatchObject([{ kind: 'refund_failed', closedAt: null }]);
    await deliver(shop, await eventOf(shop, 'refund.created', intent));
    await settleJobs(shop);
    expect((await readOrder(shop, placed)).refunded.amount).toBe(1000);
  });

  it('leave books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });

  it('that are called off at Stripe count no more', async () => {
    const { placed } = await paidOrder(shop, { means: card('4000000000007726') });
    await refund(shop, placed);
    const [there] = await made(placed);
    line.deal(calls('GET', `/v1/refunds/${there!.id}`), async ({ deliver: pass, reply }) => {
      const answer = await pass();
      const body = Buffer.from(JSON.stringify({ ...JSON.parse(answer.body.toString()), status: 'canceled' }));
      reply({ status: 200, headers: { 'content-type': 'application/json' }, body });
    });
    await deliver(shop, await eventOf(shop, 'refund.created', there!.id));
    await settleJobs(shop);
    expect(await readOrder(shop, placed)).toMatchObject({
      status: 'paid',
      refunds: [{ status: 'canceled' }],
    });
    expect(await openBreaks(shop, placed)).toEqual([]);
    expect((await refund(shop, placed)).status).toBe(201);
    await checkBooks(shop);
  });
});
