import { type OrderStatus, orderStatuses } from '@paydesk/contract/orders';
import { type PaymentStatus, paymentStatuses } from '@paydesk/contract/payments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPaidLike, isReleased } from '../../src/domain/order.ts';
import { nextPaymentStatus, paymentFactKinds } from '../../src/domain/payment.ts';
import { type OrderState, type Settlement, settle } from '../../src/domain/settlement.ts';
import { fixedSeed } from '../support/properties.ts';
import { type Case, everyCase, settleCase } from '../support/settlement-cases.ts';

const cases = everyCase();

/** Tells which case broke a rule, instead of the first of thousands. */
function rule(title: string, holds: (one: Case, settled: Settlement) => boolean): void {
  it(title, () => {
    const broken = cases.filter((one) => !holds(one, settleCase(one)));
    expect(broken.slice(0, 3)).toEqual([]);
  });
}

describe(`settling, over all ${cases.length} combinations of order, payment, fact and difference`, () => {
  rule('never takes a paid order down', ({ order }, settled) =>
    isPaidLike(order.status) ? settled.orderStatus === order.status : true,
  );

  rule('books money only for a success that is news', ({ payment, fact }, settled) => {
    const isNews =
      fact.kind === 'succeeded' && nextPaymentStatus(payment.status, 'succeeded') !== payment.status;
    return settled.received === (isNews ? (fact.amount ?? 0) : 0);
  });

  rule('opens a break for every difference and never pays because of it', ({ differs, order }, settled) => {
    if (differs === 'nothing' || settled.received === 0) return true;
    return (
      settled.break === `payment_${differs}_differs` &&
      settled.bookTo === 'unapplied' &&
      settled.hold === 'keep' &&
      (isPaidLike(order.status) || settled.orderStatus === 'review')
    );
  });

  rule('says paid only when the whole total has arrived', ({ order }, settled) =>
    settled.orderStatus === 'paid' && order.status !== 'paid'
      ? settled.bookTo === 'order' && order.received + settled.received >= order.total
      : true,
  );

  rule('sells the held stock exactly when the order becomes paid', ({ order }, settled) => {
    const becomesPaid = settled.orderStatus === 'paid' && order.status !== 'paid';
    return (settled.hold === 'sell') === becomesPaid;
  });

  rule('sells nothing that was given back and could not be held again', ({ order, stockIsBack }, settled) =>
    isReleased(order.status) && !stockIsBack ? settled.hold === 'keep' : true,
  );

  rule('keeps money that is not the order’s apart, always with a break', (_, settled) =>
    settled.received > 0
      ? (settled.bookTo === 'unapplied') === (settled.break !== null)
      : settled.break === null,
  );

  rule('moves the order only when the payment moved', ({ order, payment }, settled) =>
    settled.paymentStatus === payment.status ? settled.orderStatus === order.status : true,
  );

  rule('lets no failure end an order', ({ order }, settled) =>
    settled.orderStatus === order.status ? true : !isReleased(settled.orderStatus),
  );
});

describe('settling a series of facts about one payment', () => {
  it('books its money at most once, whatever is repeated and in whatever order', () => {
    const facts = fc.array(fc.constantFrom(...paymentFactKinds), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(facts, fc.constantFrom(...paymentStatuses), (kinds, status) => {
        const first: Case = { ...plain, payment: { ...plain.payment, status } };
        const settled = replay(first, kinds);
        expect(settled.filter(({ received }) => received > 0).length).toBeLessThanOrEqual(1);
      }),
      fixedSeed,
    );
  });

  it('pays the order in the end when a success is among them, even after a failure or a cancellation', () => {
    const others = fc.array(fc.constantFrom(...paymentFactKinds), { maxLength: 6 });
    fc.assert(
      fc.property(others, others, (before, after) => {
        const settled = replay(plain, [...before, 'succeeded', ...after]);
        expect(settled.at(-1)?.orderStatus).toBe('paid');
      }),
      fixedSeed,
    );
  });
});

describe('settling one fact', () => {
  it.each<[string, Partial<OrderState>, Partial<Case>, Partial<Settlement>]>([
    ['pays a pending order', {}, {}, { orderStatus: 'paid', received: 1000, hold: 'sell', break: null }],
    ['pays an order that failed before', { status: 'failed' }, {}, { orderStatus: 'paid', hold: 'sell' }],
    ['pays part of an order', { total: 3000 }, {}, { orderStatus: 'partially_paid', hold: 'keep' }],
    [
      'pays the rest of an order',
      { status: 'partially_paid', total: 3000, received: 2000 },
      {},
      { orderStatus: 'paid', bookTo: 'order', hold: 'sell' },
    ],
    [
      'keeps a second success for a paid order apart',
      { status: 'paid', received: 1000 },
      {},
      { orderStatus: 'paid', bookTo: 'unapplied', hold: 'keep', break: 'paid_twice' },
    ],
    [
      'pays an expired order whose stock is back',
      { status: 'expired' },
      { stockIsBack: true },
      { orderStatus: 'paid', bookTo: 'order', hold: 'sell', break: null },
    ],
    [
      'sends an expired order whose stock is gone to a person',
      { status: 'expired' },
      {},
      { orderStatus: 'review', bookTo: 'unapplied', hold: 'keep', break: 'paid_without_stock' },
    ],
    [
      'sends a canceled order that was paid only in part to a person',
      { status: 'canceled', total: 3000 },
      { stockIsBack: true },
      { orderStatus: 'review', bookTo: 'unapplied', hold: 'keep' },
    ],
    [
      'keeps money for an order in review apart',
      { status: 'review' },
      {},
      { orderStatus: 'review', bookTo: 'unapplied', break: 'paid_twice' },
    ],
  ])('%s', (_, order, change, expected) => {
    expect(settleCase({ ...plain, ...change, order: { ...plain.order, ...order } })).toMatchObject(expected);
  });

  it.each<[OrderStatus, PaymentStatus, OrderStatus]>([
    ['processing', 'processing', 'failed'],
    ['processing', 'open', 'processing'],
    ['pending', 'open', 'pending'],
    ['paid', 'processing', 'paid'],
    ['review', 'processing', 'review'],
  ])('a %s order whose %s payment is canceled becomes %s', (before, paymentBefore, after) => {
    const payment = { ...plain.payment, status: paymentBefore };
    const fact = { ...plain.fact, kind: 'canceled' as const };
    const settled = settleCase({ ...plain, order: { ...plain.order, status: before }, payment, fact });
    expect(settled).toMatchObject({ paymentStatus: 'canceled', orderStatus: after, received: 0 });
  });

  it('refuses a success that does not say how much it was', () => {
    const settled = settleCase({ ...plain, fact: { ...plain.fact, amount: null } });
    expect(settled).toMatchObject({ orderStatus: 'review', received: 0, break: 'payment_amount_differs' });
  });

  it('knows every status an order can have', () => {
    expect(new Set(cases.map(({ order }) => order.status))).toEqual(new Set(orderStatuses));
  });
});

const plain = cases.find(
  ({ order, payment, fact, differs, stockIsBack }) =>
    order.status === 'pending' &&
    payment.status === 'open' &&
    fact.kind === 'succeeded' &&
    differs === 'nothing' &&
    order.total === payment.amount &&
    !stockIsBack,
)!;

/** Applies one fact after the other as the database would. */
function replay(first: Case, kinds: readonly Case['fact']['kind'][]): Settlement[] {
  let now = first;
  return kinds.map((kind) => {
    const settled = settle(now.order, now.payment, { ...now.fact, kind }, now);
    const received = now.order.received + (settled.bookTo === 'order' ? settled.received : 0);
    now = {
      ...now,
      order: { ...now.order, status: settled.orderStatus, received },
      payment: { ...now.payment, status: settled.paymentStatus },
    };
    return settled;
  });
}
