import type { StripeError } from '@stripe/stripe-js';

const declined =
  'This card was declined and you have not been charged. Try another card or contact your card issuer.';
const bankRefused = 'Your bank could not confirm it was you. Try again or use another card.';
const overLimit = 'This card is over its limit. Try another card or contact your card issuer.';
const callIssuer = 'Contact your card issuer, or try another card.';
const notUsable = 'This card cannot be used for this purchase. Try another card.';
const checkExpiry = 'Check the expiry date.';
const notNow = 'The payment could not be processed just now. Try again in a moment.';

/** Codes of Stripe (docs: declines/codes) that may be told apart; fraud, loss and theft read like any other decline. */
const texts: Record<string, string> = {
  card_velocity_exceeded: overLimit,
  withdrawal_count_limit_exceeded: overLimit,
  expired_card: 'This card has expired. Use another card.',
  invalid_expiry_month: checkExpiry,
  invalid_expiry_year: checkExpiry,
  incorrect_cvc: 'Check the security code.',
  invalid_cvc: 'Check the security code.',
  incorrect_number: 'Check the card number.',
  invalid_number: 'Check the card number.',
  incorrect_zip: 'The billing postal code does not match the card. Check it.',
  card_not_supported: notUsable,
  currency_not_supported: notUsable,
  call_issuer: callIssuer,
  invalid_account: callIssuer,
  processing_error: notNow,
  issuer_not_available: notNow,
  reenter_transaction: notNow,
  try_again_later: notNow,
  authentication_required: bankRefused,
  payment_intent_authentication_failure: bankRefused,
  testmode_decline: 'Use a test card such as 4242 4242 4242 4242.',
};

/** What a shopper reads about a refused card. `total` is already formatted. */
export function declineText(error: Pick<StripeError, 'code' | 'decline_code'>, total: string): string {
  const code = error.decline_code ?? error.code ?? '';
  if (code === 'insufficient_funds') {
    return `This card does not have enough funds for ${total}. Try another card.`;
  }
  return texts[code] ?? declined;
}

/** Whether the answer leaves open if the card was charged. Then nobody may press Pay again before we know. */
export function isUnclear(error: Pick<StripeError, 'type' | 'code' | 'decline_code'>): boolean {
  if (error.decline_code === 'duplicate_transaction') return true;
  return error.type === 'api_connection_error' || error.type === 'api_error';
}
