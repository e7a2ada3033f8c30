import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import { methodText } from './method-text.ts';
import { bankTime, moneyBackNotes, moneyBackText } from './money-back.ts';
import { awaitedTransfer, decisivePayment, type OrderState } from './order-state.ts';

/** The headline (h1) of an order in a state. */
export function headlineText(order: Order, state: OrderState): string {
  switch (state) {
    case 'unpaid':
      return 'Your order is waiting for payment';
    case 'awaiting_transfer':
      return 'Waiting for your transfer';
    case 'confirming':
      return 'We are confirming your payment';
    case 'partially_paid':
      return 'Part of your order is paid';
    case 'paid':
      return `Thank you, ${order.contact.firstName}. Your order is confirmed`;
    case 'fulfilled':
      return 'On its way';
    case 'failed':
      return 'Your payment did not go through';
    case 'canceled':
      return 'Order cancelled';
    case 'expired':
      return 'This order expired';
    case 'partially_refunded':
    case 'refunded':
      return `${formatMoney(order.refunded)} refunded`;
    case 'review':
      return 'We are checking your payment';
  }
}

/** The sentences below it: what it means and what happens next. */
export function headlineDetail(order: Order, state: OrderState): string {
  switch (state) {
    case 'unpaid':
      return 'Nothing has been charged yet.';
    case 'awaiting_transfer':
      return transferDetail(order);
    case 'confirming':
      return 'This usually takes a few seconds. You can close this page; your order goes through all the same.';
    case 'partially_paid':
      return `${partsText(order)} Your order is confirmed once the rest has arrived.`;
    case 'paid':
      return 'Your payment has arrived and your items are set aside for you.';
    case 'fulfilled':
      return fulfilledDetail(order);
    case 'failed':
      return failureDetail(order);
    case 'canceled':
    case 'expired':
      return endedDetail(order);
    case 'partially_refunded':
    case 'refunded':
      return refundedDetail(order);
    case 'review':
      return 'A person has to look at it. You need not do anything.';
  }
}

/** What else there is to say of the parcel and of money that goes back; an order that ended says all of it in its detail. */
export function headlineNotes(order: Order, state: OrderState): string[] {
  if (state === 'canceled' || state === 'expired') return [];
  const isSent = order.fulfilment === 'fulfilled' && state !== 'fulfilled';
  return [...(isSent ? [`${fulfilledDetail(order)}`] : []), ...moneyBackNotes(order)];
}

function fulfilledDetail({ fulfilments }: Order): string {
  const parcel = fulfilments.at(-1);
  const by = parcel?.carrier ? ` with ${parcel.carrier}` : '';
  const follow = parcel?.trackingNumber || parcel?.trackingUrl ? ' You can follow the parcel below.' : '';
  return `Your order has left our shelves${by}.${follow}`;
}

function transferDetail(order: Order): string {
  const amount = formatMoney(awaitedTransfer(order)!.amount);
  const parts = order.received.amount > 0 ? `${partsText(order)} ` : '';
  return `${parts}Send ${amount} to the account below. Transfers usually take one or two business days; this page says when yours has arrived.`;
}

function partsText(order: Order): string {
  const [received, total, due] = [order.received, order.total, order.due].map((money) => formatMoney(money));
  return `We have received ${received} of ${total}; ${due} is still due.`;
}

function failureDetail(order: Order): string {
  const last = order.received.amount > 0 ? order.payments.at(-1) : decisivePayment(order);
  const message = last?.failure?.message ?? 'You have not been charged. You can try again.';
  return order.received.amount > 0 ? `${message} ${partsText(order)}` : message;
}

function endedDetail(order: Order): string {
  const back = moneyBackText(order.refunds);
  const late = order.refunds.some(({ cause }) => cause === 'late');
  if (order.received.amount === 0 && !late) return back || 'You were not charged.';
  const lead = late
    ? 'Your payment arrived after the order had ended.'
    : `You had paid ${formatMoney(order.received)}.`;
  return `${lead} ${back || 'It goes back to where it came from.'}`;
}

function refundedDetail(order: Order): string {
  const paid = order.payments.filter((payment) => payment.refunded.amount > 0);
  const method = paid.length === 1 ? methodText(paid[0]!) : null;
  if (paid[0]?.flow === 'transfer' && paid.length === 1) return 'Sent back by bank transfer.';
  return method ? `Sent to ${method}. ${bankTime}` : bankTime;
}
