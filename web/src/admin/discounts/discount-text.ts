import type { AdminDiscount, DiscountChange } from '@paydesk/contract/admin/discounts';
import { type Currency, formatMoney } from '@paydesk/contract/money';
import { parseAmount } from '../../checkout/parse-amount.ts';

/** "10 %" or "$5.00". */
export function valueText({
  kind,
  value,
  currency,
}: Pick<AdminDiscount, 'kind' | 'value' | 'currency'>): string {
  return kind === 'percent'
    ? `${value / 100} %`
    : formatMoney({ amount: value, currency: currency as Currency });
}

export function usesText({ uses, maxUses }: Pick<AdminDiscount, 'uses' | 'maxUses'>): string {
  return maxUses === null ? String(uses) : `${uses} of ${maxUses}`;
}

/** Basis points or minor units of what was typed; null where it is neither. */
export function valueIn(text: string, kind: AdminDiscount['kind'], currency: string): number | null {
  if (kind === 'fixed') return parseAmount(text, currency);
  const percent = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
  if (!percent) return null;
  const points = Number(percent[1]) * 100 + Number((percent[2] ?? '').padEnd(2, '0'));
  return points >= 1 && points <= 10_000 ? points : null;
}

/** What the fields of limits say; a sentence where one cannot be understood. */
export function limitsIn(form: FormData, currency: string): Omit<DiscountChange, 'version'> | string {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const spend = text('minimumSpend');
  const minimumSpend = spend === '' || Number(spend) === 0 ? 0 : parseAmount(spend, currency);
  if (minimumSpend === null) return 'Enter a minimum spend such as 30.00, or nothing.';
  const [maxUses, maxUsesPerEmail] = [countIn(text('maxUses')), countIn(text('maxUsesPerEmail'))];
  if (maxUses === undefined || maxUsesPerEmail === undefined)
    return 'A number of uses is a whole number from 1, or nothing.';
  return {
    note: text('note'),
    minimumSpend,
    startsAt: momentIn(text('startsAt')),
    endsAt: momentIn(text('endsAt')),
    maxUses,
    maxUsesPerEmail,
  };
}

function countIn(text: string): number | null | undefined {
  if (text === '') return null;
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** A field of date and time is in the time zone of whoever types; null where it is empty. */
function momentIn(text: string): string | null {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** The other way round, for the field. */
export function momentText(at: string | null): string {
  if (at === null) return '';
  const moment = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
