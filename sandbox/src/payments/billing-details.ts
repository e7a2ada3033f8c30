import type { BillingDetails } from '../objects.ts';
import { address, email, wholeAddress } from '../wire/common-parameters.ts';
import type { Values } from '../wire/schema.ts';
import { emptyable, hash, text } from '../wire/schema.ts';

const fields = {
  address: emptyable(address),
  email: emptyable(email()),
  name: emptyable(text()),
  phone: emptyable(text()),
  tax_id: emptyable(text()),
};
export const billingDetailsParameter = hash(fields);
export type BillingDetailsInput = Values<typeof fields>;

/** Stripe keeps every key, with null for what was not given. */
export function billingDetails(given: BillingDetailsInput = {}): BillingDetails {
  return {
    address: wholeAddress(given.address ?? {}) as BillingDetails['address'],
    email: given.email ?? null,
    name: given.name ?? null,
    phone: given.phone ?? null,
    tax_id: given.tax_id ?? null,
  };
}
