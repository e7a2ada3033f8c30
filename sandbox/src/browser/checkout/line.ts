import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { CheckoutLine } from './session.ts';

interface LineTraits {
  currency: string;
  /** The only line of an order cannot be taken out of it. */
  isOnly: boolean;
}

/** One line of the order: what it is, how many of it, and what that costs. */
export function orderLine(line: CheckoutLine, { currency, isOnly }: LineTraits): Html {
  const product = (line.price?.product ?? {}) as { name?: string; description?: string; images?: string[] };
  const name = line.description ?? product.name ?? 'Item';
  const picture = product.images?.[0];
  const each = line.quantity > 1 ? Math.round(line.amount_subtotal / line.quantity) : null;
  const isAdjustable = line.adjustable_quantity?.enabled === true;
  return html`<li>
  ${picture ? html`<img src="${picture}" alt="" width="56" height="56">` : html`<span class="no-picture" aria-hidden="true">${name.slice(0, 1)}</span>`}
  <div>
    <span class="name">${name}</span>
    ${product.description && html`<span class="detail">${product.description}</span>`}
    ${!isAdjustable && line.quantity > 1 && html`<span class="detail">Qty ${line.quantity}</span>`}
  </div>
  <div class="amount">
    <span>${formatMoney(line.amount_subtotal, currency)}</span>
    ${each !== null && html`<span class="detail">${formatMoney(each, currency)} each</span>`}
  </div>
  ${isAdjustable && quantity(line, name, isOnly)}
</li>`;
}

/** Buttons at a limit stay focusable, so that a keyboard does not lose its place on the page. */
function quantity(line: CheckoutLine, name: string, isOnly: boolean): Html {
  const id = `quantity-${line.id}`;
  const minimum = line.adjustable_quantity?.minimum ?? 0;
  const maximum = line.adjustable_quantity?.maximum ?? 99;
  const least = Math.max(minimum, 1);
  const step = (by: number, label: string, path: string, isAtLimit: boolean): Html =>
    html`<button type="button" id="${id}${by}" data-step="${by}" aria-label="${label} of ${name}" ${isAtLimit && html`aria-disabled="true"`}><svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"/></svg></button>`;
  return html`<div class="quantity" data-line="${line.id}" data-name="${name}">
  <div class="stepper">
    ${step(-1, 'One less', 'M2 7h10', line.quantity <= least)}
    <input id="${id}" type="number" inputmode="numeric" min="${isOnly ? least : minimum}" max="${maximum}" step="1" value="${line.quantity}" autocomplete="off" aria-label="Quantity of ${name}" aria-describedby="${id}-error">
    ${step(1, 'One more', 'M2 7h10M7 2v10', line.quantity >= maximum)}
  </div>
  ${minimum === 0 && !isOnly && html`<button type="button" class="remove" id="${id}-remove" data-remove-line aria-label="Remove ${name}">Remove</button>`}
  <p class="error" id="${id}-error" role="alert"></p>
</div>`;
}
