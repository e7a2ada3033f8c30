import type { Order } from '@paydesk/contract/orders';
import type { Payment, PaymentStatus } from '@paydesk/contract/payments';

/** What the browser was told on its way here. It picks the first text only; the order decides. */
export type Hint = 'confirming' | 'failed' | null;

export type OrderState =
  | 'unpaid'
  | 'awaiting_transfer'
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
  if (awaitedTransfer(order)) return 'awaiting_transfer';
  const last = order.payments.at(-1);
  switch (order.status) {
    case 'pending':
      if (hint) return hint;
      return isOneOf(last, ['processing', 'unknown', 'succeeded']) ? 'confirming' : 'unpaid';
    case 'processing':
      return 'confirming';
    case 'failed':
      // The hint of a second try is younger than the failure of the first.
      return hint === 'confirming' ? 'confirming' : 'failed';
    case 'partially_paid':
      return stateOfRest(last, hint);
    case 'paid':
      return order.fulfilment === 'fulfilled' ? 'fulfilled' : 'paid';
    default:
      return order.status;
  }
}

/** A partly paid order keeps its status while the payment of the rest is on its way, and when that fails. */
function stateOfRest(last: Payment | undefined, hint: Hint): OrderState {
  if (isOneOf(last, ['processing', 'unknown'])) return 'confirming';
  if (isOneOf(last, ['failed'])) return hint === 'confirming' ? 'confirming' : 'failed';
  // With no attempt open, the hint is about the part that has arrived.
  return (isOneOf(last, open) && hint) || 'partially_paid';
}

/** Nothing is expected to happen to it within minutes, unless somebody does something. */
export function isSettled(order: Order): boolean {
  // A transfer takes days.
  if (awaitedTransfer(order)) return true;
  if (order.status === 'partially_paid')
    return !isOneOf(order.payments.at(-1), [...open, 'processing', 'unknown', 'failed']);
  return !['pending', 'processing', 'failed'].includes(order.status);
}

/** Whether what was just heard of the order knows more than the hint: a failure that came in after the page was loaded. */
export function outdatesHint(order: Order, loaded: Pick<Order, 'version'>): boolean {
  const failed = order.status === 'failed' || isOneOf(order.payments.at(-1), ['failed']);
  return failed && order.version !== loaded.version;
}

/** The cart has done its work once the money is there or on its way, all of it or a part. */
export function endsCart(order: Order): boolean {
  const ended = ['processing', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'review'];
  return ended.includes(order.status) || awaitedTransfer(order) !== undefined;
}

/** The attempt whose bank transfer has yet to arrive, of an order that still waits for money. */
export function awaitedTransfer(order: Order): Payment | undefined {
  if (!['pending', 'failed', 'partially_paid'].includes(order.status)) return undefined;
  return order.payments.find((payment) => payment.status === 'awaiting_transfer');
}

/** The payments worth a word: those that took money or may yet, else the latest try. */
export function shownPayments(order: Order): Payment[] {
  const holding = order.payments.filter(
    (payment) => payment.received.amount > 0 || isOneOf(payment, [...taken, 'unknown', 'awaiting_transfer']),
  );
  return holding.length > 0 ? holding : order.payments.slice(-1);
}

/** The payment that counts: the one that went through, else the latest. */
export function decisivePayment(order: Order): Payment | undefined {
  return order.payments.findLast((payment) => isOneOf(payment, taken)) ?? order.payments.at(-1);
}

const open: readonly PaymentStatus[] = ['creating', 'open', 'requires_action'];
const taken: readonly PaymentStatus[] = [
  'processing',
  'succeeded',
  'partially_refunded',
  'refunded',
  'disputed',
];

function isOneOf(payment: Payment | undefined, statuses: readonly PaymentStatus[]): boolean {
  return payment !== undefined && statuses.includes(payment.status);
}
