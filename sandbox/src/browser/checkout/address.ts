import { type Html, html } from '../html.ts';
import { countries } from '../shared/countries.ts';
import { field, textInput } from './field.ts';

/** The fields of an address. Which of them a country has, and what they are called, is settled in the browser. */
export function addressFields(prefix: 'shipping' | 'billing', allowed: string[] | null): Html {
  const group = `${prefix} `;
  return html`${countryField(prefix, allowed)}
  ${field(`${prefix}AddressLine1`, 'Address', textInput(`${prefix}AddressLine1`, { autocomplete: `${group}address-line1` }))}
  ${field(`${prefix}AddressLine2`, 'Apartment, floor (optional)', textInput(`${prefix}AddressLine2`, { autocomplete: `${group}address-line2` }))}
  ${field(`${prefix}Locality`, 'City', textInput(`${prefix}Locality`, { autocomplete: `${group}address-level2` }), 'half')}
  ${postalCodeField(prefix, 'half')}
  ${field(
    `${prefix}AdministrativeArea`,
    'State',
    html`<input id="${prefix}AdministrativeArea" name="${prefix}AdministrativeArea" type="text" list="${prefix}Areas" autocomplete="${group}address-level1" spellcheck="false" aria-describedby="${prefix}AdministrativeArea-error"><datalist id="${prefix}Areas"></datalist>`,
  )}`;
}

export function countryField(prefix: 'shipping' | 'billing', allowed: string[] | null): Html {
  const name = `${prefix}Country`;
  const choices = countries().filter(({ code }) => allowed?.includes(code) ?? true);
  const first = choices.some(({ code }) => code === 'US') ? 'US' : choices[0]?.code;
  return field(
    name,
    'Country or region',
    html`<select id="${name}" name="${name}" autocomplete="${prefix} country">${choices.map(({ code, name: label }) => html`<option value="${code}" ${code === first ? html`selected` : null}>${label}</option>`)}</select>`,
  );
}

export function postalCodeField(prefix: 'shipping' | 'billing', width: 'full' | 'half' = 'full'): Html {
  const name = `${prefix}PostalCode`;
  return field(
    name,
    'ZIP code',
    html`<input id="${name}" name="${name}" type="text" autocomplete="${prefix} postal-code" autocapitalize="characters" spellcheck="false" aria-describedby="${name}-error">`,
    width,
  );
}
