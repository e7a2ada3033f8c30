import { describe, expect, it } from 'vitest';
import { declineText, isUnclear } from '../src/checkout/decline-text.ts';

const plain =
  'This card was declined and you have not been charged. Try another card or contact your card issuer.';

describe('declineText', () => {
  it.each([
    'generic_decline',
    'do_not_honor',
    'fraudulent',
    'lost_card',
    'stolen_card',
    'pickup_card',
    'merchant_blacklist',
    'a_code_of_tomorrow',
  ])('shows %s as a plain decline', (decline_code) => {
    expect(declineText({ code: 'card_declined', decline_code }, '$48.00')).toBe(plain);
  });

  it('names the amount that the card does not have', () => {
    const error = { code: 'card_declined', decline_code: 'insufficient_funds' };
    expect(declineText(error, '$48.00')).toBe(
      'This card does not have enough funds for $48.00. Try another card.',
    );
  });

  it.each([
    ['expired_card', 'This card has expired. Use another card.'],
    ['incorrect_cvc', 'Check the security code.'],
    [
      'payment_intent_authentication_failure',
      'Your bank could not confirm it was you. Try again or use another card.',
    ],
    ['processing_error', 'The payment could not be processed just now. Try again in a moment.'],
  ])('falls back to the code where there is no decline code: %s', (code, text) => {
    expect(declineText({ code }, '$48.00')).toBe(text);
  });
});

describe('isUnclear', () => {
  it.each([
    [{ type: 'api_connection_error' as const }, true],
    [{ type: 'api_error' as const }, true],
    [{ type: 'card_error' as const, decline_code: 'duplicate_transaction' }, true],
    [{ type: 'card_error' as const, decline_code: 'generic_decline' }, false],
    [{ type: 'validation_error' as const }, false],
  ])('says of %o whether the card may have been charged: %s', (error, expected) => {
    expect(isUnclear(error)).toBe(expected);
  });
});
