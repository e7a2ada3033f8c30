import type { Order } from '@paydesk/contract/orders';
import { describe, expect, it } from 'vitest';
import {
  endsCart,
  type Hint,
  isSettled,
  orderState,
  outdatesHint,
  shownPayments,
} from '../src/order/order-state.ts';

type PaymentStatus = Order['payments'][number]['status'];

function order(status: Order['status'], ...payments: PaymentStatus[]): Order {
  return {
    status,
    fulfilment: 'unfulfilled',
    version: 3,
    payments: payments.map((payment) => ({ status: payment, received: { amount: 0, currency: 'usd' } })),
  } as unknown as Order;
}

describe('orderState', () => {
  it.each<[Order['status'], Hint, string]>([
    ['pending', null, 'unpaid'],
    ['pending', 'confirming', 'confirming'],
    ['pending', 'failed', 'failed'],
    ['processing', null, 'confirming'],
    ['failed', null, 'failed'],
    ['failed', 'confirming', 'confirming'],
    ['paid', 'failed', 'paid'],
    ['canceled', 'confirming', 'canceled'],
    ['expired', 'confirming', 'expired'],
    ['review', null, 'review'],
  ])('shows an order that is %s with the hint %s as %s', (status, hint, state) => {
    expect(orderState(order(status), hint)).toBe(state);
  });

  it.each(['processing', 'unknown', 'succeeded'] as const)('waits for a payment that is %s', (payment) => {
    expect(orderState(order('pending', payment), null)).toBe('confirming');
  });

  it.each<[Order['status'], Hint]>([
    ['pending', null],
    ['failed', 'failed'],
    ['partially_paid', 'confirming'],
  ])('waits for the bank transfer of an order that is %s, whatever the hint', (status, hint) => {
    expect(orderState(order(status, 'failed', 'awaiting_transfer'), hint)).toBe('awaiting_transfer');
  });

  it.each<[PaymentStatus, Hint, string]>([
    ['succeeded', 'confirming', 'partially_paid'],
    ['open', 'confirming', 'confirming'],
    ['open', null, 'partially_paid'],
    ['processing', null, 'confirming'],
    ['failed', null, 'failed'],
    ['failed', 'confirming', 'confirming'],
    ['canceled', 'failed', 'partially_paid'],
  ])('shows an order paid in part whose last payment is %s with the hint %s as %s', (last, hint, state) => {
    expect(orderState(order('partially_paid', 'succeeded', last), hint)).toBe(state);
  });

  it('shows a paid order that has been sent as on its way', () => {
    expect(orderState({ ...order('paid'), fulfilment: 'fulfilled' }, null)).toBe('fulfilled');
  });
});

describe('endsCart', () => {
  it.each(['processing', 'partially_paid', 'paid', 'review'] as const)(
    'empties the cart when the order is %s',
    (status) => {
      expect(endsCart(order(status))).toBe(true);
    },
  );

  it.each(['pending', 'failed', 'canceled', 'expired'] as const)(
    'keeps the cart when the order is %s',
    (status) => {
      expect(endsCart(order(status))).toBe(false);
    },
  );
});

describe('endsCart for a transfer', () => {
  it('empties the cart once its bank details were given, and keeps it when they no longer count', () => {
    expect(endsCart(order('pending', 'awaiting_transfer'))).toBe(true);
    expect(endsCart(order('pending', 'canceled'))).toBe(false);
  });
});

describe('outdatesHint', () => {
  it('believes a failure that came in after the page was loaded more than the hint', () => {
    expect(outdatesHint(order('failed', 'failed'), { version: 2 })).toBe(true);
    expect(outdatesHint(order('partially_paid', 'succeeded', 'failed'), { version: 2 })).toBe(true);
    expect(outdatesHint(order('failed', 'failed'), { version: 3 })).toBe(false);
    expect(outdatesHint(order('paid', 'succeeded'), { version: 2 })).toBe(false);
  });
});

describe('shownPayments', () => {
  const statuses = (shown: Order) => shownPayments(shown).map(({ status }) => status);

  it('leaves out tries that took nothing, unless there are no others', () => {
    expect(statuses(order('paid', 'failed', 'succeeded', 'canceled', 'succeeded'))).toEqual([
      'succeeded',
      'succeeded',
    ]);
    expect(statuses(order('failed', 'canceled', 'failed'))).toEqual(['failed']);
  });
});

describe('isSettled', () => {
  it('does not go on asking about a bank transfer, nor about a part that has arrived', () => {
    expect(isSettled(order('pending', 'awaiting_transfer'))).toBe(true);
    expect(isSettled(order('partially_paid', 'succeeded'))).toBe(true);
    expect(isSettled(order('partially_paid', 'succeeded', 'processing'))).toBe(false);
  });

  it('goes on asking about an order that can still be paid', () => {
    expect(isSettled(order('failed'))).toBe(false);
    expect(isSettled(order('paid'))).toBe(true);
  });
});
