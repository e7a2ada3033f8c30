import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import { orderLine } from './line.ts';
import type { CheckoutSession, CheckoutTaxRate } from './session.ts';

/**
 * What is bought and what it costs; on a phone the lines fold away and the total stays. Parts that follow a discount,
 * a quantity or another way of shipping are marked `data-live`: the page takes them anew from the server.
 */
export function orderSummary(session: CheckoutSession): Html {
  const { currency } = session;
  const lines = session.line_items.data;
  return html`<p class="due" data-live="due"><span>Total due</span><strong data-testid="total">${formatMoney(session.amount_total, currency)}</strong></p>
<details class="order" open>
<summary data-live="count">Order summary · ${lines.length} ${lines.length === 1 ? 'item' : 'items'}</summary>
<ul class="lines" data-live="lines" tabindex="-1">${lines.map((line) => orderLine(line, { currency, isOnly: lines.length === 1 }))}</ul>
<div class="costs" data-live="costs">
  <dl class="totals">
    ${extras(session)}
    <div class="total"><dt>Total due</dt><dd>${formatMoney(session.amount_total, currency)}</dd></div>
  </dl>
  ${codeField(session)}
</div>
</details>`;
}

function extras(session: CheckoutSession): Html | null {
  const { currency, shipping_options: options, shipping_cost: cost } = session;
  const taxes = taxesByRate(session);
  if (session.discounts.length === 0 && taxes.length === 0 && cost === null) return null;
  const chosen = options.find(({ shipping_rate: rate }) => rate.id === cost?.shipping_rate)?.shipping_rate;
  return html`<div><dt>Subtotal</dt><dd>${formatMoney(session.amount_subtotal, currency)}</dd></div>
  ${discount(session)}
  ${cost && html`<div><dt>Shipping${chosen?.display_name && html` <small>${chosen.display_name}</small>`}</dt><dd>${cost.amount_total === 0 ? 'Free' : formatMoney(cost.amount_total, currency)}</dd></div>`}
  ${taxes.map(
    ({ rate, amount }) =>
      html`<div><dt>${rate.display_name} <small>${rate.percentage}%${rate.inclusive && ' included'}</small></dt><dd>${formatMoney(amount, currency)}</dd></div>`,
  )}`;
}

/** Only what the customer has put in can be taken out again. */
function discount(session: CheckoutSession): Html | null {
  const [given] = session.discounts;
  if (given === undefined) return null;
  const { coupon, promotion_code: code } = given;
  const off = coupon?.percent_off ? `${coupon.percent_off}% off` : null;
  const name = code?.code ?? coupon?.name ?? 'Discount';
  return html`<div class="discount"><dt><span class="tag">${name}${
    session.allow_promotion_codes &&
    html`<button type="button" data-remove-code aria-label="Remove ${name}"><svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true"><path d="m1 1 8 8M9 1 1 9" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/></svg></button>`
  }</span>${off && html` <small>${off}</small>`}</dt><dd>−${formatMoney(session.total_details?.amount_discount ?? 0, session.currency)}</dd></div>`;
}

function codeField(session: CheckoutSession): Html | null {
  if (!session.allow_promotion_codes || session.discounts.length > 0) return null;
  return html`<form class="code field" id="promotion" data-field="promotionCode" novalidate>
  <label for="promotionCode">Promotion code</label>
  <div class="code-line">
    <input id="promotionCode" name="promotionCode" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="100" aria-describedby="promotionCode-error">
    <button class="button" type="submit">Apply</button>
  </div>
  <p class="error" id="promotionCode-error" role="alert"></p>
</form>`;
}

function taxesByRate(session: CheckoutSession): { rate: CheckoutTaxRate; amount: number }[] {
  const sums = new Map<string, { rate: CheckoutTaxRate; amount: number }>();
  for (const { rate, amount } of session.line_items.data.flatMap((line) => line.taxes)) {
    const sum = sums.get(rate.id) ?? { rate, amount: 0 };
    sum.amount += amount;
    sums.set(rate.id, sum);
  }
  return [...sums.values()];
}
