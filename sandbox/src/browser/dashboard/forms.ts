import { writtenAmount } from '../../money.ts';
import { type Html, html } from '../html.ts';

export interface AmountLimit {
  /** Minor units. */
  most: number;
  currency: string;
}

/** One button that does something to what the page shows. */
export function actionButton(path: string, label: string, fields: Record<string, string> = {}): Html {
  return html`<form method="post" action="${path}">${hidden(fields)}<button class="button small">${label}</button></form>`;
}

/** A button with an amount of money before it, filled with the most that is possible. */
export function amountForm(path: string, verb: string, { most, currency }: AmountLimit): Html {
  const id = `${verb.toLowerCase()}-amount`;
  return html`<form method="post" action="${path}" class="amount">
<label for="${id}">${verb} amount (${currency.toUpperCase()})</label>
<input id="${id}" name="amount" inputmode="decimal" autocomplete="off" required value="${majorUnits(most, currency)}">
<button class="button small">${verb}</button></form>`;
}

/** "12.50" for 1250 cents: a number without its currency. */
function majorUnits(amount: number, currency: string): string {
  return /[\d.]+/.exec(writtenAmount(amount, currency).replaceAll(',', ''))?.[0] ?? String(amount);
}

/** Minor units of what a person typed; null when it is no amount of this currency. */
export function minorUnits(text: string, currency: string): number | null {
  const decimals = /\.(\d+)/.exec(writtenAmount(0, currency))?.[1]?.length ?? 0;
  const [, whole, fraction = ''] = /^(\d{1,9})(?:\.(\d*))?$/.exec(text.trim()) ?? [];
  if (whole === undefined || fraction.length > decimals) return null;
  return Number(`${whole}${fraction.padEnd(decimals, '0')}`);
}

function hidden(fields: Record<string, string>): Html[] {
  return Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
}
