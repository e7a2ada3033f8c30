import { type Html, html } from '../html.ts';
import { pagePublishableKey } from '../keys.ts';
import { formatMoney } from '../money.ts';
import { countries } from '../shared/countries.ts';
import { type CheckoutSession, successAddress } from './session.ts';

/** The names, ids and test ids of fields are those of Stripe's own page: other people's browser tests look for them. */
export function checkoutForm(session: CheckoutSession): Html {
  const amount = formatMoney(session.amount_total, session.currency);
  const email = session.customer_email ?? session.customer_details?.email ?? '';
  return html`<form
  id="checkout"
  novalidate
  data-session="${session.id}"
  data-key="${pagePublishableKey}"
  data-amount="${session.amount_total}"
  data-success-url="${successAddress(session)}"
>
  <h1 class="visually-hidden">Pay ${amount}</h1>
  <h2>Contact</h2>
  ${
    session.customer_email
      ? html`<p class="fixed-email"><span>Email</span><strong>${email}</strong><input type="hidden" name="email" value="${email}"></p>`
      : field(
          'email',
          'Email',
          html`<input id="email" name="email" type="email" inputmode="email" autocomplete="email" spellcheck="false" autocapitalize="none" value="${email}" aria-describedby="email-error">`,
        )
  }
  <h2 id="method-heading">Payment method</h2>
  <div class="methods" role="${session.payment_method_types.length > 1 ? 'radiogroup' : 'group'}" aria-labelledby="method-heading">
    ${methods(session).map((type) => (type === 'card' ? cardMethod(session) : delayedMethod(type)))}
  </div>
  <p class="problem" id="problem" role="alert" tabindex="-1"></p>
  <button class="button primary pay" type="submit" data-testid="hosted-payment-submit-button" data-label="Pay ${amount}">Pay ${amount}</button>
  <noscript><p class="problem">This page needs JavaScript to take a payment.</p></noscript>
  <p class="visually-hidden" id="announcement" role="status"></p>
</form>`;
}

function methods(session: CheckoutSession): string[] {
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
  if (methods(session).length < 2) return html`<span class="method-name">${name}</span>`;
  const id = `method-${type}`;
  return html`<input type="radio" name="method" id="${id}" value="${type}" ${type === 'card' ? html`checked` : null}>
    <label class="method-name" for="${id}">${name}</label>`;
}

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
    ${field('billingCountry', 'Country or region', html`<select id="billingCountry" name="billingCountry" autocomplete="billing country">${countries().map(({ code, name }) => html`<option value="${code}" ${code === 'US' ? html`selected` : null}>${name}</option>`)}</select>`)}
    ${field('billingPostalCode', 'ZIP code', html`<input id="billingPostalCode" name="billingPostalCode" type="text" autocomplete="billing postal-code" autocapitalize="characters" spellcheck="false" aria-describedby="billingPostalCode-error">`)}
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

function field(name: string, label: string, input: Html, width: 'full' | 'half' = 'full'): Html {
  return html`<div class="field ${width}" data-field="${name}">
  <label for="${name}">${label}</label>
  <div class="control">${input}</div>
  <p class="error" id="${name}-error" aria-live="polite"></p>
</div>`;
}
