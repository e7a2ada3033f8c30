import { decimalAmount } from '../csv/csv-row.ts';

/** An amount in minor units as a person reads it, in whichever currency: 11274 of usd is "112.74 USD". */
export function sayAmount(amount: number | null, currency: string | null): string {
  if (amount === null || currency === null) return 'an unknown amount';
  return `${decimalAmount(amount, currency)} ${currency.toUpperCase()}`;
}
