import type { Minor } from '../domain/money.ts';
import type { BreakKind } from '../domain/settlement.ts';
import { ProviderError } from './errors.ts';

/** What of a provider's records is compared with our books. */
export type Compared = 'charges' | 'refunds' | 'disputes';

/** Kinds of difference that a comparison finds, and that it therefore also sees to be gone. */
export const comparedKinds = [
  'charge_not_booked',
  'charge_not_at_provider',
  'charge_differs',
  'refund_not_booked',
  'refund_not_found',
  'refund_status_differs',
  'dispute_not_booked',
  'dispute_not_found',
  'dispute_differs',
] as const satisfies readonly BreakKind[];
/** `refund_differs` is about amounts: only a person can say that it is settled. */
export type ComparedKind = (typeof comparedKinds)[number] | 'refund_differs';

/** What can be done without a person: ask for the present truth and write it down as if its event had come. */
export type Repair =
  | { of: 'payment'; intentRef: string }
  | { of: 'refund'; refundRef: string; instanceId: string | null; orderId: string | null }
  | { of: 'dispute'; disputeRef: string };

/** @property at since when it can have been seen, in epoch milliseconds */
export type Difference = {
  kind: ComparedKind;
  objectId: string;
  orderId: string | null;
  amount: Minor;
  currency: string;
  at: number;
  detail: string;
  repair: Repair | null;
};

export type Comparison = {
  what: Compared;
  /** How many things were looked at, on either side. */
  compared: number;
  /** Of the provider's, how many belong to no order of this shop. */
  foreign: number;
  /** Ids, the provider's and ours, of what agrees. */
  agreed: Set<string>;
  differences: Difference[];
};

/** What is younger may still be on its way to us, and is not compared, in milliseconds. */
const settling = 2 * 60_000;

export function newComparison(what: Compared): Comparison {
  return { what, compared: 0, foreign: 0, agreed: new Set(), differences: [] };
}

export function isSettled(createdAt: number, now: number): boolean {
  return createdAt <= now - settling;
}

/** Whether the provider has it after all, which its list did not show. @throws ProviderError when it could not be asked */
export async function hasIt(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ProviderError && error.failure === 'refused') return false;
    throw error;
  }
}
