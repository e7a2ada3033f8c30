import { element } from '../shared/dom.ts';
import type { Options } from '../shared/messages.ts';
import { brandPicture } from './brand-picture.ts';
import { countryInput, labelled, textInput } from './labelled.ts';

export type PaymentInputs = Record<'number' | 'expiry' | 'cvc' | 'postalCode', HTMLInputElement> & {
  country: HTMLSelectElement;
};

export interface PaymentParts {
  inputs: PaymentInputs;
  body: HTMLElement;
  brands: HTMLElement;
}

const scope = 'payment';

/** Builds the fields of the Payment Element under the names and ids that other people's browser tests look for. */
export function paymentParts(options: Options): PaymentParts {
  const address = options.defaultValues?.billingDetails?.address ?? {};
  const number = cardInput('number', 'cc-number', '1234 1234 1234 1234');
  const expiry = cardInput('expiry', 'cc-exp', 'MM / YY');
  const cvc = cardInput('cvc', 'cc-csc', 'CVC');
  const postalCode = cardInput('postalCode', 'billing postal-code', '');
  postalCode.autocapitalize = 'characters';
  postalCode.value = address.postal_code ?? '';
  const choice = { scope, name: 'country', autocomplete: 'billing country' };
  const country = countryInput(choice, address.country ?? 'US', null);
  const brands = brandPicture();
  const body = element(
    'div',
    { class: 'fields', id: 'payment-fields' },
    labelled('Card number', number, brands),
    labelled('Expiration date', expiry),
    labelled('Security code', cvc),
    labelled('Country', country),
    labelled('ZIP code', postalCode),
  );
  return { inputs: { number, expiry, cvc, country, postalCode }, body, brands };
}

function cardInput(name: string, autocomplete: string, placeholder: string): HTMLInputElement {
  return textInput({ scope, name, autocomplete, placeholder, inputMode: 'numeric' });
}
