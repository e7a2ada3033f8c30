/** What a fault rule does to an API call. */
import { ApiError } from '../wire/errors.ts';
import { objectLocked } from '../wire/idempotency.ts';
import type { CallRule } from './faults.ts';

/** How a reply reaches the caller, when not as a whole. */
export type Breakage = 'reset' | 'silence' | 'half';

/** The call never has an effect: what the caller sees instead of a reply. */
export function lostBefore(rule: CallRule | null): Breakage | null {
  if (rule?.fault === 'refuse') return 'reset';
  return rule?.fault === 'timeout_before' ? 'silence' : null;
}

/** The call has its effect, and its reply is lost or cut. */
export function lostAfter(rule: CallRule | null): Breakage | null {
  switch (rule?.fault) {
    case 'timeout_after':
      return 'silence';
    case 'reset_after':
      return 'reset';
    case 'truncate':
      return 'half';
    default:
      return null;
  }
}

/** Refused before idempotency keys are looked at. The words are not verified. @throws ApiError 429 */
export function refuseByRate(rule: CallRule | null): void {
  if (rule?.fault !== 'rate_limit') return;
  throw new ApiError(429, {
    type: 'invalid_request_error',
    code: 'rate_limit',
    message:
      'Testmode request rate limit exceeded, the rate limits in testmode are lower than livemode. ' +
      'You can learn more about rate limits here https://stripe.com/docs/rate-limits.',
  });
}

/** Refused instead of executed. @throws ApiError 409, which the key forgets, or 500, which it remembers */
export function refuseExecution(rule: CallRule | null): void {
  if (rule?.fault === 'conflict') throw objectLocked();
  if (rule?.fault === 'error_500') throw failure();
}

/** Executed, and then answered as if it had failed. @throws ApiError 500 */
export function failAfterwards(rule: CallRule | null): void {
  if (rule?.fault === 'error_500_after') throw failure();
}

/** Milliseconds of the machine's time for which the reply is held back. */
export function delayOf(rule: CallRule | null): number {
  return rule?.fault === 'slow' ? rule.ms : 0;
}

/** Stripe's own words for its failures vary; these are not verified. */
function failure(): ApiError {
  return new ApiError(
    500,
    { type: 'api_error', message: 'An unknown error occurred. (A fault rule of the sandbox made it.)' },
    { remembered: true },
  );
}
