/** The link with which a customer takes up an expired session (`after_expiration.recovery`). */
import type { CheckoutSession } from '../objects.ts';
import { boolean, hash, required } from '../wire/schema.ts';
import type { Turn } from '../world.ts';

/** Source: the comment of `AfterExpiration.Recovery.expires_at` and docs.stripe.com/payments/checkout/abandoned-carts. */
const OFFER_SECONDS = 30 * 24 * 3600;

export const afterExpirationParameter = hash({
  recovery: hash({ allow_promotion_codes: boolean(), enabled: required(boolean()) }),
});

export function wholeAfterExpiration(
  given: { recovery?: { allow_promotion_codes?: boolean; enabled: boolean } } | undefined,
): CheckoutSession['after_expiration'] {
  if (given === undefined) return null;
  const { recovery } = given;
  if (recovery === undefined) return { recovery: null };
  return {
    recovery: {
      allow_promotion_codes: recovery.allow_promotion_codes ?? false,
      enabled: recovery.enabled,
      expires_at: null,
      url: null,
    },
  };
}

/** Fills in the link of a session that has just expired. */
export function offerRecovery(turn: Turn, session: CheckoutSession): void {
  const recovery = session.after_expiration?.recovery;
  if (!recovery?.enabled) return;
  recovery.url = `${turn.world.baseUrl}/r/${session.id}`;
  recovery.expires_at = turn.now + OFFER_SECONDS;
}
