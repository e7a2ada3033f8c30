import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import type { StartedPayment } from '@paydesk/contract/payments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks, checkStock, compareWithStripe, stockOnHand } from '../support/books.ts';
import {
  authenticate,
  authenticated,
  declined,
  intentOf,
  orderWithPayment,
  pay,
  sessionOf,
} from '../support/customer.ts';
import { deliver, eventOf, eventsAbout, retold, type StripeEvent } from '../support/events.ts';
import { permutations } from '../support/permutations.ts';
import { databases, readOrder, startTestShop, type TestShop, until } from '../support/shop.ts';
import { readIntent, readSession } from '../support/stripe-record.ts';

type Purchase = { placed: PlacedOrder; payment: StartedPayment };

/** What every order of the events must end in. */
function endOf(order: Order) {
  const { status, received, fulfilment, payments } = order;
  const [first] = payments;
  return {
    status,
    received,
    fulfilment,
    paid: order.paidAt !== null,
    timesPaid: order.timeline.filter(({ type }) => type === 'order.paid').length,
    attempts: payments.length,
    payment: {
      status: first?.status,
      card: first?.card,
      named: first?.reference !== null,
      failure: first?.failure,
    },
  };
}

describe.each(databases)('the events of one payment in any order, on %s', (kind) => {
  let shop: TestShop;
  let supplied: Map<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      webhooks: false,
      jobs: 'manual',
      sandboxSettings: { charge_updated_delay_ms: 0 },
    });
    await shop.app.database.transaction((tx) =>
      tx.updateTable('products').set({ on_hand: 10_000 }).execute(),
    );
    supplied = await stockOnHand(shop);
  });
  afterAll(() => shop.stop());

  const expected = (placed: PlacedOrder) => ({
    status: 'paid',
    received: placed.order.total,
    fulfilment: 'unfulfilled',
    paid: true,
    timesPaid: 1,
    attempts: 1,
    payment: {
      status: 'succeeded',
      card: { brand: 'visa', last4: expect.any(String) },
      named: true,
      failure: null,
    },
  });

  const deliverAll = async (events: StripeEvent[]) => {
    for (const event of events) expect((await deliver(shop, event)).status).toBe(200);
    await settle();
  };
  const settle = async () => {
    while ((await shop.runJobs()) > 0);
  };

  const paidWithChallenge = async (): Promise<Purchase & { ids: string[] }> => {
    const { placed, payment } = await orderWithPayment(shop);
    const id = intentOf(payment);
    await pay(shop, payment, authenticated);
    await authenticate(shop, await readIntent(shop.sandbox.url, id), 'pass');
    return { placed, payment, ids: [id] };
  };
  const paidOnPage = async (): Promise<Purchase & { ids: string[] }> => {
    const { placed, payment } = await orderWithPayment(shop, 'hosted');
    await pay(shop, payment);
    const session = await readSession(shop.sandbox.url, sessionOf(payment));
    return { placed, payment, ids: [session.id, session.payment_intent!] };
  };
  const settled = async (ids: string[], types: string[]): Promise<StripeEvent[]> => {
    const events = await until(
      () => eventsAbout(shop, ...ids),
      (seen) => types.every((type) => seen.some((event) => event.type === type)),
    );
    return types.map((type) => events.find((event) => event.type === type)!);
  };

  const flows: [string, () => Promise<Purchase & { ids: string[] }>, string[]][] = [
    [
      'the form with 3-D Secure',
      paidWithChallenge,
      [
        'payment_intent.created',
        'payment_intent.requires_action',
        'charge.succeeded',
        'payment_intent.succeeded',
        'charge.updated',
      ],
    ],
    [
      'Stripe’s page',
      paidOnPage,
      [
        'payment_intent.created',
        'charge.succeeded',
        'payment_intent.succeeded',
        'checkout.session.completed',
        'charge.updated',
      ],
    ],
  ];

  it.each(flows)('ends the same for all 120 orders: %s', async (_name, purchase, types) => {
    const orders = [...permutations(types)];
    expect(orders).toHaveLength(120);
    for (let start = 0; start < orders.length; start += 24) {
      const ends = orders.slice(start, start + 24).map(async (order) => {
        const { placed, ids } = await purchase();
        const events = await settled(ids, types);
        for (const type of order)
          expect((await deliver(shop, events.find((event) => event.type === type)!)).status).toBe(200);
        return { order, placed };
      });
      const delivered = await Promise.all(ends);
      await settle();
      for (const { order, placed } of delivered)
        expect({ order, ...endOf(await readOrder(shop, placed)) }).toEqual({ order, ...expected(placed) });
    }
    await checkStock(shop, supplied);
  });

  it('records the card, the charge and its booking, whichever event comes first', async () => {
    const { placed, ids } = await paidWithChallenge();
    const types = ['charge.updated', 'charge.succeeded', 'payment_intent.succeeded'];
    const events = await settled(ids, types);
    await deliverAll(events);
    const [payment] = await findPayments(shop.app.database.read, placed.order.id);
    const charge = events[0]!.data.object;
    expect(payment).toMatchObject({ charge_ref: charge.id, balance_ref: charge.balance_transaction });
    expect(charge.balance_transaction).toMatch(/^txn_/);
  });

  const late = [
    'payment_intent.payment_failed',
    'payment_intent.processing',
    'payment_intent.canceled',
  ] as const;
  it.each(late)('a late %s never moves a paid order', async (type) => {
    const { placed, ids } = await paidWithChallenge();
    const [succeeded] = await settled(ids, ['payment_intent.succeeded']);
    await deliverAll([succeeded!]);
    const status = {
      'payment_intent.canceled': 'canceled',
      'payment_intent.processing': 'processing',
    } as const;
    const object = {
      status: type in status ? status[type as keyof typeof status] : 'requires_payment_method',
    };
    await deliverAll([retold(succeeded!, object, { type })]);
    expect(endOf(await readOrder(shop, placed))).toMatchObject({
      status: 'paid',
      payment: { status: 'succeeded' },
    });
  });

  it('a decline that arrives after the success of the same attempt leaves no trace of failure', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, declined);
    const failed = await eventOf(shop, 'payment_intent.payment_failed', intentOf(payment));
    await pay(shop, payment);
    const succeeded = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    await deliverAll([succeeded, failed]);
    expect(endOf(await readOrder(shop, placed))).toMatchObject({
      status: 'paid',
      payment: { failure: null },
    });
  });

  it('a decline that is told while the attempt has already succeeded at Stripe does not fail the order', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, declined);
    const failed = await eventOf(shop, 'payment_intent.payment_failed', intentOf(payment));
    await pay(shop, payment);
    await deliverAll([failed]);
    expect((await readOrder(shop, placed)).status).toBe('pending');
    await deliverAll([await eventOf(shop, 'payment_intent.succeeded', intentOf(payment))]);
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('a decline leaves the order payable, and a second card on the same attempt pays it', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, declined);
    await deliverAll([await eventOf(shop, 'payment_intent.payment_failed', intentOf(payment))]);
    const failed = await readOrder(shop, placed);
    expect(failed).toMatchObject({ status: 'failed', payable: true });
    expect(failed.payments[0]!.failure!.message).toMatch(/declined/);
    await pay(shop, payment);
    await deliverAll([await eventOf(shop, 'payment_intent.succeeded', intentOf(payment))]);
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('a failed 3-D Secure leaves the order payable', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, authenticated);
    await authenticate(shop, await readIntent(shop.sandbox.url, intentOf(payment)), 'fail');
    await deliverAll(await eventsAbout(shop, intentOf(payment)));
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'failed', payable: true });
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
