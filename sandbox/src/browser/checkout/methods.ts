import { type Html, html } from '../html.ts';
import { addressFields, countryField, postalCodeField } from './address.ts';
import { field } from './field.ts';
import type { CheckoutSession } from './session.ts';

/** How to pay: a card, and where the session offers one, a method whose bank answers later. */
export function paymentMethods(session: CheckoutSession): Html {
  const types = offered(session);
  return html`<section id="payment-method" ${session.amount_total === 0 && html`hidden`}>
  <h2 id="method-heading">Payment method</h2>
  <div class="methods" role="${session.payment_method_types.length > 1 ? 'radiogroup' : 'group'}" aria-labelledby="method-heading">
    ${types.map((type) => (type === 'card' ? cardMethod(session) : delayedMethod(type)))}
  </div>
</section>`;
}

function offered(session: CheckoutSession): string[] {
  return session.payment_method_types.filter((type) => type === 'card' || type in delayedMethods);
}

/** Methods whose bank answers days later; in the sandbox seconds. */
const delayedMethods: Record<string, { name: string; hint: string }> = {
  sepa_debit: {
    name: 'SEPA Direct Debit',
    hint: 'Your bank confirms later. Test account: AT611904300234573201',
  },
};

function chooser(session: CheckoutSession, type: string, name: string): Html {
  if (offered(session).length < 2) return html`<span class="method-name">${name}</span>`;
  const id = `method-${type}`;
  return html`<input type="radio" name="method" id="${id}" value="${type}" ${type === 'card' ? html`checked` : null}>
    <label class="method-name" for="${id}">${name}</label>`;
}

/** The names, ids and test ids are those of Stripe's own page: other people's browser tests look for them. */
function cardMethod(session: CheckoutSession): Html {
  return html`<div class="method" data-method="card">
  <div class="method-head" data-testid="card-accordion-item">
    <img src="/assets/brands/unknown.svg" alt="" width="30" height="20">${chooser(session, 'card', 'Card')}
  </div>
  <div class="method-body">
    ${field('cardNumber', 'Card number', html`<input id="cardNumber" name="cardNumber" type="text" inputmode="numeric" autocomplete="cc-number" placeholder="1234 1234 1234 1234" spellcheck="false" aria-describedby="cardNumber-error"><span class="brands" id="brands"></span>`)}
    ${field('cardExpiry', 'Expiration date', html`<input id="cardExpiry" name="cardExpiry" type="text" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" aria-describedby="cardExpiry-error">`, 'half')}
    ${field('cardCvc', 'CVC', html`<input id="cardCvc" name="cardCvc" type="text" inputmode="numeric" autocomplete="cc-csc" placeholder="CVC" aria-describedby="cardCvc-error">`, 'half')}
    ${field('billingName', 'Cardholder name', html`<input id="billingName" name="billingName" type="text" autocomplete="cc-name" spellcheck="false" placeholder="Full name on card" aria-describedby="billingName-error">`)}
    ${
      session.billing_address_collection === 'required'
        ? addressFields('billing', null)
        : html`${countryField('billing', null)}${postalCodeField('billing')}`
    }
  </div>
</div>`;
}

function delayedMethod(type: string): Html {
  const { name, hint } = delayedMethods[type]!;
  const id = `method-${type}`;
  return html`<div class="method" data-method="${type}">
  <div class="method-head" data-testid="${type}-accordion-item">
    <input type="radio" name="method" id="${id}" value="${type}"><label class="method-name" for="${id}">${name}</label>
  </div>
  <div class="method-body" hidden>
    <p class="hint">${hint}</p>
    ${field('accountHolder', 'Account holder', html`<input id="accountHolder" name="accountHolder" type="text" autocomplete="name" spellcheck="false" aria-describedby="accountHolder-error">`)}
    ${field('iban', 'IBAN', html`<input id="iban" name="iban" type="text" autocapitalize="characters" spellcheck="false" autocomplete="off" aria-describedby="iban-error">`)}
  </div>
</div>`;
}
