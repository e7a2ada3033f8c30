import type { PaymentFlow, PaymentStatus } from '@paydesk/contract/payments';
import type { DisputeFact } from './dispute.ts';
import type { Minor } from './money.ts';
import type { RefundFact } from './refund.ts';

/** What a provider told us about one payment, in our words. */
export const paymentFactKinds = [
  'requires_action',
  'processing',
  'succeeded',
  'failed',
  'failed_for_good',
  'canceled',
  'details',
] as const;
export type PaymentFactKind = (typeof paymentFactKinds)[number];

export type Card = { brand: string; last4: string };

/** What a provider tells of how a card was checked; null where it tells nothing. */
export type CardChecks = {
  threeDSecure: string | null;
  riskLevel: string | null;
  riskScore: number | null;
};

/**
 * @property final it can never become untrue, so a signed event may be applied as it is; anything else is a hint to look
 * @property paymentId, orderId, instanceId what we wrote into the provider's metadata, or null when it carries none
 * @property sessionRef, intentRef, chargeRef the provider's ids, as far as this fact knows them
 * @property checks only where a charge tells them
 * @property amount minor units that were or would be received; null where the fact does not say
 */
export type PaymentFact = {
  kind: PaymentFactKind;
  final: boolean;
  live: boolean;
  instanceId: string | null;
  orderId: string | null;
  paymentId: string | null;
  sessionRef: string | null;
  intentRef: string | null;
  chargeRef: string | null;
  balanceRef: string | null;
  amount: Minor | null;
  currency: string | null;
  card: Card | null;
  failureCode: string | null;
  checks?: CardChecks;
};

/** Anything a provider can tell us. */
export type Fact = PaymentFact | RefundFact | DisputeFact;

/** One attempt to pay, as far as decisions need it. */
export type PaymentState = {
  id: string;
  status: PaymentStatus;
  flow: PaymentFlow;
  amount: Minor;
  currency: string;
};

type Row = Partial<Record<PaymentFactKind, PaymentStatus>>;

const forward: Row = {
  requires_action: 'requires_action',
  processing: 'processing',
  succeeded: 'succeeded',
  failed: 'failed',
  failed_for_good: 'failed',
  canceled: 'canceled',
};

// "failed" is not final: the same intent can be confirmed again. Only success and cancellation end a payment, and success
// outranks cancellation, because money that arrived has arrived. `details` only adds what we know about it.
const transitions: Record<PaymentStatus, Row> = {
  creating: forward,
  unknown: forward,
  open: forward,
  awaiting_transfer: forward,
  requires_action: forward,
  processing: { succeeded: 'succeeded', failed: 'failed', failed_for_good: 'failed', canceled: 'canceled' },
  // Ended at the provider afterwards it is still the attempt that failed.
  failed: { ...forward, canceled: 'failed' },
  canceled: { succeeded: 'succeeded' },
  succeeded: {},
  partially_refunded: {},
  refunded: {},
  disputed: {},
};

/** The payment's next status; the same one where the fact changes nothing. */
export function nextPaymentStatus(status: PaymentStatus, kind: PaymentFactKind): PaymentStatus {
  return transitions[status][kind] ?? status;
}

/** After this fact the provider can no longer take money for this attempt. */
export function closesPayment(kind: PaymentFactKind): boolean {
  return kind === 'succeeded' || kind === 'canceled' || kind === 'failed_for_good';
}

/** The status of a payment whose money has arrived, after what happened to that money since. */
export function takenStatus(
  payment: { status: PaymentStatus; received: Minor; refunded: Minor },
  isDisputed: boolean,
): PaymentStatus {
  if (!isTaken(payment.status)) return payment.status;
  if (isDisputed) return 'disputed';
  if (payment.refunded === 0) return 'succeeded';
  return payment.refunded >= payment.received ? 'refunded' : 'partially_refunded';
}

/** The money of this payment has arrived at one time or another. */
export function isTaken(status: PaymentStatus): boolean {
  return (
    status === 'succeeded' ||
    status === 'partially_refunded' ||
    status === 'refunded' ||
    status === 'disputed'
  );
}
