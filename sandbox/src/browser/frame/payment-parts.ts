import { countries } from '../shared/countries.ts';
import { element } from '../shared/dom.ts';
import type { Options } from '../shared/messages.ts';
import { brandPicture } from './brand-picture.ts';

export type PaymentInputs = Record<'number' | 'expiry' | 'cvc' | 'postalCode', HTMLInputElement> & {
  country: HTMLSelectElement;
};

export interface PaymentParts {
  inputs: PaymentInputs;
  body: HTMLElement;
  brands: HTMLElement;
}

/** Builds the fields of the Payment Element under the names and ids that other people's browser tests look for. */
export function paymentParts(options: Options): PaymentParts {
  const address = options.defaultValues?.billingDetails?.address ?? {};
  const number = textInput('number', 'cc-number', '1234 1234 1234 1234');
  const expiry = textInput('expiry', 'cc-exp', 'MM / YY');
  const cvc = textInput('cvc', 'cc-csc', 'CVC');
  const postalCode = textInput('postalCode', 'billing postal-code', '');
  postalCode.value = address.postal_code ?? '';
  const country = countrySelect(address.country ?? 'US');
  const brands = brandPicture();
  const body = element(
    'div',
    { class: 'fields', id: 'payment-fields' },
    labelled('number', 'Card number', number, brands),
    labelled('expiry', 'Expiration date', expiry),
    labelled('cvc', 'Security code', cvc),
    labelled('country', 'Country', country),
    labelled('postalCode', 'ZIP code', postalCode),
  );
  return { inputs: { number, expiry, cvc, country, postalCode }, body, brands };
}

function textInput(name: string, autocomplete: string, placeholder: string): HTMLInputElement {
  return element('input', {
    id: `payment-${name}Input`,
    class: 'Input',
    name,
    type: 'text',
    inputmode: 'numeric',
    autocomplete,
    placeholder,
    spellcheck: 'false',
    autocapitalize: 'characters',
    'aria-describedby': `payment-${name}Error`,
    'aria-invalid': 'false',
    'aria-required': 'true',
  });
}

function countrySelect(chosen: string): HTMLSelectElement {
  const select = element('select', {
    id: 'payment-countryInput',
    class: 'Input',
    name: 'country',
    autocomplete: 'billing country',
  });
  for (const { code, name } of countries()) select.append(element('option', { value: code }, name));
  select.value = chosen;
  return select;
}

function labelled(name: string, text: string, input: HTMLElement, extra?: HTMLElement): HTMLElement {
  return element(
    'div',
    { class: 'field', 'data-field': name },
    element('label', { class: 'Label', for: input.id }, text),
    element('div', { class: 'control' }, input, ...(extra ? [extra] : [])),
    element('p', { class: 'Error', id: `payment-${name}Error`, 'aria-live': 'polite' }),
  );
}
