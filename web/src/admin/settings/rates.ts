import type { CountryRates } from '@paydesk/contract/admin/settings';
import { type Currency, currencyDigits } from '@paydesk/contract/money';
import { parseAmount } from '../../checkout/parse-amount.ts';
import type { Problems } from './settings-form.tsx';

/** Minor units as somebody would type them: 600 is "6.00", and nothing is "". */
export function typedAmount(amount: number | null, currency: string): string {
  if (amount === null) return '';
  const digits = currencyDigits[currency as Currency] ?? 2;
  return (amount / 10 ** digits).toFixed(digits);
}

/** Basis points as per cent: 1900 is "19", 810 is "8.1". */
export function typedPercent(basisPoints: number): string {
  return String(basisPoints / 100);
}

/** "19" or "8,1" in basis points; null for what is no rate. */
export function parsePercent(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
  if (!match) return null;
  const basisPoints = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return basisPoints <= 10_000 ? basisPoints : null;
}

/** Nothing is a price too. */
function parsePrice(text: string, currency: string): number | null {
  return /^0+([.,]0*)?$/.test(text.trim()) ? 0 : parseAmount(text, currency);
}

/** What the form about a country says, or what is wrong with it. */
export function readRates(
  form: FormData,
  currency: string,
): { rates: CountryRates } | { problems: Problems } {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const shippingAmount = parsePrice(text('shippingAmount'), currency);
  const freeText = text('freeShippingFrom');
  const freeShippingFrom = freeText === '' ? null : parsePrice(freeText, currency);
  const taxBasisPoints = parsePercent(text('taxRate'));
  const problems = {
    ...(text('name') === '' && { name: 'Enter the country’s name.' }),
    ...(shippingAmount === null && {
      shippingAmount: `Enter a price such as ${typedAmount(900, currency)}.`,
    }),
    ...(freeText !== '' &&
      freeShippingFrom === null && {
        freeShippingFrom: `Enter an amount such as ${typedAmount(12_000, currency)}, or nothing.`,
      }),
    ...(taxBasisPoints === null && { taxRate: 'Enter a rate from 0 to 100 %, such as 19 or 8.1.' }),
    ...(text('taxName') === '' && { taxName: 'Enter what the tax is called, such as VAT.' }),
  };
  if (shippingAmount === null || taxBasisPoints === null || Object.keys(problems).length > 0)
    return { problems };
  return {
    rates: {
      name: text('name'),
      shippingAmount,
      freeShippingFrom,
      taxBasisPoints,
      taxName: text('taxName'),
      taxOnShipping: form.get('taxOnShipping') !== null,
    },
  };
}
