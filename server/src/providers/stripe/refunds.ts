import type Stripe from 'stripe';
import type { FrozenRefund } from '../../app/ports.ts';
import type { RefundFact } from '../../domain/refund.ts';
import { asking, type StripeClient } from './client.ts';
import { idOf, metadataNames } from './ids.ts';

/** Stripe lists at most this many at once. A charge rarely has more than a few refunds. */
const pageSize = 100;

/** Gives money back. The key is the refund's own, so two honest refunds of the same amount are two. */
export async function createRefund(stripe: StripeClient, refund: FrozenRefund): Promise<RefundFact> {
  const { intentRef, chargeRef } = refund;
  const created = await asking(() =>
    stripe.refunds.create(
      {
        ...(intentRef !== null ? { payment_intent: intentRef } : { charge: chargeRef ?? '' }),
        amount: refund.amount,
        reason: 'requested_by_customer',
        metadata: {
          [metadataNames.order]: refund.orderId,
          [metadataNames.refund]: refund.refundId,
          [metadataNames.instance]: refund.instanceId,
          reason: refund.reason,
        },
      },
      { idempotencyKey: `refund:create:${refund.refundId}` },
    ),
  );
  return refundFact(created, true);
}

export async function lookAtRefund(stripe: StripeClient, id: string): Promise<RefundFact> {
  return refundFact(await asking(() => stripe.refunds.retrieve(id)), true);
}

/** All refunds of a payment, newest first. */
export async function refundsOf(
  stripe: StripeClient,
  { intentRef, chargeRef }: { intentRef: string | null; chargeRef: string | null },
): Promise<RefundFact[]> {
  if (intentRef === null && chargeRef === null) return [];
  const owner = intentRef !== null ? { payment_intent: intentRef } : { charge: chargeRef ?? '' };
  const { data } = await asking(() => stripe.refunds.list({ ...owner, limit: pageSize }));
  return data.map((refund) => refundFact(refund, true));
}

/** @param final false for an event's snapshot, which only tells us to look */
export function refundFact(refund: Stripe.Refund, final: boolean): RefundFact {
  const metadata = refund.metadata ?? {};
  return {
    kind: 'refund',
    final,
    // Test and live objects never meet: each key sees its own only.
    live: false,
    instanceId: metadata[metadataNames.instance] ?? null,
    orderId: metadata[metadataNames.order] ?? null,
    refundId: metadata[metadataNames.refund] ?? null,
    refundRef: refund.id,
    intentRef: idOf(refund.payment_intent),
    chargeRef: idOf(refund.charge),
    status: statusOf(refund),
    amount: refund.amount,
    currency: refund.currency,
    failureCode: refund.failure_reason ?? null,
    reason: refund.reason,
  };
}

/** Some refund of this charge changed; which one, and how, has to be looked up. */
export function refundsOfCharge(charge: Stripe.Charge): RefundFact {
  return {
    kind: 'refund',
    final: false,
    live: charge.livemode,
    instanceId: charge.metadata[metadataNames.instance] ?? null,
    orderId: null,
    refundId: null,
    refundRef: null,
    intentRef: idOf(charge.payment_intent),
    chargeRef: charge.id,
    status: 'pending',
    amount: charge.amount_refunded,
    currency: charge.currency,
    failureCode: null,
    reason: null,
  };
}

/** `requires_action` is a refund that waits for the customer's bank details: for us it is on its way. */
function statusOf(refund: Stripe.Refund): RefundFact['status'] {
  switch (refund.status) {
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return refund.status;
    default:
      return 'pending';
  }
}
