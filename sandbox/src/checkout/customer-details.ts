import type { CheckoutSession } from '../objects.ts';

type CustomerDetails = NonNullable<CheckoutSession['customer_details']>;

/** Stripe keeps every key, with null for what is not known. */
export function customerDetails(given: Partial<CustomerDetails>): CustomerDetails {
  return {
    address: null,
    business_name: null,
    email: null,
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: null,
    ...given,
  };
}
