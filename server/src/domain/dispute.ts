import { type DisputeFunds, type DisputeStatus, disputeFunds } from '@paydesk/contract/disputes';
import type { Minor } from './money.ts';

/** What a provider says about one dispute, in our words. Events only tell us to look. */
export type DisputeFact = {
  kind: 'dispute';
  final: boolean;
  live: boolean;
  /** What we wrote into the metadata of the charge; null for a charge that is not ours, or where only its id is known. */
  instanceId: string | null;
  orderId: string | null;
  paymentId: string | null;
  disputeRef: string;
  intentRef: string | null;
  chargeRef: string | null;
  status: DisputeStatus;
  funds: DisputeFunds;
  amount: Minor;
  currency: string;
  reason: string;
  /** Epoch milliseconds; null where no answer is asked for. */
  evidenceDueAt: number | null;
};

/** The bank has not decided yet. */
export function isOpenDispute(status: DisputeStatus): boolean {
  return !isClosedDispute(status);
}

export function isClosedDispute(status: DisputeStatus): boolean {
  return status === 'won' || status === 'lost' || status === 'warning_closed' || status === 'prevented';
}

/**
 * Whether the payment can be refunded beside it. The bank has taken the money, or may; only an inquiry leaves it with us.
 * Source: Stripe refuses refunds of charges that were charged back.
 */
export function blocksRefunds(status: DisputeStatus): boolean {
  return status === 'needs_response' || status === 'under_review' || status === 'lost';
}

// How far each status is. An answer that was overtaken by a newer one comes too late to take a dispute back.
const ranks: Record<DisputeStatus, number> = {
  warning_needs_response: 0,
  warning_under_review: 1,
  needs_response: 2,
  under_review: 3,
  warning_closed: 4,
  prevented: 4,
  won: 4,
  lost: 4,
};

/** The dispute's next status. One that is closed is never open again, but a bank may think better of how it was closed. */
export function nextDisputeStatus(status: DisputeStatus, told: DisputeStatus): DisputeStatus {
  return ranks[told] >= ranks[status] ? told : status;
}

/** Money is taken at most once, and given back at most once. */
export function nextDisputeFunds(funds: DisputeFunds, told: DisputeFunds): DisputeFunds {
  return disputeFunds.indexOf(told) > disputeFunds.indexOf(funds) ? told : funds;
}
