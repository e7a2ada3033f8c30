import { addressFormat, isAddressPostalCode } from '../shared/address-format.ts';
import { asksPostalCode, isPostalCode, postalCodeLabel } from '../shared/countries.ts';
import { element } from '../shared/dom.ts';
import type { Field } from '../shared/fields.ts';
import { isPresent, rule } from './rule.ts';

/** The rules of a whole address; its fields follow the chosen country. */
export function addressRules(form: HTMLFormElement, prefix: 'shipping' | 'billing'): Field[] {
  const country = form.querySelector<HTMLSelectElement>(`#${prefix}Country`);
  if (!country || !form.querySelector(`#${prefix}AddressLine1`)) return [];
  const format = () => addressFormat(country.value);
  const follow = (): void => {
    const { locality, administrativeArea: area, postalCode } = format();
    label(form, `${prefix}Locality`, locality);
    label(form, `${prefix}PostalCode`, postalCode);
    label(form, `${prefix}AdministrativeArea`, area?.label ?? null);
    offerAreas(form, prefix, area?.choices ?? {});
  };
  country.addEventListener('change', follow);
  follow();
  return [
    ...rule(form, `${prefix}AddressLine1`, {
      message: () => 'Enter a street and a house number.',
      valid: isPresent,
    }),
    ...rule(form, `${prefix}Locality`, {
      message: () => `Enter a ${format().locality.toLowerCase()}.`,
      valid: isPresent,
    }),
    ...rule(form, `${prefix}PostalCode`, {
      name: prefix === 'billing' ? 'postalCode' : 'shippingPostalCode',
      message: () => `Your ${format().postalCode} is incomplete.`,
      valid: (text) => isAddressPostalCode(country.value, text),
    }),
    ...rule(form, `${prefix}AdministrativeArea`, {
      message: () => `Enter a ${format().administrativeArea?.label.toLowerCase()}.`,
      valid: (text) => !format().administrativeArea?.required || isPresent(text),
    }),
  ];
}

/** A list to choose from, where the country has one; its codes are what letters carry. */
function offerAreas(form: HTMLFormElement, prefix: string, choices: Record<string, string>): void {
  const options = Object.entries(choices).map(([value, text]) => element('option', { value }, text));
  form.querySelector(`#${prefix}Areas`)!.replaceChildren(...options);
  const input = form.querySelector(`#${prefix}AdministrativeArea`)!;
  if (options.length > 0) input.setAttribute('list', `${prefix}Areas`);
  else input.removeAttribute('list');
}

/** Only the postal code, in the countries whose banks check it. */
export function postalCodeRules(form: HTMLFormElement): Field[] {
  const country = form.querySelector<HTMLSelectElement>('#billingCountry');
  if (!country || form.querySelector('#billingAddressLine1')) return [];
  const follow = (): void => {
    const name = asksPostalCode(country.value) ? postalCodeLabel(country.value) : null;
    label(form, 'billingPostalCode', name);
  };
  country.addEventListener('change', follow);
  follow();
  return rule(form, 'billingPostalCode', {
    name: 'postalCode',
    code: 'incomplete_zip',
    message: () => `Your ${postalCodeLabel(country.value)} is incomplete.`,
    valid: (text) => isPostalCode(country.value, text),
  });
}

/** Names the field, or hides it where a country has none. */
function label(form: HTMLFormElement, id: string, text: string | null): void {
  const place = form.querySelector<HTMLElement>(`[data-field="${id}"]`)!;
  place.hidden = text === null;
  if (text !== null) place.querySelector('label')!.textContent = text;
}
