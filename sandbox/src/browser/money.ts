import { writtenAmount } from '../money.ts';

/** Amounts arrive in minor units, and the currency says how many there are to one major unit. */
export function formatMoney(amount: number, currency: string): string {
  const digits = decimalsOf(currency);
  const formatter = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return formatter.format(amount / 10 ** digits);
}

/** Read off the API's own table, because Stripe's decimals are not those of `Intl` (HUF, ISK, IDR and others). */
export function decimalsOf(currency: string): number {
  return /\.(\d+)/.exec(writtenAmount(0, currency.toLowerCase()))?.[1]?.length ?? 0;
}
