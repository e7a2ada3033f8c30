import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import { addressFields } from './address.ts';
import { field, textInput } from './field.ts';
import { type CheckoutField, type CheckoutSession, type EstimateBound, shopName } from './session.ts';

/** Who buys: the e-mail address, fixed where the shop gave it, and a telephone number where the shop asks for it. */
export function contact(session: CheckoutSession): Html {
  const email = session.customer_email ?? session.customer_details?.email ?? '';
  return html`<h2>Contact</h2>
  <div class="group">
  ${
    session.customer_email
      ? html`<p class="fixed-email"><span>Email</span><strong>${email}</strong><input type="hidden" name="email" value="${email}"></p>`
      : field(
          'email',
          'Email',
          html`<input id="email" name="email" type="email" inputmode="email" autocomplete="email" spellcheck="false" autocapitalize="none" value="${email}" aria-describedby="email-error">`,
        )
  }
  ${session.phone_number_collection?.enabled && field('phoneNumber', 'Phone number', textInput('phoneNumber', { type: 'tel', inputmode: 'tel', autocomplete: 'tel' }))}
  </div>`;
}

export function shippingAddress(session: CheckoutSession): Html | null {
  const { shipping_address_collection: asked } = session;
  if (asked === null) return null;
  return html`<h2>Shipping address</h2>
  ${note(session.custom_text.shipping_address)}
  <div class="group">
    ${field('shippingName', 'Full name', textInput('shippingName', { autocomplete: 'shipping name' }))}
    ${addressFields('shipping', asked.allowed_countries)}
  </div>`;
}

export function shippingMethods(session: CheckoutSession): Html | null {
  if (session.shipping_options.length === 0) return null;
  return html`<h2 id="shipping-heading">Shipping method</h2>
  <div class="methods" role="radiogroup" aria-labelledby="shipping-heading">
    ${session.shipping_options.map(({ shipping_amount: amount, shipping_rate: rate }) => {
      const estimate = deliveryEstimate(rate.delivery_estimate);
      return html`<label class="method option">
      <input type="radio" name="shippingRate" value="${rate.id}" ${rate.id === session.shipping_cost?.shipping_rate && html`checked`}>
      <span><span class="method-name">${rate.display_name}</span>${estimate && html`<span class="detail">${estimate}</span>`}</span>
      <span class="price">${amount === 0 ? 'Free' : formatMoney(amount, session.currency)}</span>
    </label>`;
    })}
  </div>`;
}

/** "3–5 business days", "At least 2 weeks". */
function deliveryEstimate(
  estimate: { minimum: EstimateBound | null; maximum: EstimateBound | null } | null,
): string | null {
  const { minimum, maximum } = estimate ?? {};
  const written = ({ unit, value }: EstimateBound): string =>
    `${value} ${unit.replace('_', ' ')}${value === 1 ? '' : 's'}`;
  if (minimum && maximum) {
    if (minimum.unit !== maximum.unit) return `${written(minimum)} to ${written(maximum)}`;
    return minimum.value === maximum.value ? written(maximum) : `${minimum.value}–${written(maximum)}`;
  }
  if (minimum) return `At least ${written(minimum)}`;
  return maximum ? `Up to ${written(maximum)}` : null;
}

export function customFields(session: CheckoutSession): Html | null {
  if (session.custom_fields.length === 0) return null;
  return html`<h2>Additional information</h2><div class="group">${session.custom_fields.map(customField)}</div>`;
}

export function terms(session: CheckoutSession): Html | null {
  if (session.consent_collection?.terms_of_service !== 'required') return null;
  const name = 'termsOfServiceConsentCheckbox';
  const text =
    session.custom_text.terms_of_service_acceptance?.message ??
    `I agree to the terms of service of ${shopName(session)}.`;
  return html`<div class="field consent" data-field="${name}">
  <label><input type="checkbox" id="${name}" name="${name}" value="" aria-describedby="${name}-error"><span>${text}</span></label>
  <p class="error" id="${name}-error" aria-live="polite"></p>
</div>`;
}

/** Words of the shop. */
export function note(text: { message: string } | null): Html | null {
  return text && html`<p class="note">${text.message}</p>`;
}

function customField(asked: CheckoutField): Html {
  const name = `customField-${asked.key}`;
  const label = `${asked.label.custom ?? asked.key}${asked.optional ? ' (optional)' : ''}`;
  const { default_value: value } = asked.dropdown ?? asked.numeric ?? asked.text!;
  if (asked.dropdown === undefined) {
    const traits = {
      autocomplete: 'off',
      value: value ?? '',
      maxlength: (asked.numeric ?? asked.text)!.maximum_length,
    };
    const inputmode = asked.type === 'numeric' ? { inputmode: 'numeric' } : {};
    return field(name, label, textInput(name, { ...traits, ...inputmode }));
  }
  const options = asked.dropdown.options.map(
    (option) =>
      html`<option value="${option.value}" ${option.value === value && html`selected`}>${option.label}</option>`,
  );
  return field(
    name,
    label,
    html`<select id="${name}" name="${name}" aria-describedby="${name}-error"><option value="">Select…</option>${options}</select>`,
  );
}
