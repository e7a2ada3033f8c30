import { cardParams } from '../shared/card-fields.ts';
import { asksPostalCode } from '../shared/countries.ts';

/** What the customer typed, as `/v1/payment_methods` takes it. */
export function readMethod(form: HTMLFormElement, type: string): Record<string, unknown> {
  const value = (name: string): string =>
    (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null)?.value.trim() ?? '';
  const email = value('email');
  if (type === 'sepa_debit') {
    const iban = value('iban').replaceAll(' ', '');
    return { type, sepa_debit: { iban }, billing_details: { email, name: value('accountHolder') } };
  }
  const country = value('billingCountry');
  const postalCode = asksPostalCode(country) ? { postal_code: value('billingPostalCode') } : {};
  return {
    type,
    card: cardParams(value('cardNumber'), value('cardExpiry'), value('cardCvc')),
    billing_details: { email, name: value('billingName'), address: { country, ...postalCode } },
  };
}
