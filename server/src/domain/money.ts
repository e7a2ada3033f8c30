import { type Currency, currencyDigits } from '@paydesk/contract/money';

/** Every amount in this folder is a whole number of minor units of the one currency its order has. */
export type Minor = number;

/**
 * The smallest charge Stripe takes, in minor units. Source: Stripe's documented minimum charge amounts, by settlement
 * currency; a currency converted on settlement may be refused above this, which Stripe then says itself.
 */
const smallestCharge: Record<Currency, Minor> = {
  usd: 50,
  eur: 50,
  gbp: 30,
  cad: 50,
  aud: 50,
  nzd: 50,
  chf: 50,
  sek: 300,
  nok: 300,
  dkk: 250,
  pln: 200,
  czk: 1500,
  sgd: 50,
  hkd: 400,
  jpy: 50,
  krw: 100,
};

/** Eight digits: the largest amount Stripe takes for most currencies. */
const largestCharge: Minor = 99_999_999;

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(currencyDigits, text);
}

/** Says whether one card payment can carry this amount. */
export function chargeable(amount: Minor, currency: Currency): 'yes' | 'too_small' | 'too_large' {
  if (amount < smallestCharge[currency]) return 'too_small';
  return amount > largestCharge ? 'too_large' : 'yes';
}

/** A share of an amount in basis points (1 % = 100), rounded half up. Both must be non-negative whole numbers. */
export function share(amount: Minor, basisPoints: number): Minor {
  return Math.floor((assertMinor(amount) * basisPoints + 5_000) / 10_000);
}

/**
 * Splits `total` in proportion to `weights` so that the parts are whole and sum to it exactly (largest remainder; equal
 * remainders go to the earlier part). Without any weight nothing can be split, so the total must then be zero.
 */
export function allocate(total: Minor, weights: readonly number[]): Minor[] {
  assertMinor(total);
  const sum = weights.reduce((all, weight) => all + assertMinor(weight), 0);
  if (sum === 0) {
    if (total !== 0) throw new RangeError('cannot allocate an amount over nothing');
    return weights.map(() => 0);
  }
  // BigInt because total × weight may pass 2^53 for large carts of dear things.
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = exact.map((product) => Number(product / BigInt(sum)));
  const left = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % BigInt(sum) }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, left)) parts[index]! += 1;
  return parts;
}

export function assertMinor(amount: number): Minor {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not an amount: ${amount}`);
  return amount;
}
