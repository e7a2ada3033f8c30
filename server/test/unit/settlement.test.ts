import { type OrderStatus, orderStatuses } from '@paydesk/contract/orders';
import { type PaymentStatus, paymentStatuses } from '@paydesk/contract/payments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOf, isPaidLike, isReleased } from '../../src/domain/order.ts';
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

  rule('books all of a success that is news, and money for nothing else', ({ payment, fact }, settled) => {
    const isNews =
      fact.kind === 'succeeded' && nextPaymentStatus(payment.status, 'succeeded') !== payment.status;
    return settled.applied + settled.unapplied === (isNews ? (fact.amount ?? 0) : 0);
  });

  rule(
    'gives an order no more than it is due',
    ({ order }, settled) => settled.applied >= 0 && settled.unapplied >= 0 && settled.applied <= dueOf(order),
  );

  rule('opens a break for every difference and never pays because of it', (one, settled) => {
    const { differs, order, anyAmount } = one;
    if (differs === 'nothing' || (differs === 'amount' && anyAmount) || moneyIn(settled) === 0) return true;
    return (
      settled.break === `payment_${differs}_differs` &&
      settled.applied === 0 &&
      settled.giveBack === null &&
      settled.hold === 'keep' &&
      (isPaidLike(order.status) || settled.orderStatus === 'review')
    );
  });

  rule('takes any amount where the customer decides how much arrives', ({ anyAmount }, settled) =>
    anyAmount ? settled.break !== 'payment_amount_differs' : true,
  );

  rule('says paid only when the whole total has arrived', ({ order }, settled) =>
    settled.orderStatus === 'paid' && order.status !== 'paid'
      ? order.received + settled.applied === order.total
      : true,
  );

  rule('sells the held stock exactly when the order becomes paid', ({ order }, settled) => {
    const becomesPaid = settled.orderStatus === 'paid' && order.status !== 'paid';
    return (settled.hold === 'sell') === becomesPaid;
  });

  rule('sells nothing that was given back and could not be held again', ({ order, stockIsBack }, settled) =>
    isReleased(order.status) && !stockIsBack ? settled.hold === 'keep' : true,
  );

  rule('leaves an order that ended as it was when money comes too late for it', ({ order }, settled) =>
    isReleased(order.status) && settled.break === 'paid_without_stock'
      ? settled.orderStatus === order.status && settled.giveBack === 'late'
      : true,
  );

  rule('keeps money that is not the order’s apart, always with a break', (_, settled) =>
    moneyIn(settled) > 0 ? settled.unapplied > 0 === (settled.break !== null) : settled.break === null,
  );

  rule('gives back only what belongs to nobody', (_, settled) =>
    settled.giveBack === null ? true : settled.unapplied > 0,
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
        expect(settled.filter((one) => moneyIn(one) > 0).length).toBeLessThanOrEqual(1);
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
    [
      'pays a pending order',
      {},
      {},
      { orderStatus: 'paid', applied: 1000, unapplied: 0, hold: 'sell', break: null },
    ],
    ['pays an order that failed before', { status: 'failed' }, {}, { orderStatus: 'paid', hold: 'sell' }],
    [
      'pays part of an order',
      { total: 3000 },
      {},
      { orderStatus: 'partially_paid', applied: 1000, hold: 'keep', break: null },
    ],
    [
      'pays a second part and waits for more',
      { status: 'partially_paid', total: 3000, received: 1000 },
      {},
      { orderStatus: 'partially_paid', applied: 1000, hold: 'keep' },
    ],
    [
      'pays the rest of an order',
      { status: 'partially_paid', total: 3000, received: 2000 },
      {},
      { orderStatus: 'paid', applied: 1000, unapplied: 0, hold: 'sell' },
    ],
    [
      'pays an order and gives back what was too much',
      { status: 'partially_paid', total: 3000, received: 2700 },
      {},
      { orderStatus: 'paid', applied: 300, unapplied: 700, break: 'paid_too_much', giveBack: 'excess' },
    ],
    [
      'pays an order with more than its total, by transfer',
      { total: 999 },
      { anyAmount: true },
      { orderStatus: 'paid', applied: 999, unapplied: 1, hold: 'sell', giveBack: 'excess' },
    ],
    [
      'gives a second success for a paid order back',
      { status: 'paid', received: 1000 },
      {},
      { orderStatus: 'paid', applied: 0, unapplied: 1000, break: 'paid_twice', giveBack: 'duplicate' },
    ],
    [
      'pays an expired order whose stock is back',
      { status: 'expired' },
      { stockIsBack: true },
      { orderStatus: 'paid', applied: 1000, hold: 'sell', break: null, giveBack: null },
    ],
    [
      'gives money for an expired order back whose stock is gone',
      { status: 'expired' },
      {},
      {
        orderStatus: 'expired',
        unapplied: 1000,
        hold: 'keep',
        break: 'paid_without_stock',
        giveBack: 'late',
      },
    ],
    [
      'gives a part of a canceled order back, although there is stock',
      { status: 'canceled', total: 3000 },
      { stockIsBack: true },
      { orderStatus: 'canceled', applied: 0, unapplied: 1000, hold: 'keep', giveBack: 'late' },
    ],
    [
      'gives the last part of an expired order back, because its first parts went back too',
      { status: 'expired', total: 3000, received: 2000 },
      { stockIsBack: true },
      { orderStatus: 'expired', applied: 0, unapplied: 1000, hold: 'keep', giveBack: 'late' },
    ],
    [
      'gives money for an order in review back',
      { status: 'review' },
      {},
      { orderStatus: 'review', unapplied: 1000, break: 'paid_twice', giveBack: 'duplicate' },
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
    expect(settled).toMatchObject({
      paymentStatus: 'canceled',
      orderStatus: after,
      applied: 0,
      unapplied: 0,
    });
  });

  it('refuses a success that does not say how much it was', () => {
    const settled = settleCase({ ...plain, fact: { ...plain.fact, amount: null } });
    expect(settled).toMatchObject({ orderStatus: 'review', unapplied: 0, break: 'payment_amount_differs' });
  });

  it('knows every status an order can have', () => {
    expect(new Set(cases.map(({ order }) => order.status))).toEqual(new Set(orderStatuses));
  });
});

const plain = cases.find(
  ({ order, payment, fact, differs, stockIsBack, anyAmount }) =>
    order.status === 'pending' &&
    payment.status === 'open' &&
    fact.kind === 'succeeded' &&
    differs === 'nothing' &&
    order.total === payment.amount &&
    !stockIsBack &&
    !anyAmount,
)!;

function moneyIn(settled: Settlement): number {
  return settled.applied + settled.unapplied;
}

/** Applies one fact after the other as the database would. */
function replay(first: Case, kinds: readonly Case['fact']['kind'][]): Settlement[] {
  let now = first;
  return kinds.map((kind) => {
    const settled = settle(now.order, now.payment, { ...now.fact, kind }, now);
    const received = now.order.received + settled.applied;
    now = {
      ...now,
      order: { ...now.order, status: settled.orderStatus, received },
      payment: { ...now.payment, status: settled.paymentStatus },
    };
    return settled;
  });
}
