import { type Html, html } from '../html.ts';
import { type CheckoutSession, shopName } from './session.ts';

/** What the page says where nothing is sold: the customer leaves a card for later. */
export function setupSummary(session: CheckoutSession): Html {
  return html`<div class="purpose">
  <p class="purpose-title">${offersCardsOnly(session) ? 'Save a card' : 'Save a payment method'}</p>
  <p>For future payments to ${shopName(session)}. You pay nothing now.</p>
</div>`;
}

export function setupLabel(session: CheckoutSession): string {
  return offersCardsOnly(session) ? 'Save card' : 'Save payment method';
}

/** What the button is to say, and the page afterwards, once it is saved. */
export function setupDone(session: CheckoutSession): string {
  return offersCardsOnly(session) ? 'Card saved' : 'Payment method saved';
}

/** Stripe too has the customer agree that the shop may use it without them; the words are ours. */
export function setupAgreement(session: CheckoutSession): Html {
  const it = offersCardsOnly(session) ? 'card' : 'payment method';
  return html`<p class="note">By saving it, you allow ${shopName(session)} to charge this ${it} for future payments.</p>`;
}

function offersCardsOnly({ payment_method_types: types }: CheckoutSession): boolean {
  return types.every((type) => type === 'card');
}
