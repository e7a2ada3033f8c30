/** Facts about a charge's money: the card it came from, and when it can be had. */
import { cardWithNumber, type TestCard } from '../cards.ts';
import type { Charge } from '../objects.ts';
import type { Store } from '../store/store.ts';
import type { Turn } from '../world.ts';

/** Funds of card payments become available after two days. */
const PENDING_SECONDS = 2 * 24 * 3600;

/**
 * When money that comes or goes because of the charge is available, in epoch seconds. What goes follows the charge's
 * own money, so that it is not missing from what is available already (Stripe's rule is not verified).
 */
export function fundsAvailableOn(turn: Turn, charge: Charge): number {
  const { store } = turn.world;
  if (cardOfCharge(store, charge)?.bypassesPending) return turn.now;
  const booked = store.balance_transactions.get(charge.balance_transaction ?? '');
  return Math.max(turn.now, booked?.available_on ?? turn.now + PENDING_SECONDS);
}

/** `REFUND FOR CHARGE (Order 7)`: how balance transactions are described. */
export function described(what: string, charge: Charge): string {
  return charge.description === null ? what : `${what} (${charge.description})`;
}

/** The test card that was charged; undefined for other payment methods. */
export function cardOfCharge(store: Store, charge: Charge): TestCard | undefined {
  const secret = store.payment_method_secrets.get(charge.payment_method ?? '');
  return secret === undefined ? undefined : cardWithNumber(secret.number);
}
