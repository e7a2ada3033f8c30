import { normalizeAddress } from '@paydesk/contract/address';
import type { Address, Contact, Order } from '@paydesk/contract/orders';
import { addressOf, type CheckoutValues } from './checkout-values.ts';
import type { BillingDetails } from './confirm-card.ts';

/** The card holder's details as Stripe wants them, from the fields of the checkout. */
export function billingOfValues(values: CheckoutValues): BillingDetails {
  const address = normalizeAddress(addressOf(values, values.billing_same ? '' : 'billing_'));
  const contact = {
    firstName: values.first_name.trim(),
    lastName: values.last_name.trim(),
    email: values.email.trim(),
  };
  return toBillingDetails({ ...contact, phone: values.phone.trim() }, address);
}

/** The same from an order that stands already: its delivery address is the best guess there is. */
export function billingOfOrder({ contact, shippingAddress }: Order): BillingDetails {
  return toBillingDetails(contact, shippingAddress);
}

function toBillingDetails(contact: Contact, address: Address): BillingDetails {
  return {
    name: `${contact.firstName} ${contact.lastName}`,
    email: contact.email,
    phone: contact.phone ?? '',
    address: {
      line1: address.line1,
      line2: address.line2 ?? '',
      city: address.city ?? '',
      state: address.state ?? '',
      postal_code: address.postalCode ?? '',
      country: address.country,
    },
  };
}
