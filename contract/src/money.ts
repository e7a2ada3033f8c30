import Type from 'typebox';

/**
 * Currencies a shop can sell in, with the number of digits behind the decimal point of each.
 * Source: ISO 4217, narrowed to those Stripe charges in one-hundredths or in whole units.
 */
export const currencyDigits = {
  usd: 2,
  eur: 2,
  gbp: 2,
  cad: 2,
  aud: 2,
  nzd: 2,
  chf: 2,
  sek: 2,
  nok: 2,
  dkk: 2,
  pln: 2,
  czk: 2,
  sgd: 2,
  hkd: 2,
  jpy: 0,
  krw: 0,
} as const;

export type Currency = keyof typeof currencyDigits;

export const Money = Type.Object(
  {
    amount: Type.Integer({ description: 'Minor units: 1999 is $19.99 and, in jpy, ¥1999.' }),
    currency: Type.String({ description: 'Lower-case ISO 4217 code.' }),
  },
  { additionalProperties: false },
);
export type Money = { amount: number; currency: Currency };

// Making a formatter costs a hundred times what using it does, so each is made once.
const formatters = new Map<string, Intl.NumberFormat>();

function formatterOf(currency: string, digits: number, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formatters.set(key, made);
  return made;
}

/** Formats minor units for people, with the digits the currency really has. Zero is "$0.00"; a negative amount gets a true minus sign. */
export function formatMoney(money: { amount: number; currency: string }, locale = 'en-US'): string {
  const digits = currencyDigits[money.currency as Currency] ?? 2;
  return formatterOf(money.currency, digits, locale)
    .format(money.amount / 10 ** digits)
    .replace('-', '−');
}
