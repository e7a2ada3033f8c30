const declined =
  'This card was declined and you have not been charged. Try another card or contact your card issuer.';

// Codes that a thief could learn from (lost, stolen, fraud) are missing on purpose: they read as a plain decline.
const messages: Record<string, string> = {
  insufficient_funds: 'This card does not have enough funds. Try another card.',
  card_velocity_exceeded: 'This card is over its limit. Try another card or contact your card issuer.',
  withdrawal_count_limit_exceeded:
    'This card is over its limit. Try another card or contact your card issuer.',
  expired_card: 'This card has expired. Use another card.',
  invalid_expiry_month: 'Check the expiry date.',
  invalid_expiry_year: 'Check the expiry date.',
  incorrect_cvc: 'Check the security code.',
  invalid_cvc: 'Check the security code.',
  incorrect_number: 'Check the card number.',
  invalid_number: 'Check the card number.',
  incorrect_zip: 'The billing postal code does not match the card. Check it.',
  card_not_supported: 'This card cannot be used for this purchase. Try another card.',
  currency_not_supported: 'This card cannot be used for this purchase. Try another card.',
  call_issuer: 'Contact your card issuer, or try another card.',
  invalid_account: 'Contact your card issuer, or try another card.',
  processing_error: 'The payment could not be processed just now. Try again in a moment.',
  issuer_not_available: 'The payment could not be processed just now. Try again in a moment.',
  reenter_transaction: 'The payment could not be processed just now. Try again in a moment.',
  try_again_later: 'The payment could not be processed just now. Try again in a moment.',
  payment_intent_authentication_failure:
    'Your bank could not confirm it was you. Try again or use another card.',
  authentication_required: 'Your bank could not confirm it was you. Try again or use another card.',
  provider_refused: 'The payment could not be started. Try again or choose another way to pay.',
};

/** What the shopper reads about a failed payment. The code itself is for operators only. */
export function declineMessage(code: string | null): string {
  return (code === null ? undefined : messages[code]) ?? declined;
}
