import { type Html, html } from '../html.ts';
import { pagePublishableKey } from '../keys.ts';
import { formatMoney } from '../money.ts';
import { contact, customFields, note, shippingAddress, shippingMethods, terms } from './collected.ts';
import { paymentMethods } from './methods.ts';
import { type CheckoutSession, successAddress } from './session.ts';
import { setupAgreement, setupDone, setupLabel } from './setup.ts';

/** The names, ids and test ids of fields are those of Stripe's own page: other people's browser tests look for them. */
export function checkoutForm(session: CheckoutSession): Html {
  const label = submitLabel(session);
  const isSetup = session.mode === 'setup';
  return html`<form
  id="checkout"
  novalidate
  data-session="${session.id}"
  data-key="${pagePublishableKey}"
  data-amount="${session.amount_total}"
  data-done="${isSetup ? setupDone(session) : 'Payment complete'}"
  data-success-url="${successAddress(session)}"
>
  <h1 class="visually-hidden" data-live="heading">${label}</h1>
  ${contact(session)}
  ${shippingAddress(session)}
  ${shippingMethods(session)}
  ${paymentMethods(session)}
  ${customFields(session)}
  ${terms(session)}
  <p class="problem" id="problem" role="alert" tabindex="-1"></p>
  ${isSetup && setupAgreement(session)}
  ${note(session.custom_text.submit)}
  <button class="button primary pay" type="submit" data-testid="hosted-payment-submit-button" data-label="${label}">${label}</button>
  ${note(session.custom_text.after_submit)}
  <noscript><p class="problem">This page needs JavaScript.</p></noscript>
  <p class="visually-hidden" id="announcement" role="status"></p>
</form>`;
}

function submitLabel(session: CheckoutSession): string {
  if (session.mode === 'setup') return setupLabel(session);
  if (session.amount_total === 0) return 'Complete order';
  const verbs: Record<string, string> = { book: 'Book', donate: 'Donate' };
  const verb = verbs[session.submit_type ?? ''] ?? 'Pay';
  return `${verb} ${formatMoney(session.amount_total, session.currency)}`;
}
