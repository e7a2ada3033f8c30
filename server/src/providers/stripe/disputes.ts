import { type DisputeStatus, disputeStatuses } from '@paydesk/contract/disputes';
import type Stripe from 'stripe';
import type { DisputeFact } from '../../domain/dispute.ts';
import { asking, type StripeClient } from './client.ts';
import { idOf, metadataNames } from './ids.ts';

export async function lookAtDispute(stripe: StripeClient, id: string): Promise<DisputeFact> {
  // The charge carries our ids, so that a dispute which is ahead of its payment is not taken for somebody else's.
  return disputeFact(await asking(() => stripe.disputes.retrieve(id, { expand: ['charge'] })), true);
}

/** @param final false for an event's snapshot, which only tells us to look */
export function disputeFact(dispute: Stripe.Dispute, final: boolean): DisputeFact {
  const due = dispute.evidence_details.due_by;
  const metadata = typeof dispute.charge === 'string' ? {} : dispute.charge.metadata;
  return {
    kind: 'dispute',
    final,
    live: dispute.livemode,
    instanceId: metadata[metadataNames.instance] ?? null,
    orderId: metadata[metadataNames.order] ?? null,
    paymentId: metadata[metadataNames.payment] ?? null,
    disputeRef: dispute.id,
    intentRef: idOf(dispute.payment_intent),
    chargeRef: idOf(dispute.charge),
    status: statusOf(dispute),
    funds: fundsOf(dispute),
    amount: dispute.amount,
    currency: dispute.currency,
    reason: dispute.reason,
    evidenceDueAt: due === null ? null : due * 1_000,
  };
}

/** A status that this API version does not have is one that still waits. */
function statusOf(dispute: Stripe.Dispute): DisputeStatus {
  return disputeStatuses.find((known) => known === dispute.status) ?? 'under_review';
}

/** Stripe lists what it took and what it gave back: together nothing is left taken. */
function fundsOf(dispute: Stripe.Dispute): DisputeFact['funds'] {
  const moved = dispute.balance_transactions;
  if (moved.length === 0) return 'none';
  const sum = moved.reduce((total, { amount }) => total + amount, 0);
  return sum < 0 ? 'withdrawn' : 'reinstated';
}
