/** The bounds of a session: how long it lives, and what it can cost. */
import { leastAmount, mostAmount, writtenAmount } from '../money.ts';
import { invalidRequest } from '../wire/errors.ts';
import type { Turn } from '../world.ts';

const SHORTEST_LIFE_SECONDS = 30 * 60;
const LONGEST_LIFE_SECONDS = 24 * 3600;
/** Callers compute the moment with their own clock and send it over a network. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** In epoch seconds. @throws ApiError 400 for less than 30 minutes or more than 24 hours from now */
export function expiry(turn: Turn, given?: number): number {
  if (given === undefined) return turn.now + LONGEST_LIFE_SECONDS;
  const life = given - turn.now;
  if (
    life < SHORTEST_LIFE_SECONDS - CLOCK_TOLERANCE_SECONDS ||
    life > LONGEST_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS
  ) {
    throw invalidRequest(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      undefined,
      'expires_at',
    );
  }
  return given;
}

/**
 * A total of zero needs no payment; below the least amount of its currency nothing is charged.
 * @param total minor units
 */
export function checkTotal(total: number, currency: string): void {
  if (total > mostAmount(currency)) {
    const most = writtenAmount(mostAmount(currency), currency);
    throw invalidRequest(
      `The Checkout Session's total amount due must be no more than ${most}`,
      'amount_too_large',
    );
  }
  if (total === 0 || total >= leastAmount(currency)) return;
  throw invalidRequest(
    `The Checkout Session's total amount due must add up to at least ${writtenAmount(leastAmount(currency), currency)}`,
    'amount_too_small',
  );
}
