/** Making customers, for the API and for Checkout Sessions. */
import type { Customer } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { save, type Turn } from '../world.ts';

export const NO_INVOICE_SETTINGS: Customer['invoice_settings'] = {
  custom_fields: null,
  default_payment_method: null,
  footer: null,
  rendering_options: null,
};

export function createCustomer(turn: Turn, given: Partial<Customer>): Customer {
  const { ids, store } = turn.world;
  const customer: Customer = {
    id: ids.short('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: turn.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: ids.characters(8).toUpperCase(),
    invoice_settings: NO_INVOICE_SETTINGS,
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
    ...given,
  };
  save(turn, store.customers, customer, 'created');
  emit(turn, 'customer.created', customer);
  return customer;
}
