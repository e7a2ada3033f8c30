import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import { type CheckoutSession, confirmationOf } from './session.ts';

/** What a customer sees after paying where no page of the shop follows (`after_completion` of a payment link). */
export function confirmation(session: CheckoutSession): Html {
  const { title, text } = wordsFor(session);
  return html`<main class="notice confirmation">
  <span class="test-badge">Sandbox</span>
  <svg class="done" width="48" height="48" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="24"/><path d="m15 24.5 6.5 6.5L34 18" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>
  <h1>${title}</h1>
  <p>${confirmationOf(session)?.custom_message ?? text}</p>
  ${receipt(session)}
</main>`;
}

/** Money that the bank or the shop has still to take is not called paid. */
function wordsFor(session: CheckoutSession): { title: string; text: string } {
  if (session.payment_status === 'paid') {
    return { title: 'Thanks for your payment', text: 'You can close this page.' };
  }
  const waitsForBank = session.payment_intent?.status === 'processing';
  return {
    title: 'Thanks for your order',
    text: waitsForBank
      ? 'Your bank will confirm the payment, which can take a few days. You can close this page.'
      : 'You can close this page.',
  };
}

function receipt(session: CheckoutSession): Html {
  const { currency, total_details: details } = session;
  const { amount_discount = 0, amount_shipping = 0 } = details ?? {};
  const row = (name: Html | string, amount: number, sign = ''): Html =>
    html`<div><dt>${name}</dt><dd>${sign}${formatMoney(amount, currency)}</dd></div>`;
  return html`<dl class="totals receipt">
  ${session.line_items.data.map(({ description, quantity, amount_subtotal: amount }) =>
    row(html`${description ?? 'Item'}${quantity > 1 && html` <small>× ${quantity}</small>`}`, amount),
  )}
  ${amount_discount > 0 && row('Discount', amount_discount, '−')}
  ${session.shipping_cost !== null && row('Shipping', amount_shipping)}
  <div class="total"><dt>Total</dt><dd data-testid="total">${formatMoney(session.amount_total, currency)}</dd></div>
</dl>`;
}
