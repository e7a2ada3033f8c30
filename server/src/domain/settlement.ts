import type { OrderStatus } from '@paydesk/contract/orders';
import type { PaymentStatus } from '@paydesk/contract/payments';
import type { RefundCause } from '@paydesk/contract/refunds';
import type { Minor } from './money.ts';
import { dueOf, isPaidLike, isReleased, nextOrderStatus, type OrderFact } from './order.ts';
import { nextPaymentStatus, type PaymentFact, type PaymentState } from './payment.ts';

export type OrderState = { id: string; status: OrderStatus; currency: string; total: Minor; received: Minor };

/** A difference between our books and the provider's, or money that fits nowhere. */
export const breakKinds = [
  'payment_amount_differs',
  'payment_currency_differs',
  'payment_mode_differs',
  'paid_twice',
  'paid_too_much',
  'paid_without_stock',
  'payment_not_found',
  'refund_failed',
  'refund_not_found',
  'refund_differs',
  'dispute_not_found',
  'charge_not_booked',
  'charge_not_at_provider',
  'balance_differs',
  'effect_gave_up',
  'webhooks_missing',
  'event_missing',
  'charge_differs',
  'refund_not_booked',
  'refund_status_differs',
  'dispute_not_booked',
  'dispute_differs',
] as const;
export type BreakKind = (typeof breakKinds)[number];

/** What a fact does to our books. Pure: the caller writes it down, all of it or nothing. */
export type Settlement = {
  paymentStatus: PaymentStatus;
  orderStatus: OrderStatus;
  /** Minor units that arrived now and belong to the order. */
  applied: Minor;
  /** Minor units that arrived now and belong to nobody yet. */
  unapplied: Minor;
  hold: 'keep' | 'sell';
  break: BreakKind | null;
  /** Why the unapplied money goes back by itself; null where a person has to decide. */
  giveBack: RefundCause | null;
};

/**
 * @property live whether the provider's money is real
 * @property stockIsBack for an order whose hold was released: whether its stock could be held again just now
 * @property anyAmount the customer, not we, says how much is paid: by bank transfer it can be less or more
 */
export type Context = { live: boolean; stockIsBack: boolean; anyAmount: boolean };

/**
 * Decides what one fact means. A success is booked once, because a payment that already succeeded ignores the next one.
 */
export function settle(
  order: OrderState,
  payment: PaymentState,
  fact: PaymentFact,
  context: Context,
): Settlement {
  const paymentStatus = nextPaymentStatus(payment.status, fact.kind);
  const nothing: Settlement = {
    paymentStatus,
    orderStatus: order.status,
    applied: 0,
    unapplied: 0,
    hold: 'keep',
    break: null,
    giveBack: null,
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
  context: Context,
): Omit<Settlement, 'paymentStatus'> {
  const received = fact.amount ?? 0;
  const difference = differenceOf(payment, fact, context);
  if (difference) return misfit(order, received, 'payment_mismatch', difference, null);
  const orderFact = successFact(order, received, context.stockIsBack);
  if (orderFact === 'paid_again') return misfit(order, received, orderFact, 'paid_twice', 'duplicate');
  if (orderFact === 'paid_late_without_stock')
    return misfit(order, received, orderFact, 'paid_without_stock', 'late');
  const applied = Math.min(received, dueOf(order));
  const excess = received - applied;
  const orderStatus = nextOrderStatus(order.status, orderFact);
  return {
    orderStatus,
    applied,
    unapplied: excess,
    hold: orderStatus === 'paid' && order.status !== 'paid' ? 'sell' : 'keep',
    break: excess > 0 ? 'paid_too_much' : null,
    giveBack: excess > 0 ? 'excess' : null,
  };
}

/** Money that does not fit: recorded as nobody's, with a break, and given back where the rules say so. */
function misfit(
  order: OrderState,
  received: Minor,
  orderFact: OrderFact,
  difference: BreakKind,
  giveBack: RefundCause | null,
): Omit<Settlement, 'paymentStatus'> {
  const orderStatus = nextOrderStatus(order.status, orderFact);
  return { orderStatus, applied: 0, unapplied: received, hold: 'keep', break: difference, giveBack };
}

function differenceOf(payment: PaymentState, fact: PaymentFact, context: Context): BreakKind | null {
  if (fact.live !== context.live) return 'payment_mode_differs';
  if (fact.currency !== payment.currency) return 'payment_currency_differs';
  if (fact.amount !== payment.amount && !context.anyAmount) return 'payment_amount_differs';
  return null;
}

function successFact(order: OrderState, received: Minor, stockIsBack: boolean): OrderFact {
  if (isPaidLike(order.status) || order.status === 'review') return 'paid_again';
  const whole = received >= dueOf(order);
  // What an order that ended had received in parts goes back, so it takes the whole total to pay it after all.
  if (isReleased(order.status))
    return stockIsBack && whole && order.received === 0 ? 'paid_late_with_stock' : 'paid_late_without_stock';
  return whole ? 'paid' : 'paid_in_part';
}
