import type { Decline } from '@paydesk/contract/admin/desk';

const tryAgain =
  'The bank or the network did not answer. The customer can try again, also with the same card.';
const askBank = 'The bank gives no reason. The customer can ask it, or use another card.';
const suspicious =
  'The bank suspects fraud. Do not tell the customer so: to them it is a plain decline. Look twice before accepting another card.';
const mistyped = 'Something was typed wrong. The customer can correct it and try again.';
const notAllowed = 'The card may not be used for this. The customer needs another card, or can ask the bank.';
const overLimit =
  'The card is over a limit of the bank’s. The customer can pay a part, wait, or use another card.';
const identity =
  'The customer did not pass the bank’s check (3-D Secure). They can try again and confirm there.';

/**
 * What a code means, for operators.
 *
 * @see https://docs.stripe.com/declines/codes for the list of codes
 */
const advice: Record<string, string> = {
  authentication_required:
    'The bank wants the customer to confirm the payment. They can try again and confirm there.',
  approve_with_id: 'The bank could not approve it just now. The customer can try again, then ask the bank.',
  call_issuer: askBank,
  card_declined: askBank,
  card_not_supported: notAllowed,
  card_velocity_exceeded: overLimit,
  currency_not_supported: 'The card does not pay in this currency. The customer needs another card.',
  do_not_honor: askBank,
  do_not_try_again: 'The bank wants no further try with this card. The customer needs another card.',
  duplicate_transaction:
    'The same amount was paid with this card a moment ago. Look for another payment before trying again.',
  expired_card: 'The card has expired. The customer needs another card.',
  fraudulent: suspicious,
  generic_decline: askBank,
  highest_risk_level: 'Stripe’s own fraud check blocked it. Look at the payment there before trying again.',
  incorrect_cvc: mistyped,
  incorrect_number: mistyped,
  incorrect_zip: mistyped,
  insufficient_funds:
    'There is not enough money on the card. The customer can pay a part, or use another card.',
  invalid_account: 'The card or its account does not work any more. The customer can ask the bank.',
  invalid_amount: 'The amount is more than the card may pay. The customer can pay in parts or ask the bank.',
  invalid_cvc: mistyped,
  invalid_expiry_month: mistyped,
  invalid_expiry_year: mistyped,
  invalid_number: mistyped,
  issuer_not_available: tryAgain,
  lost_card: suspicious,
  merchant_blacklist: suspicious,
  not_permitted: notAllowed,
  payment_intent_authentication_failure: identity,
  pickup_card: suspicious,
  processing_error: tryAgain,
  provider_refused: 'Stripe did not accept the request. The shop’s log says why.',
  reenter_transaction: tryAgain,
  restricted_card: suspicious,
  security_violation: suspicious,
  service_not_allowed: notAllowed,
  stolen_card: suspicious,
  testmode_decline: 'A test card was used where real money moves. The customer needs a real one.',
  transaction_not_allowed: notAllowed,
  try_again_later: tryAgain,
  withdrawal_count_limit_exceeded: overLimit,
};

/** A code with what it means; null where there is none. */
export function declineOf(code: string | null): Decline | null {
  return code === null ? null : { code, advice: Object.hasOwn(advice, code) ? advice[code]! : askBank };
}
