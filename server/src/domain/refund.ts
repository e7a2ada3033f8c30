import type { RefundStatus } from '@paydesk/contract/refunds';
import type { Minor } from './money.ts';

/** What a provider says about one refund, in our words. */
export type RefundFact = {
  kind: 'refund';
  /** False: only a hint to look. Refunds are not monotone (a succeeded one can fail), so events are never taken at their word. */
  final: boolean;
  live: boolean;
  /** What we wrote into the refund's metadata; null for one that was made at the provider. */
  instanceId: string | null;
  orderId: string | null;
  refundId: string | null;
  /** Null where it is only known that some refund of the charge changed. */
  refundRef: string | null;
  intentRef: string | null;
  chargeRef: string | null;
  status: Exclude<RefundStatus, 'requested' | 'unknown'>;
  amount: Minor;
  currency: string;
  failureCode: string | null;
  /** The provider's word for why; null when it gives none. */
  reason: string | null;
};

/** Still moving: it takes its part of what can be refunded, and may yet come out either way. */
export function isOpenRefund(status: RefundStatus): boolean {
  return status === 'requested' || status === 'unknown' || status === 'pending';
}

/** Takes its part of what can be refunded. */
export function isActiveRefund(status: RefundStatus): boolean {
  return isOpenRefund(status) || status === 'succeeded';
}

/**
 * The refund's next status. The provider's present truth wins, except that nothing leads back to where it has not answered
 * yet, and that a refund that failed or was canceled is over.
 */
export function nextRefundStatus(status: RefundStatus, told: RefundFact['status']): RefundStatus {
  if (status === 'failed' || status === 'canceled') return status;
  if (status === 'succeeded' && told === 'pending') return status;
  return told;
}

type Part = { amount: Minor; status: RefundStatus; applies_to: 'order' | 'unapplied' };

/** What of a payment's money can still be refunded, for the order and for what belongs to none. In minor units. */
export function refundableOf(
  payment: { received: Minor; unapplied: Minor },
  refunds: readonly Part[],
): { order: Minor; unapplied: Minor } {
  const taken = (appliesTo: Part['applies_to']): Minor =>
    refunds
      .filter((refund) => refund.applies_to === appliesTo && isActiveRefund(refund.status))
      .reduce((sum, refund) => sum + refund.amount, 0);
  return {
    order: Math.max(0, payment.received - payment.unapplied - taken('order')),
    unapplied: Math.max(0, payment.unapplied - taken('unapplied')),
  };
}
