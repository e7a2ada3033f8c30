/** Exact arithmetic with minor units and decimal numbers: nothing here goes through floating point. */
import { invalidRequest } from '../wire/errors.ts';
import type { Type } from '../wire/schema.ts';

/** Stripe takes at most 12 decimals. */
const DECIMALS = 12;
const SCALE = 10n ** BigInt(DECIMALS);

/** A decimal number as text, such as `12.5`. @throws ApiError 400 for anything else, or outside the bounds */
export function decimal(least: number, most: number): Type<string> {
  return {
    read(value, name) {
      const isDecimal = typeof value === 'string' && /^\d{1,12}(\.\d{1,12})?$/.test(value);
      if (!isDecimal) {
        const shown = typeof value === 'string' ? value.slice(0, 40) : 'no text';
        throw invalidRequest(`Invalid decimal: ${shown}`, undefined, name);
      }
      const number = Number(value);
      if (number < least) {
        throw invalidRequest(`This value must be greater than or equal to ${least}.`, undefined, name);
      }
      if (number > most) {
        throw invalidRequest(`This value must be less than or equal to ${most}.`, undefined, name);
      }
      return value;
    },
  };
}

/** `amount × decimal`, half a minor unit rounded up. */
export function times(amount: number, factor: string): number {
  return Number(divided(BigInt(amount) * scaled(factor), SCALE));
}

/** `amount × percent / 100`, half a minor unit rounded up. */
export function percentOf(amount: number, percent: number): number {
  return Number(divided(BigInt(amount) * scaled(String(percent)), 100n * SCALE));
}

/** The part of a gross amount that a percentage, contained in it with others, makes: `gross × p / (100 + sum)`. */
export function percentWithin(gross: number, percent: number, sum: number): number {
  const whole = 100n * SCALE + scaled(String(sum));
  return Number(divided(BigInt(gross) * scaled(String(percent)), whole));
}

/** Spreads an amount in proportion to the weights; what rounding leaves goes to the largest remainders. */
export function spread(amount: number, weights: readonly number[]): number[] {
  const sum = BigInt(weights.reduce((total, weight) => total + weight, 0));
  if (sum === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const shares = exact.map((part) => Number(part / sum));
  const left = amount - shares.reduce((total, share) => total + share, 0);
  const byRemainder = exact
    .map((part, index) => ({ index, remainder: part % sum }))
    .sort((a, b) => Number(b.remainder - a.remainder) || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1;
  return shares;
}

function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * SCALE + BigInt(fraction.padEnd(DECIMALS, '0').slice(0, DECIMALS));
}

function divided(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
