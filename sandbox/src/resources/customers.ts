/** `/v1/customers` (docs.stripe.com/api/customers). */
import type { Customer } from '../objects.ts';
import { createCustomer } from '../payments/customer.ts';
import { attach, detach, findPaymentMethod } from '../payments/payment-method.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import {
  address,
  email,
  expand,
  mergeMetadata,
  metadata,
  pagination,
  shipping,
  timeRange,
  wholeAddress,
} from '../wire/common-parameters.ts';
import { missingResource } from '../wire/errors.ts';
import { isWithin, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { arrayOf, emptyable, integer, oneOf, text, unbuilt } from '../wire/schema.ts';
import { remove, save } from '../world.ts';
import { wholeShipping } from './references.ts';

const properties = {
  address: emptyable(address),
  balance: unbuilt(),
  business_name: unbuilt(),
  cash_balance: unbuilt(),
  description: emptyable(text()),
  email: emptyable(email(512)),
  expand,
  individual_name: unbuilt(),
  invoice_prefix: unbuilt(),
  invoice_settings: unbuilt(),
  metadata: metadata(),
  name: emptyable(text(256)),
  next_invoice_sequence: integer(1),
  phone: emptyable(text(40)),
  preferred_locales: arrayOf(text(20)),
  shipping: emptyable(shipping),
  source: unbuilt(),
  tax: unbuilt(),
  tax_exempt: oneOf('exempt', 'none', 'reverse'),
};
type Properties = Values<typeof properties>;

export const customerRoutes: Route[] = [
  route('POST', '/v1/customers', {
    fields: { ...properties, payment_method: text(), tax_id_data: unbuilt(), test_clock: unbuilt() },
    handle({ turn, params }) {
      const given = changes(params);
      const method =
        params.payment_method === undefined
          ? null
          : findPaymentMethod(turn, params.payment_method, 'payment_method');
      const customer = createCustomer(turn, given);
      if (method !== null) attach(turn, method, customer.id);
      return customer;
    },
  }),
  route('GET', '/v1/customers', {
    fields: { ...pagination, created: timeRange(), email: text(), test_clock: unbuilt() },
    handle: ({ world, params }) =>
      listPage(
        world.store.customers,
        '/v1/customers',
        params,
        (customer) =>
          isWithin(params.created, customer.created) &&
          (params.email === undefined || customer.email === params.email),
      ),
  }),
  route('GET', '/v1/customers/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/customers/:id', {
    fields: { ...properties, default_source: unbuilt() },
    handle: update,
  }),
  route('DELETE', '/v1/customers/:id', {
    fields: {},
    handle(call) {
      const customer = find(call);
      for (const method of call.world.store.payment_methods.withIndex(customer.id)) detach(call.turn, method);
      remove(call.turn, call.world.store.customers, customer);
      emit(call.turn, 'customer.deleted', customer);
      return { id: customer.id, object: 'customer', deleted: true };
    },
  }),
];

function find(call: Call<unknown>): Customer {
  const id = call.ids[0]!;
  const customer = call.world.store.customers.get(id);
  if (customer === undefined) throw missingResource('customer', id);
  return customer;
}

function update(call: Call<Properties>): Customer {
  const { turn, world } = call;
  const customer = find(call);
  const changed = changes(call.params, customer.metadata);
  const previous = Object.fromEntries(
    Object.keys(changed)
      .filter(
        (key) =>
          JSON.stringify(customer[key as keyof Customer]) !== JSON.stringify(changed[key as keyof Customer]),
      )
      .map((key) => [key, customer[key as keyof Customer] ?? null]),
  );
  Object.assign(customer, changed);
  save(turn, world.store.customers, customer, 'updated');
  if (Object.keys(previous).length > 0) emit(turn, 'customer.updated', customer, previous);
  return customer;
}

function changes(params: Properties, current: Record<string, string> = {}): Partial<Customer> {
  const { address: place, expand: _, metadata: change, shipping: parcel, ...rest } = params;
  const { payment_method: __, ...plain } = rest as typeof rest & { payment_method?: string };
  return {
    ...(plain as Partial<Customer>),
    ...(place !== undefined && { address: wholeAddress(place) as NonNullable<Customer['address']> }),
    ...(parcel !== undefined && { shipping: wholeShipping(parcel) as Customer['shipping'] }),
    ...(change !== undefined && { metadata: mergeMetadata(current, change) }),
  };
}
