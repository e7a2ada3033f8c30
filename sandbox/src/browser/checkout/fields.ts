import { type CardBrand, cardBrand } from '../shared/card.ts';
import { cardFields } from '../shared/card-fields.ts';
import { element } from '../shared/dom.ts';
import { type Field, type FieldSet, fieldSet } from '../shared/fields.ts';
import { addressRules, postalCodeRules } from './address-rules.ts';
import { isPresent, messageOf, rule } from './rule.ts';

/**
 * Gives the fields of the hosted page their formatting and rules, in the order in which they stand there; those of a
 * method not chosen do not count.
 */
export function checkoutFields(form: HTMLFormElement): FieldSet {
  const rules = [
    ...contactRules(form),
    ...rule(form, 'shippingName', {
      message: () => 'Enter the recipient’s name.',
      valid: isPresent,
    }),
    ...addressRules(form, 'shipping'),
    ...cardRules(form),
    ...addressRules(form, 'billing'),
    ...postalCodeRules(form),
    ...debitRules(form),
    ...customRules(form),
    ...rule(form, 'termsOfServiceConsentCheckbox', {
      message: () => 'Accept the terms to go on.',
      valid: isPresent,
    }),
  ];
  return fieldSet(rules, () => {});
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

function contactRules(form: HTMLFormElement): Field[] {
  return [
    ...rule(form, 'email', {
      code: 'incomplete_email',
      message: () => 'Enter an email address, such as ada@example.com.',
      valid: (text) => /^\S+@\S+\.\S+$/.test(text),
    }),
    ...rule(form, 'phoneNumber', {
      code: 'incomplete_phone_number',
      message: () => 'Enter a phone number.',
      valid: (text) => /^\+?[\d\s().-]{6,}$/.test(text),
    }),
  ];
}

function cardRules(form: HTMLFormElement): Field[] {
  const find = (id: string) => form.querySelector<HTMLInputElement>(`#${id}`);
  const number = find('cardNumber');
  const brands = form.querySelector('#brands');
  const card = cardFields(
    { number, expiry: find('cardExpiry'), cvc: find('cardCvc') },
    {
      messageOf,
      brand: () => cardBrand(number?.value ?? ''),
      brandChanged: (next) => brands && showBrands(brands, next),
    },
  );
  if (brands) showBrands(brands, 'unknown');
  return [
    ...card.map(onlyWhileShown),
    ...rule(form, 'billingName', {
      code: 'incomplete_name',
      message: () => 'Enter the name on the card.',
      valid: isPresent,
    }),
  ];
}

function debitRules(form: HTMLFormElement): Field[] {
  return [
    ...rule(form, 'accountHolder', {
      code: 'incomplete_name',
      message: () => 'Enter the name of the account holder.',
      valid: isPresent,
    }),
    ...rule(form, 'iban', {
      code: 'incomplete_iban',
      message: () => 'Your IBAN is incomplete.',
      valid: (text) => text.length > 14,
    }),
  ];
}

/** The shop's own fields; their finer rules are the server's. */
function customRules(form: HTMLFormElement): Field[] {
  const inputs = [...form.querySelectorAll<HTMLElement>('[id^="customField-"]:not([id$="-error"])')];
  return inputs.flatMap(({ id }) => {
    const name = form.querySelector(`label[for="${id}"]`)?.textContent ?? '';
    return rule(form, id, {
      message: () => `Fill in “${name}”.`,
      valid: (text) => name.endsWith('(optional)') || isPresent(text),
    });
  });
}

function onlyWhileShown(field: Field): Field {
  return { ...field, check: () => (field.input.closest('[hidden]') ? null : field.check()) };
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
