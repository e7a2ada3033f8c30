/** How charges fail (docs.stripe.com/declines/codes): codes, sentences and what the networks say. */
import { ApiError } from './wire/errors.ts';

export interface Decline {
  code: string;
  declineCode: string | null;
  message: string;
  /** Recorded for generic declines; for the others the networks' own codes, not verified against Stripe. */
  networkDeclineCode: string | null;
  adviceCode: 'try_again_later' | 'confirm_card_data' | 'do_not_try_again' | null;
  outcome: 'issuer_declined' | 'blocked';
}

const DECLINED = 'Your card was declined.';

const issuer = (
  code: string,
  declineCode: string | null,
  message: string,
  networkDeclineCode: string | null,
  adviceCode: Decline['adviceCode'],
): Decline => ({ code, declineCode, message, networkDeclineCode, adviceCode, outcome: 'issuer_declined' });

export const declines = {
  generic_decline: issuer('card_declined', 'generic_decline', DECLINED, '01', 'try_again_later'),
  insufficient_funds: issuer(
    'card_declined',
    'insufficient_funds',
    'Your card has insufficient funds.',
    '51',
    'try_again_later',
  ),
  lost_card: issuer('card_declined', 'lost_card', DECLINED, '41', 'do_not_try_again'),
  stolen_card: issuer('card_declined', 'stolen_card', DECLINED, '43', 'do_not_try_again'),
  expired_card: issuer('expired_card', 'expired_card', 'Your card has expired.', '54', 'confirm_card_data'),
  incorrect_cvc: issuer(
    'incorrect_cvc',
    'incorrect_cvc',
    "Your card's security code is incorrect.",
    'N7',
    'confirm_card_data',
  ),
  processing_error: issuer(
    'processing_error',
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
    null,
    'try_again_later',
  ),
  card_velocity_exceeded: issuer(
    'card_declined',
    'card_velocity_exceeded',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
    '65',
    'try_again_later',
  ),
  authentication_required: issuer(
    'authentication_required',
    'authentication_required',
    'Your card was declined. This transaction requires authentication.',
    '1A',
    'try_again_later',
  ),
  fraudulent: {
    code: 'card_declined',
    declineCode: 'fraudulent',
    message: DECLINED,
    networkDeclineCode: null,
    adviceCode: null,
    outcome: 'blocked',
  },
  /** The bank of a delayed method refuses the debit. The code is not verified. */
  debit_failed: issuer('payment_intent_payment_attempt_failed', null, 'The payment failed.', null, null),
} satisfies Record<string, Decline>;

export type DeclineName = keyof typeof declines;

/** The error as a card's bank (or Stripe itself) reports it, without the objects around it. */
export function declineDetails(decline: Decline): Record<string, unknown> {
  const details: Record<string, unknown> = { code: decline.code, message: decline.message };
  if (decline.adviceCode !== null) details.advice_code = decline.adviceCode;
  if (decline.declineCode !== null) details.decline_code = decline.declineCode;
  if (decline.networkDeclineCode !== null) details.network_decline_code = decline.networkDeclineCode;
  return details;
}

/** 402: the call was understood and the card refused. Idempotency keys remember it. */
export function cardError(details: Record<string, unknown>): ApiError {
  return new ApiError(
    402,
    { type: 'card_error', message: '', ...details },
    { remembered: true, headers: { 'Stripe-Should-Retry': 'false' } },
  );
}

/** Bad card data is refused before anything is executed, so an idempotency key does not remember it. */
export function cardDataError(code: string, message: string, param: string): ApiError {
  return new ApiError(402, { type: 'card_error', code, message, param });
}
