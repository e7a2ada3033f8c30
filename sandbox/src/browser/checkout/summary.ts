import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { CheckoutLine, CheckoutSession } from './session.ts';

/** What is bought and what it costs; on a phone the lines fold away and the total stays. */
export function orderSummary(session: CheckoutSession): Html {
  const { currency, total_details: details } = session;
  const lines = session.line_items.data;
  const extras: [label: string, amount: number][] = [
    ['Discount', -(details?.amount_discount ?? 0)],
    ['Shipping', details?.amount_shipping ?? 0],
    ['Tax', details?.amount_tax ?? 0],
  ];
  const present = extras.filter(([, amount]) => amount !== 0);
  return html`<p class="due"><span>Total due</span><strong data-testid="total">${formatMoney(session.amount_total, currency)}</strong></p>
<details class="order" open>
<summary>Order summary · ${lines.length} ${lines.length === 1 ? 'item' : 'items'}</summary>
<ul class="lines">${lines.map((line) => orderLine(line, currency))}</ul>
<dl class="totals">
  ${
    present.length > 0 &&
    html`<div><dt>Subtotal</dt><dd>${formatMoney(session.amount_subtotal, currency)}</dd></div>
  ${present.map(([label, amount]) => html`<div><dt>${label}</dt><dd>${signed(amount, currency)}</dd></div>`)}`
  }
  <div class="total"><dt>Total due</dt><dd>${formatMoney(session.amount_total, currency)}</dd></div>
</dl>
</details>`;
}

function orderLine(line: CheckoutLine, currency: string): Html {
  const product = (line.price?.product ?? {}) as { name?: string; description?: string; images?: string[] };
  const name = line.description ?? product.name ?? 'Item';
  const picture = product.images?.[0];
  const each = line.quantity > 1 ? Math.round(line.amount_subtotal / line.quantity) : null;
  return html`<li>
  ${picture ? html`<img src="${picture}" alt="" width="56" height="56">` : html`<span class="no-picture" aria-hidden="true">${name.slice(0, 1)}</span>`}
  <div>
    <span class="name">${name}</span>
    ${product.description && html`<span class="detail">${product.description}</span>`}
    ${line.quantity > 1 && html`<span class="detail">Qty ${line.quantity}</span>`}
  </div>
  <div class="amount">
    <span>${formatMoney(line.amount_subtotal, currency)}</span>
    ${each !== null && html`<span class="detail">${formatMoney(each, currency)} each</span>`}
  </div>
</li>`;
}

function signed(amount: number, currency: string): string {
  return amount < 0 ? `−${formatMoney(-amount, currency)}` : formatMoney(amount, currency);
}
