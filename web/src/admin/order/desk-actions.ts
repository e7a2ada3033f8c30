import type { AdminOrder } from '@paydesk/contract/admin';
import { isOpenDispute } from '../../order/dispute-text.ts';

export const deskActions = ['fulfil', 'refund', 'transfer', 'check', 'tracking', 'cancel'] as const;
export type DeskAction = (typeof deskActions)[number];

/**
 * What an operator can do with an order now: the one thing that its state asks for, and everything else.
 *
 * @param offersTransfer whether customers of the shop may pay by bank transfer
 */
export function actionsFor(
  desk: AdminOrder,
  { offersTransfer }: { offersTransfer: boolean },
): { primary: DeskAction | null; others: DeskAction[] } {
  const possible = deskActions.filter((action) => isPossible(action, desk, offersTransfer));
  const primary = primaryFor(desk).find((action) => possible.includes(action)) ?? null;
  return { primary, others: possible.filter((action) => action !== primary) };
}

/**
 * What a state asks for, the likeliest first. An order that ended, or whose money is all back, asks for nothing; one that a
 * bank disputes asks for an answer, which is given at Stripe.
 */
function primaryFor({ order }: AdminOrder): DeskAction[] {
  if (order.disputes.some(isOpenDispute)) return [];
  switch (order.status) {
    case 'pending':
    case 'failed':
      return awaitsTransfer(order.payments) ? ['transfer', 'check'] : ['check'];
    case 'partially_paid':
      // Whoever sent a part by bank is likely to send the rest that way.
      return order.payments.some(({ flow }) => flow === 'transfer') ? ['transfer', 'check'] : ['check'];
    case 'processing':
    case 'review':
      return ['check'];
    case 'paid':
    case 'partially_refunded':
      return order.fulfilment === 'fulfilled' ? ['refund'] : ['fulfil', 'refund'];
    case 'canceled':
    case 'expired':
    case 'refunded':
      return [];
  }
}

function isPossible(action: DeskAction, desk: AdminOrder, offersTransfer: boolean): boolean {
  const { order, payments, refundable } = desk;
  switch (action) {
    case 'fulfil':
      return isPaidLike(order.status) && order.fulfilment === 'unfulfilled';
    case 'tracking':
      return order.fulfilment === 'fulfilled';
    case 'refund':
      return refundable.amount.amount > 0 || payments.some(hasUnapplied);
    case 'cancel':
      return order.cancelable || order.status === 'review';
    case 'transfer':
      return offersTransfer || order.payments.some(({ flow }) => flow === 'transfer');
    case 'check':
      return payments.some(
        ({ byHand, paymentReference, sessionReference }) =>
          !byHand && (paymentReference !== null || sessionReference !== null),
      );
  }
}

/** Money that belongs to no order goes back by naming its payment. */
export function hasUnapplied(payment: AdminOrder['payments'][number]): boolean {
  return payment.unappliedRefundable > 0 && !payment.isDisputed;
}

export function isPaidLike(status: AdminOrder['order']['status']): boolean {
  return status === 'paid' || status === 'partially_refunded' || status === 'refunded';
}

function awaitsTransfer(payments: AdminOrder['order']['payments']): boolean {
  return payments.some(({ status }) => status === 'awaiting_transfer');
}
