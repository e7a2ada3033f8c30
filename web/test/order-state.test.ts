import type { Order } from '@paydesk/contract/orders';
import { describe, expect, it } from 'vitest';
import { endsCart, type Hint, isSettled, orderState } from '../src/order/order-state.ts';

function order(status: Order['status'], payment?: Order['payments'][number]['status']): Order {
  const payments = payment ? [{ status: payment }] : [];
  return { status, fulfilment: 'unfulfilled', payments } as unknown as Order;
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

  it('shows a paid order that has been sent as on its way', () => {
    expect(orderState({ ...order('paid'), fulfilment: 'fulfilled' }, null)).toBe('fulfilled');
  });
});

describe('endsCart', () => {
  it.each(['processing', 'paid', 'review'] as const)('empties the cart when the order is %s', (status) => {
    expect(endsCart(order(status))).toBe(true);
  });

  it.each(['pending', 'failed', 'canceled', 'expired'] as const)(
    'keeps the cart when the order is %s',
    (status) => {
      expect(endsCart(order(status))).toBe(false);
    },
  );
});

describe('isSettled', () => {
  it('goes on asking about an order that can still be paid', () => {
    expect(isSettled(order('failed'))).toBe(false);
    expect(isSettled(order('paid'))).toBe(true);
  });
});
