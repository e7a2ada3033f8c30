/** `/v1/customers` (docs.stripe.com/api/customers). */
import type { Customer, DeletedCustomer, PaymentMethod } from '../objects.ts';
import { createCustomer, NO_INVOICE_SETTINGS } from '../payments/customer.ts';
import { isLegacyCard } from '../payments/legacy-card.ts';
import { attach, detach, findPaymentMethod, release } from '../payments/payment-method.ts';
import { addSource, describeSource, dropSource, findSource } from '../payments/source.ts';
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
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { isWithin, listPage } from '../wire/list.ts';
import type { Type, Values } from '../wire/schema.ts';
import { arrayOf, emptyable, hash, integer, oneOf, text, unbuilt } from '../wire/schema.ts';
import { type SearchFields, searchPage, searchParameters } from '../wire/search.ts';
import { remove, save, type Turn } from '../world.ts';
import { wholeShipping } from './references.ts';

/** Source: `invoice_prefix` of the SDK's types. The sentence is not verified. */
function invoicePrefix(): Type<string> {
  return {
    read(value, name) {
      const prefix = text().read(value, name);
      if (/^[A-Z0-9]{3,12}$/.test(prefix)) return prefix;
      throw invalidRequest('Invoice prefixes are 3 to 12 uppercase letters or numbers.', undefined, name);
    },
  };
}

const properties = {
  address: emptyable(address),
  balance: unbuilt(),
  business_name: emptyable(text(150)),
  cash_balance: unbuilt(),
  description: emptyable(text()),
  email: emptyable(email(512)),
  expand,
  individual_name: emptyable(text(150)),
  invoice_prefix: invoicePrefix(),
  invoice_settings: hash({
    custom_fields: unbuilt(),
    default_payment_method: emptyable(text()),
    footer: unbuilt(),
    rendering_options: unbuilt(),
  }),
  metadata: metadata(),
  name: emptyable(text(256)),
  next_invoice_sequence: integer(1),
  phone: emptyable(text(40)),
  preferred_locales: arrayOf(text(20)),
  shipping: emptyable(shipping),
  source: text(),
  tax: unbuilt(),
  tax_exempt: emptyable(oneOf('exempt', 'none', 'reverse')),
  validate: unbuilt(),
};
type Properties = Values<typeof properties>;

export const customerRoutes: Route[] = [
  route('POST', '/v1/customers', {
    fields: { ...properties, payment_method: text(), tax_id_data: unbuilt(), test_clock: unbuilt() },
    handle({ turn, params: asked }) {
      const method =
        asked.payment_method === undefined
          ? null
          : findPaymentMethod(turn, asked.payment_method, 'payment_method');
      const params = withSameDefault(asked, method);
      const given = changes(params);
      dropEmptyNames(given);
      checkDefaultMethod(turn, params, method === null ? [] : [method.id]);
      const source = params.source === undefined ? null : describeSource(turn, params.source);
      const customer = createCustomer(turn, { ...given, default_source: source?.method.id ?? null });
      if (method !== null) attach(turn, method, customer.id);
      if (source !== null) addSource(turn, customer, source);
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
  route('GET', '/v1/customers/search', {
    fields: searchParameters,
    handle: ({ world, params }) => searchPage(world.store.customers, 'customers', params, searchFields),
  }),
  route('GET', '/v1/customers/:id', { fields: { expand }, handle: retrieve }),
  route('POST', '/v1/customers/:id', {
    fields: { ...properties, default_source: text() },
    handle: update,
  }),
  route('DELETE', '/v1/customers/:id', {
    fields: {},
    handle(call) {
      const customer = findCustomer(call);
      for (const method of call.world.store.payment_methods.withIndex(customer.id)) {
        if (isLegacyCard(method)) release(call.turn, method);
        else detach(call.turn, method);
      }
      remove(call.turn, call.world.store.customers, customer);
      emit(call.turn, 'customer.deleted', customer);
      const rest: DeletedCustomer = { id: customer.id, object: 'customer', deleted: true };
      call.world.store.deleted_customers.put(rest);
      return rest;
    },
  }),
];

/** Source: docs.stripe.com/search#query-fields-for-customers. */
const searchFields: SearchFields<Customer> = {
  created: { kind: 'numeric', read: (customer) => customer.created },
  email: { kind: 'string', read: (customer) => customer.email },
  name: { kind: 'string', read: (customer) => customer.name },
  phone: { kind: 'string', read: (customer) => customer.phone },
};

/** What remains of a deleted customer can still be read (docs.stripe.com/api/customers/retrieve). */
function retrieve(call: Call<unknown>): Customer | DeletedCustomer {
  return call.world.store.deleted_customers.get(call.ids[0]!) ?? findCustomer(call);
}

/** @throws ApiError 404 */
export function findCustomer(call: Pick<Call<unknown>, 'ids' | 'world'>): Customer {
  const id = call.ids[0]!;
  const customer = call.world.store.customers.get(id);
  if (customer === undefined) throw missingResource('customer', id);
  return customer;
}

function update(call: Call<Properties & { default_source?: string }>): Customer {
  const { turn, world, params } = call;
  const customer = findCustomer(call);
  const own = world.store.payment_methods.withIndex(customer.id).map((method) => method.id);
  checkDefaultMethod(turn, params, own);
  if (params.default_source !== undefined)
    findSource(turn, customer, params.default_source, 'default_source');
  const changed = changes(params, customer);
  if (params.source !== undefined) changed.default_source = replaceSource(turn, customer, params.source);
  const previous = Object.fromEntries(
    Object.keys(changed)
      .filter(
        (key) =>
          JSON.stringify(customer[key as keyof Customer]) !== JSON.stringify(changed[key as keyof Customer]),
      )
      .map((key) => [key, customer[key as keyof Customer] ?? null]),
  );
  Object.assign(customer, changed);
  dropEmptyNames(customer);
  save(turn, world.store.customers, customer, 'updated');
  if (Object.keys(previous).length > 0) emit(turn, 'customer.updated', customer, previous);
  return customer;
}

/** A new source takes the place of the default one, which is deleted. */
function replaceSource(turn: Turn, customer: Customer, token: string): string {
  const described = describeSource(turn, token);
  const old = turn.world.store.payment_methods.get((customer.default_source as string | null) ?? '');
  const { id } = addSource(turn, customer, described);
  if (old !== undefined && isLegacyCard(old)) dropSource(turn, old);
  return id;
}

/** Invoices are paid with it, so it must be the customer's own. */
function checkDefaultMethod(turn: Turn, params: Properties, own: readonly string[]): void {
  const id = params.invoice_settings?.default_payment_method;
  if (id === undefined || id === null || own.includes(id)) return;
  const param = 'invoice_settings[default_payment_method]';
  findPaymentMethod(turn, id, param);
  throw invalidRequest(
    'The customer does not have a payment method with the ID ' +
      `${id}. The payment method must be attached to the customer.`,
    'resource_missing',
    param,
  );
}

/** Stripe leaves these two out when they are unset, instead of showing null. */
function dropEmptyNames(customer: Partial<Customer>): void {
  for (const name of ['business_name', 'individual_name'] as const) {
    if (!customer[name]) delete customer[name];
  }
}

/** Named twice, `pm_card_visa` is one payment method and not two: the CLI's fixtures make its customer like that. */
function withSameDefault<P extends Properties & { payment_method?: string }>(
  params: P,
  method: PaymentMethod | null,
): P {
  const { payment_method: name, invoice_settings: settings } = params;
  if (method === null || settings?.default_payment_method !== name) return params;
  return { ...params, invoice_settings: { ...settings, default_payment_method: method.id } };
}

const unchanging = ['expand', 'payment_method', 'source', 'invoice_settings', 'tax_exempt'] as const;

function changes(params: Properties, current?: Customer): Partial<Customer> {
  const { address: place, metadata: change, shipping: parcel, ...rest } = params;
  const plain = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !unchanging.some((one) => one === name)),
  );
  const method = params.invoice_settings?.default_payment_method;
  return {
    ...(plain as Partial<Customer>),
    ...(place !== undefined && { address: wholeAddress(place) as NonNullable<Customer['address']> }),
    ...(parcel !== undefined && { shipping: wholeShipping(parcel) as Customer['shipping'] }),
    ...(change !== undefined && { metadata: mergeMetadata(current?.metadata ?? {}, change) }),
    ...(params.tax_exempt !== undefined && { tax_exempt: params.tax_exempt ?? 'none' }),
    ...(method !== undefined && {
      invoice_settings: {
        ...(current?.invoice_settings ?? NO_INVOICE_SETTINGS),
        default_payment_method: method,
      },
    }),
  };
}
