import { element } from '../shared/dom.ts';
import type { Options } from '../shared/messages.ts';
import { choiceInput, countryInput, fieldOf, labelled, setLabel, textInput } from './labelled.ts';

type TextName =
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'addressLine1'
  | 'addressLine2'
  | 'locality'
  | 'postalCode'
  | 'phone';

export interface AddressInputs extends Record<TextName, HTMLInputElement> {
  country: HTMLSelectElement;
  /** Both stand for the state: a list where the country has one, else a line; one of them is in its place. */
  areaChoice: HTMLSelectElement;
  areaText: HTMLInputElement;
}

export interface AddressParts {
  root: HTMLElement;
  inputs: AddressInputs;
}

/** Builds the fields of an Address Element under the names that other people's browser tests look for. */
export function addressParts(options: Options): AddressParts {
  const scope = options.mode === 'shipping' ? 'shippingAddress' : 'billingAddress';
  const inputs = addressInputs(scope, options);
  const root = element(
    'div',
    { class: 'payment fields address' },
    labelled(options.display?.name === 'organization' ? 'Name or organization' : 'Full name', inputs.name),
    labelled('First name', inputs.firstName),
    labelled('Last name', inputs.lastName),
    labelled('Country or region', inputs.country),
    labelled('Address', inputs.addressLine1),
    labelled('Address line 2', inputs.addressLine2),
    labelled('City', inputs.locality),
    labelled('State', inputs.areaText),
    labelled('ZIP code', inputs.postalCode),
    labelled('Phone number', inputs.phone),
  );
  return { root, inputs };
}

/** Puts the list of states or the line for one in place. */
export function placeArea(
  inputs: AddressInputs,
  label: string,
  choices: Record<string, string> | null,
): void {
  const { areaChoice, areaText } = inputs;
  const present = areaText.closest('[data-field]') ? areaText : areaChoice;
  const wanted = choices ? areaChoice : areaText;
  if (present !== wanted) present.replaceWith(wanted);
  setLabel(wanted, label);
  if (!choices) return;
  const before = areaChoice.value;
  const offered = Object.entries(choices).map(([value, name]) => element('option', { value }, name));
  areaChoice.replaceChildren(element('option', { value: '' }, 'Select'), ...offered);
  areaChoice.value = before in choices ? before : '';
}

export function areaOf({ areaChoice, areaText }: AddressInputs): HTMLSelectElement | HTMLInputElement {
  return areaText.closest('[data-field]') ? areaText : areaChoice;
}

export function showField(input: HTMLElement, on: boolean): void {
  fieldOf(input).hidden = !on;
}

function addressInputs(scope: string, options: Options): AddressInputs {
  const section = options.mode === 'shipping' ? 'shipping' : 'billing';
  const text = (name: string, purpose: string, more: Options = {}): HTMLInputElement =>
    textInput({ scope, name, autocomplete: `${section} ${purpose}`, ...more });
  const area = { scope, name: 'administrativeArea', autocomplete: `${section} address-level1` };
  const country = { scope, name: 'country', autocomplete: `${section} country` };
  const { defaultValues = {}, allowedCountries = null } = options;
  const allowed = allowedCountries?.length ? allowedCountries : null;
  return {
    name: text('name', 'name'),
    firstName: text('firstName', 'given-name'),
    lastName: text('lastName', 'family-name'),
    country: countryInput(country, defaultValues.address?.country ?? 'US', allowed),
    addressLine1: text('addressLine1', 'address-line1', { placeholder: 'Street address' }),
    addressLine2: text('addressLine2', 'address-line2', {
      placeholder: 'Apt., suite, unit number, etc. (optional)',
      required: false,
    }),
    locality: text('locality', 'address-level2'),
    areaChoice: choiceInput(area),
    areaText: textInput(area),
    postalCode: text('postalCode', 'postal-code'),
    phone: text('phone', 'tel', { type: 'tel', inputMode: 'tel' }),
  };
}
