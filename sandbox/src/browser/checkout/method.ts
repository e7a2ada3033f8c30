import { cardParams } from '../shared/card-fields.ts';
import { asksPostalCode } from '../shared/countries.ts';
import { readAddress, typed } from './entered.ts';

/** What the customer typed, as `/v1/payment_methods` takes it. */
export function readMethod(form: HTMLFormElement, type: string): Record<string, unknown> {
  const email = typed(form, 'email');
  if (type === 'sepa_debit') {
    const iban = typed(form, 'iban').replaceAll(' ', '');
    return {
      type,
      sepa_debit: { iban },
      billing_details: { email, name: typed(form, 'accountHolder') },
    };
  }
  return {
    type,
    card: cardParams(typed(form, 'cardNumber'), typed(form, 'cardExpiry'), typed(form, 'cardCvc')),
    billing_details: { email, name: typed(form, 'billingName'), address: billingAddress(form) },
  };
}

function billingAddress(form: HTMLFormElement): Record<string, unknown> {
  if (form.querySelector('#billingAddressLine1')) return readAddress(form, 'billing');
  const country = typed(form, 'billingCountry');
  const postalCode = asksPostalCode(country) ? { postal_code: typed(form, 'billingPostalCode') } : {};
  return { country, ...postalCode };
}
