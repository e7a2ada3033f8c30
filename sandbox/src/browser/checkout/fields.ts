import { type CardBrand, cardBrand } from '../shared/card.ts';
import { cardFields } from '../shared/card-fields.ts';
import { asksPostalCode, isPostalCode, postalCodeLabel } from '../shared/countries.ts';
import { element } from '../shared/dom.ts';
import { type Field, type FieldSet, fieldSet } from '../shared/fields.ts';

/** Gives the fields of the hosted page their formatting and rules; those of a method not chosen do not count. */
export function checkoutFields(form: HTMLFormElement): FieldSet {
  const find = (name: string) => form.querySelector<HTMLInputElement>(`#${idOfField(name)}`);
  const country = form.querySelector<HTMLSelectElement>('#billingCountry');
  const number = find('number');
  const brand = (): CardBrand => cardBrand(number?.value ?? '');
  const brands = form.querySelector('#brands');
  const card = cardFields(
    { number, expiry: find('expiry'), cvc: find('cvc') },
    { messageOf, brand, brandChanged: (next) => brands && showBrands(brands, next) },
  );
  const rules = [
    rule(
      find('email'),
      'email',
      'incomplete_email',
      () => 'Enter an email address, such as ada@example.com.',
      isEmail,
    ),
    ...card,
    rule(
      find('billingName'),
      'billingName',
      'incomplete_name',
      () => 'Enter the name on the card.',
      isPresent,
    ),
    rule(
      find('postalCode'),
      'postalCode',
      'incomplete_zip',
      () => `Your ${postalCodeLabel(country!.value)} is incomplete.`,
      (text) => isPostalCode(country!.value, text),
    ),
    rule(
      find('accountHolder'),
      'accountHolder',
      'incomplete_name',
      () => 'Enter the name of the account holder.',
      isPresent,
    ),
    rule(
      find('iban'),
      'iban',
      'incomplete_iban',
      () => 'Your IBAN is incomplete.',
      (text) => text.length > 14,
    ),
  ];
  if (brands) showBrands(brands, 'unknown');
  if (country) followCountry(country, find('postalCode')!);
  return fieldSet(rules.filter((field) => field !== null).map(onlyWhileShown), () => {});
}

export function idOfField(field: string): string {
  const ids: Record<string, string> = {
    number: 'cardNumber',
    expiry: 'cardExpiry',
    cvc: 'cardCvc',
    postalCode: 'billingPostalCode',
  };
  return ids[field] ?? field;
}

function rule(
  input: HTMLInputElement | null,
  name: string,
  code: string,
  message: () => string,
  valid: (text: string) => boolean,
): Field | null {
  if (!input || input.type === 'hidden') return null;
  const check = () => (valid(input.value.trim()) ? null : { code, message: message() });
  return { name, input, message: messageOf(input), check, final: () => false };
}

function onlyWhileShown(field: Field): Field {
  return { ...field, check: () => (field.input.closest('[hidden]') ? null : field.check()) };
}

function messageOf(input: HTMLElement): HTMLElement | null {
  return document.getElementById(input.getAttribute('aria-describedby') ?? '');
}

function isEmail(text: string): boolean {
  return /^\S+@\S+\.\S+$/.test(text);
}

function isPresent(text: string): boolean {
  return text !== '';
}

function showBrands(place: Element, brand: CardBrand): void {
  const shown = brand === 'unknown' ? ['visa', 'mastercard', 'amex'] : [brand];
  const picture = (name: string) =>
    element('img', {
      src: `/assets/brands/${name}.svg`,
      alt: brand === 'unknown' ? '' : name,
      width: '30',
      height: '20',
    });
  place.replaceChildren(...shown.map(picture));
}

function followCountry(country: HTMLSelectElement, postalCode: HTMLInputElement): void {
  const place = postalCode.closest<HTMLElement>('[data-field]')!;
  const follow = (): void => {
    place.hidden = !asksPostalCode(country.value);
    place.querySelector('label')!.textContent = postalCodeLabel(country.value);
  };
  country.addEventListener('change', follow);
  follow();
}
