import { type Currency, currencyDigits } from '@paydesk/contract/money';

/**
 * What somebody typed as an amount, in minor units of the currency; `null` for what is none. Takes both a point and a
 * comma as the decimal sign, and either between thousands: "12.50", "12,5", "$1,234.50", "1.234,50".
 */
export function parseAmount(text: string, currency: string): number | null {
  const digits = currencyDigits[currency as Currency] ?? 2;
  const bare = text.replaceAll(/[\s\p{Sc}]/gu, '');
  for (const [group, point] of notations) {
    const whole = `\\d+|\\d{1,3}(?:[${group}]\\d{3})+`;
    const match = new RegExp(`^(${whole})(?:[${point}](\\d{0,${digits}}))?$`).exec(bare);
    if (!match) continue;
    const [, units = '', fraction = ''] = match;
    const amount = Number(units.replaceAll(group, '') + fraction.padEnd(digits, '0'));
    return Number.isSafeInteger(amount) && amount > 0 ? amount : null;
  }
  return null;
}

/** What stands between thousands, and before what is smaller than one; the more common notation first. */
const notations = [
  [',', '.'],
  ['.', ','],
] as const;
