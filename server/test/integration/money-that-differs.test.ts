import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks, checkStock, snapshot, stockOnHand } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, sessionOf } from '../support/customer.ts';
import { deliver, eventOf, retold, type StripeEvent } from '../support/events.ts';
import { databases, readOrder, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { readSession } from '../support/stripe-record.ts';

describe.each(databases)('genuine money that does not fit, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line, webhooks: false, jobs: 'manual' });
    supplied = await stockOnHand(shop);
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const paidAtStripe = async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    return { placed, payment, event, total: placed.order.total.amount };
  };
  const breaksOf = async (orderId: string) =>
    await shop.app.database.read
      .selectFrom('breaks')
      .select(['kind', 'amount', 'detail', 'closed_at'])
      .where('order_id', '=', orderId)
      .orderBy('kind')
      .execute();
  const accountsOf = async (orderId: string) => {
    const rows = await shop.app.database.read
      .selectFrom('ledger_entries')
      .select(['account', 'amount'])
      .where('order_id', '=', orderId)
      .where('kind', '=', 'receipt')
      .execute();
    return Object.fromEntries(rows.map(({ account, amount }) => [account, amount]));
  };

  const differences: [string, string, (event: StripeEvent) => StripeEvent, (total: number) => number][] = [
    [
      'one cent less',
      'payment_amount_differs',
      (event) => retold(event, { amount_received: event.data.object.amount - 1 }),
      (total) => total - 1,
    ],
    [
      'one cent more',
      'payment_amount_differs',
      (event) => retold(event, { amount_received: event.data.object.amount + 1 }),
      (total) => total + 1,
    ],
    [
      'a dollar for everything',
      'payment_amount_differs',
      (event) => retold(event, { amount: 100, amount_received: 100 }),
      () => 100,
    ],
    [
      'the same number in another currency',
      'payment_currency_differs',
      (event) => retold(event, { currency: 'jpy' }),
      (total) => total,
    ],
    [
      'test money in a live mode',
      'payment_mode_differs',
      (event) => retold(event, {}, { livemode: true }),
      (total) => total,
    ],
  ];

  it.each(differences)(
    'puts the order under review and books nothing to it: %s',
    async (_name, kindOfBreak, change, received) => {
      const { placed, event, total } = await paidAtStripe();
      expect((await deliver(shop, change(event))).status).toBe(200);
      const seen = await readOrder(shop, placed);
      expect(seen).toMatchObject({ status: 'review', paidAt: null, payable: false, received: { amount: 0 } });
      expect(await breaksOf(seen.id)).toMatchObject([
        { kind: kindOfBreak, amount: received(total), closed_at: null },
      ]);
      expect(await accountsOf(seen.id)).toEqual({
        stripe_clearing: received(total),
        unapplied: -received(total),
      });
      expect((await deliver(shop, event)).result).toBe('no_effect');
      expect((await readOrder(shop, placed)).status).toBe('review');
    },
  );

  it('compares what Stripe’s page says as well', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    await pay(shop, payment);
    const event = await eventOf(shop, 'checkout.session.completed', sessionOf(payment));
    await deliver(shop, retold(event, { amount_total: 100 }));
    expect((await readOrder(shop, placed)).status).toBe('review');
    expect(await breaksOf(placed.order.id)).toMatchObject([{ kind: 'payment_amount_differs' }]);
  });

  const foreign: [string, object, RegExp][] = [
    [
      'another instance of this shop',
      { metadata: { paydesk_order: 'ord_x', paydesk_payment: 'pay_x', paydesk_instance: 'ins_other' } },
      /another shop/,
    ],
    [
      'somebody else, who writes nothing of ours on it',
      { id: 'pi_foreign', metadata: {} },
      /not made by this shop/,
    ],
    ['somebody else, without any metadata', { id: 'pi_foreign2', metadata: null }, /not made by this shop/],
  ];

  it.each(foreign)('keeps money of %s without an effect, and says why', async (_name, object, reason) => {
    const { placed, event } = await paidAtStripe();
    const before = await snapshot(shop);
    const other = retold(event, object);
    expect(await deliver(shop, other)).toMatchObject({ status: 200, result: 'no_effect' });
    const { inbox, ...rest } = await snapshot(shop);
    expect({ ...rest, inbox: before.inbox }).toEqual(before);
    expect(inbox).toHaveLength(before.inbox!.length + 1);
    const row = await shop.app.database.read
      .selectFrom('inbox')
      .selectAll()
      .where('event_id', '=', other.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'done', outcome: expect.stringMatching(reason) });
    expect((await readOrder(shop, placed)).status).toBe('pending');
  });

  it('does not take an order’s id in foreign metadata for its payment', async () => {
    const { placed, event } = await paidAtStripe();
    const { paydesk_order } = event.data.object.metadata;
    await deliver(shop, retold(event, { id: 'pi_foreign3', metadata: { paydesk_order } }));
    expect((await readOrder(shop, placed)).status).toBe('pending');
  });

  it('asks Stripe before it believes an event of another API version', async () => {
    const { placed, event } = await paidAtStripe();
    const old = retold(event, { amount_received: 1 }, { api_version: '2019-12-03' });
    const asked = line.requests.length;
    expect(await deliver(shop, old)).toMatchObject({ status: 200, result: 'queued' });
    expect((await readOrder(shop, placed)).status).toBe('pending');
    await shop.runJobs();
    expect(
      line.requests.slice(asked).filter(calls('GET', `/v1/payment_intents/${event.data.object.id}`)),
    ).toHaveLength(1);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', received: placed.order.total });
  });

  it('keeps an event of an unknown type and says that it means nothing here', async () => {
    const { event } = await paidAtStripe();
    const odd = retold(event, {}, { type: 'wormhole.opened' });
    expect(await deliver(shop, odd)).toMatchObject({ status: 200, result: 'no_effect' });
    const row = await shop.app.database.read
      .selectFrom('inbox')
      .selectAll()
      .where('event_id', '=', odd.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'done', outcome: 'no effect: wormhole.opened is not handled' });
  });

  it('takes a completed session that is not paid for the beginning of a payment only', async () => {
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    await pay(shop, payment);
    const event = await eventOf(shop, 'checkout.session.completed', sessionOf(payment));
    await deliver(shop, retold(event, { payment_status: 'unpaid' }));
    await shop.runJobs();
    const seen = await readOrder(shop, placed);
    expect(seen.received.amount).toBe(0);
    expect(seen.status).not.toBe('paid');
    const session = await readSession(shop.sandbox.url, sessionOf(payment));
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', session.payment_intent!));
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('books a second intent that was paid for the same attempt to nobody, once, and tells a person', async () => {
    const { placed, event, total } = await paidAtStripe();
    await deliver(shop, event);
    const second = retold(event, { id: 'pi_second', latest_charge: 'ch_second' });
    expect((await deliver(shop, second)).result).toBe('applied');
    expect((await deliver(shop, retold(second))).result).toBe('no_effect');
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', received: placed.order.total });
    expect(await breaksOf(placed.order.id)).toMatchObject([{ kind: 'paid_twice', amount: total }]);
    expect(await accountsOf(placed.order.id)).toMatchObject({ unapplied: -total });
    // It goes back by itself; and where Stripe knows no such money, a person is told that as well.
    await settleJobs(shop);
    expect((await readOrder(shop, placed)).refunds).toMatchObject([
      { cause: 'duplicate', status: 'failed', paymentId: null, amount: placed.order.total },
    ]);
    expect(await breaksOf(placed.order.id)).toMatchObject([
      { kind: 'paid_twice', closed_at: null },
      { kind: 'refund_failed', amount: total, closed_at: null },
    ]);
  });

  it('does not take the success or the end of another intent for that of the attempt', async () => {
    const { placed, event, total } = await paidAtStripe();
    await deliver(shop, retold(event, { id: 'pi_other' }, { type: 'payment_intent.canceled' }));
    await deliver(shop, retold(event, { id: 'pi_other', latest_charge: 'ch_other' }));
    expect((await readOrder(shop, placed)).status).toBe('pending');
    expect(await breaksOf(placed.order.id)).toMatchObject([{ kind: 'paid_twice', amount: total }]);
    expect((await deliver(shop, event)).result).toBe('applied');
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('never leaves a payment without the ids Stripe gave it', async () => {
    const { placed, event } = await paidAtStripe();
    await deliver(shop, event);
    const [payment] = await findPayments(shop.app.database.read, placed.order.id);
    expect(payment).toMatchObject({
      intent_ref: event.data.object.id,
      charge_ref: event.data.object.latest_charge,
    });
  });

  it('leaves books that are in order', async () => {
    await checkBooks(shop);
    await checkStock(shop, supplied);
  });
});
