import type { Order } from '@paydesk/contract/orders';
import type { Payment } from '@paydesk/contract/payments';

/** What the browser was told on its way here. It picks the first text only; the order decides. */
export type Hint = 'confirming' | 'failed' | null;

export type OrderState =
  | 'unpaid'
  | 'confirming'
  | 'partially_paid'
  | 'paid'
  | 'fulfilled'
  | 'failed'
  | 'canceled'
  | 'expired'
  | 'partially_refunded'
  | 'refunded'
  | 'review';

/** The state to show for an order. */
export function orderState(order: Order, hint: Hint): OrderState {
  switch (order.status) {
    case 'pending':
      if (hint) return hint;
      return isUnderWay(order.payments.at(-1)) ? 'confirming' : 'unpaid';
    case 'processing':
      return 'confirming';
    case 'failed':
      // The hint of a second try is younger than the failure of the first.
      return hint === 'confirming' ? 'confirming' : 'failed';
    case 'paid':
      return order.fulfilment === 'fulfilled' ? 'fulfilled' : 'paid';
    default:
      return order.status;
  }
}

/** Nothing is expected to happen to it any more without somebody doing something. */
export function isSettled(order: Order): boolean {
  return !['pending', 'processing', 'failed'].includes(order.status);
}

/** The cart has done its work once the money is there or on its way. */
export function endsCart(order: Order): boolean {
  return ['processing', 'paid', 'partially_refunded', 'refunded', 'review'].includes(order.status);
}

/** The payment that counts: the one that went through, else the latest. */
export function decisivePayment(order: Order): Payment | undefined {
  const taken = ['succeeded', 'partially_refunded', 'refunded', 'disputed', 'processing'];
  return order.payments.findLast((payment) => taken.includes(payment.status)) ?? order.payments.at(-1);
}

function isUnderWay(payment: Payment | undefined): boolean {
  return payment?.status === 'processing' || payment?.status === 'unknown' || payment?.status === 'succeeded';
}
