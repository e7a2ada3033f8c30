/** What a customer typed as a card, checked the way Stripe checks it before anything is charged. */
import type { TestCard } from '../cards.ts';
import { cardWithNumber, passesLuhn } from '../cards.ts';
import { cardDataError } from '../declines.ts';
import { missingParameter, notBuilt } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { hash, integer, onlyBuilt, text, withoutEffect } from '../wire/schema.ts';

const fields = {
  number: text(),
  exp_month: integer(),
  exp_year: integer(),
  cvc: text(),
  token: text(),
  networks: withoutEffect(),
  type: onlyBuilt('card'),
};
export const cardParameter = hash(fields);
export type CardInput = Values<typeof fields>;

export interface CheckedCard {
  card: TestCard;
  expMonth: number;
  expYear: number;
  cvcGiven: boolean;
}

/** @throws ApiError 402 for a wrong number, date or code; the parameter's name tells which field it was */
export function checkCard(input: CardInput, year: number, month: number): CheckedCard {
  if (input.number === undefined) throw missingParameter('card[number]');
  if (input.exp_month === undefined) throw missingParameter('card[exp_month]');
  if (input.exp_year === undefined) throw missingParameter('card[exp_year]');
  const card = checkNumber(input.number.replaceAll(/[\s-]/g, ''));
  checkExpiry(input.exp_month, wholeYear(input.exp_year), year, month);
  checkCode(card, input.cvc);
  return {
    card,
    expMonth: input.exp_month,
    expYear: wholeYear(input.exp_year),
    cvcGiven: input.cvc !== undefined,
  };
}

/** A named test card, as `pm_card_visa` or `tok_visa`; it expires next year and had its code checked. */
export function namedCard(card: TestCard, year: number): CheckedCard {
  refuseUnbuilt(card);
  return { card, expMonth: 12, expYear: year + 1, cvcGiven: true };
}

function checkNumber(number: string): TestCard {
  if (!/^\d{12,19}$/.test(number)) {
    throw cardDataError('invalid_number', 'The card number is not a valid credit card number.', 'number');
  }
  if (!passesLuhn(number)) {
    throw cardDataError('incorrect_number', 'Your card number is incorrect.', 'number');
  }
  const card = cardWithNumber(number);
  if (card === undefined) throw liveCard();
  refuseUnbuilt(card);
  return card;
}

/** The decline code is Stripe's for real cards in test mode. The number is not repeated anywhere. */
function liveCard(): Error {
  const error = cardDataError(
    'card_declined',
    'Your card was declined. Your request was in test mode, but used a non test (live) card. ' +
      'For a list of valid test cards, visit: https://stripe.com/docs/testing.',
    'number',
  );
  error.body.decline_code = 'test_mode_live_card';
  return error;
}

function refuseUnbuilt(card: TestCard): void {
  if (card.notBuilt !== undefined) {
    throw notBuilt(`${card.notBuilt}, so it refuses the test card ending in ${card.number.slice(-4)}`);
  }
}

function wholeYear(year: number): number {
  return year >= 0 && year < 100 ? 2000 + year : year;
}

function checkExpiry(month: number, year: number, thisYear: number, thisMonth: number): void {
  if (month < 1 || month > 12) {
    throw cardDataError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  }
  if (year < thisYear || year > thisYear + 50) {
    throw cardDataError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  }
  if (year === thisYear && month < thisMonth) {
    throw cardDataError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  }
}

function checkCode(card: TestCard, code: string | undefined): void {
  if (code === undefined) return;
  const isValid = card.brand === 'amex' ? /^\d{3,4}$/.test(code) : /^\d{3}$/.test(code);
  if (!isValid) throw cardDataError('invalid_cvc', "Your card's security code is invalid.", 'cvc');
}
