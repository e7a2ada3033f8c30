import type { OrderStatus } from '@paydesk/contract/orders';
import type { PaymentStatus } from '@paydesk/contract/payments';
import type { Minor } from './money.ts';
import { isPaidLike, isReleased, nextOrderStatus, type OrderFact } from './order.ts';
import { nextPaymentStatus, type PaymentFact, type PaymentState } from './payment.ts';

export type OrderState = { id: string; status: OrderStatus; currency: string; total: Minor; received: Minor };

export type BreakKind =
  | 'payment_amount_differs'
  | 'payment_currency_differs'
  | 'payment_mode_differs'
  | 'paid_twice'
  | 'paid_without_stock'
  | 'payment_not_found';

/** What a fact does to our books. Pure: the caller writes it down, all of it or nothing. */
export type Settlement = {
  paymentStatus: PaymentStatus;
  orderStatus: OrderStatus;
  /** Minor units to book as received now. */
  received: Minor;
  /** Where received money belongs: the order, or nobody yet. */
  bookTo: 'order' | 'unapplied';
  hold: 'keep' | 'sell';
  break: BreakKind | null;
};

/**
 * Decides what one fact means. A success is booked once, because a payment that already succeeded ignores the next one.
 *
 * @param stockIsBack for an order whose hold was released: whether its stock could be held again just now
 */
export function settle(
  order: OrderState,
  payment: PaymentState,
  fact: PaymentFact,
  context: { live: boolean; stockIsBack: boolean },
): Settlement {
  const paymentStatus = nextPaymentStatus(payment.status, fact.kind);
  const nothing: Settlement = {
    paymentStatus,
    orderStatus: order.status,
    received: 0,
    bookTo: 'order',
    hold: 'keep',
    break: null,
  };
  const moved = paymentStatus !== payment.status;
  switch (fact.kind) {
    case 'details':
    case 'requires_action':
      return nothing;
    case 'canceled':
      // An order waits for a payment that is processing; when that one is gone, it must be payable again.
      return moved && payment.status === 'processing'
        ? { ...nothing, orderStatus: nextOrderStatus(order.status, 'payment_failed') }
        : nothing;
    case 'processing':
      return moved
        ? { ...nothing, orderStatus: nextOrderStatus(order.status, 'payment_processing') }
        : nothing;
    case 'failed':
    case 'failed_for_good':
      return moved ? { ...nothing, orderStatus: nextOrderStatus(order.status, 'payment_failed') } : nothing;
    case 'succeeded':
      return moved ? { ...nothing, ...settleSuccess(order, payment, fact, context) } : nothing;
  }
}

function settleSuccess(
  order: OrderState,
  payment: PaymentState,
  fact: PaymentFact,
  context: { live: boolean; stockIsBack: boolean },
): Omit<Settlement, 'paymentStatus'> {
  const received = fact.amount ?? 0;
  const difference = differenceOf(payment, fact, context.live);
  if (difference) {
    return {
      orderStatus: nextOrderStatus(order.status, 'payment_mismatch'),
      received,
      bookTo: 'unapplied',
      hold: 'keep',
      break: difference,
    };
  }
  const orderFact = successFact(order, received, context.stockIsBack);
  const orderStatus = nextOrderStatus(order.status, orderFact);
  const applies = orderFact !== 'paid_again' && orderFact !== 'paid_late_without_stock';
  return {
    orderStatus,
    received,
    bookTo: applies ? 'order' : 'unapplied',
    hold: orderStatus === 'paid' && order.status !== 'paid' ? 'sell' : 'keep',
    break: applies ? null : orderFact === 'paid_again' ? 'paid_twice' : 'paid_without_stock',
  };
}

function differenceOf(payment: PaymentState, fact: PaymentFact, live: boolean): BreakKind | null {
  if (fact.live !== live) return 'payment_mode_differs';
  if (fact.currency !== payment.currency) return 'payment_currency_differs';
  if (fact.amount !== payment.amount) return 'payment_amount_differs';
  return null;
}

function successFact(order: OrderState, received: Minor, stockIsBack: boolean): OrderFact {
  if (isPaidLike(order.status) || order.status === 'review') return 'paid_again';
  const whole = order.received + received >= order.total;
  if (isReleased(order.status))
    return stockIsBack && whole ? 'paid_late_with_stock' : 'paid_late_without_stock';
  return whole ? 'paid' : 'paid_in_part';
}
