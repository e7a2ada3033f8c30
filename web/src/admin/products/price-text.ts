import { type Currency, currencyDigits } from '@paydesk/contract/money';

/** An amount as it is typed into a field: 1999 is 19.99 and, in jpy, 1999. */
export function amountText(amount: number, currency: string): string {
  const digits = currencyDigits[currency as Currency] ?? 2;
  return (amount / 10 ** digits).toFixed(digits);
}
