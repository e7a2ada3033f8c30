/** `/v1/payment_methods` (docs.stripe.com/api/payment_methods). */
import type { PaymentMethod } from '../objects.ts';
import { billingDetails, billingDetailsParameter } from '../payments/billing-details.ts';
import {
  attach,
  checkAttachable,
  createPaymentMethod,
  detach,
  findPaymentMethod,
  paymentMethodFields,
  secretOf,
} from '../payments/payment-method.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import { expand, mergeMetadata, metadata, pagination } from '../wire/common-parameters.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { listOfOwner, listPage } from '../wire/list.ts';
import { hash, integer, oneOf, required, text, unbuilt, withoutEffect } from '../wire/schema.ts';
import { save } from '../world.ts';
import { checkCustomer } from './references.ts';

const filters = {
  ...pagination,
  allow_redisplay: oneOf('always', 'limited', 'unspecified'),
  type: text(),
};

export const paymentMethodRoutes: Route[] = [
  route('POST', '/v1/payment_methods', {
    access: 'publishable',
    fields: {
      ...paymentMethodFields,
      customer: unbuilt(),
      customer_account: unbuilt(),
      expand,
      key: text(),
      payment_method: unbuilt(),
      payment_user_agent: withoutEffect(),
    },
    handle: ({ turn, params }) => createPaymentMethod(turn, params),
  }),
  route('GET', '/v1/payment_methods', {
    fields: { ...filters, customer: text(), customer_account: unbuilt() },
    handle({ turn, world, params }) {
      checkCustomer(turn, params.customer);
      const { payment_methods } = world.store;
      const url = '/v1/payment_methods';
      const isListed = (method: PaymentMethod) => method.customer !== null && isWanted(method, params);
      if (params.customer === undefined) return listPage(payment_methods, url, params, isListed);
      return listOfOwner(payment_methods, params.customer, url, params, isListed);
    },
  }),
  route('GET', '/v1/customers/:id/payment_methods', {
    fields: filters,
    handle({ world, params, ids }) {
      const customer = ids[0]!;
      if (world.store.customers.get(customer) === undefined) throw missingResource('customer', customer);
      const url = `/v1/customers/${customer}/payment_methods`;
      return listOfOwner(world.store.payment_methods, customer, url, params, (method) =>
        isWanted(method, params),
      );
    },
  }),
  route('GET', '/v1/customers/:id/payment_methods/:method', {
    fields: { expand },
    handle({ world, ids: [customer, id] }) {
      if (world.store.customers.get(customer!) === undefined) throw missingResource('customer', customer!);
      const method = world.store.payment_methods.get(id!);
      if (method?.customer !== customer) throw missingResource('PaymentMethod', id!);
      return method!;
    },
  }),
  route('GET', '/v1/payment_methods/:id', {
    fields: { expand },
    handle: ({ turn, ids }) => findPaymentMethod(turn, ids[0]!, 'id'),
  }),
  route('POST', '/v1/payment_methods/:id', {
    fields: {
      allow_redisplay: oneOf('always', 'limited', 'unspecified'),
      billing_details: billingDetailsParameter,
      card: hash({ exp_month: integer(1, 12), exp_year: integer(2000, 2100), networks: withoutEffect() }),
      expand,
      metadata: metadata(),
      us_bank_account: unbuilt(),
    },
    handle: update,
  }),
  route('POST', '/v1/payment_methods/:id/attach', {
    fields: { customer: required(text()), customer_account: unbuilt(), expand },
    handle: attachToCustomer,
  }),
  route('POST', '/v1/payment_methods/:id/detach', { fields: { expand }, handle: detachFromCustomer }),
];

function isWanted(method: PaymentMethod, params: { type?: string; allow_redisplay?: string }): boolean {
  return (
    (params.type === undefined || method.type === params.type) &&
    (params.allow_redisplay === undefined || method.allow_redisplay === params.allow_redisplay)
  );
}

interface Changes {
  allow_redisplay?: 'always' | 'limited' | 'unspecified';
  billing_details?: Parameters<typeof billingDetails>[0];
  card?: { exp_month?: number; exp_year?: number };
  metadata?: Parameters<typeof mergeMetadata>[1];
}

function update(call: Call<Changes>): PaymentMethod {
  const { turn, world, params } = call;
  const method = findPaymentMethod(turn, call.ids[0]!, 'id');
  if (method.customer === null) {
    throw invalidRequest('You must save this PaymentMethod to a customer before you can update it.');
  }
  const before = { ...method };
  method.metadata = mergeMetadata(method.metadata ?? {}, params.metadata);
  if (params.allow_redisplay !== undefined) method.allow_redisplay = params.allow_redisplay;
  if (params.billing_details !== undefined) {
    method.billing_details = billingDetails({ ...method.billing_details, ...params.billing_details });
  }
  if (params.card !== undefined && method.card !== undefined)
    method.card = { ...method.card, ...params.card };
  save(turn, world.store.payment_methods, method, 'updated');
  emit(turn, 'payment_method.updated', method, changedFields(before, method));
  return method;
}

function attachToCustomer(call: Call<{ customer: string }>): PaymentMethod {
  const { turn, params } = call;
  checkCustomer(turn, params.customer);
  const method = findPaymentMethod(turn, call.ids[0]!, 'id');
  const { number, cvcGiven } = secretOf(turn, method);
  checkAttachable(number, cvcGiven);
  attach(turn, method, params.customer);
  return method;
}

function detachFromCustomer(call: Call<unknown>): PaymentMethod {
  const method = findPaymentMethod(call.turn, call.ids[0]!, 'id');
  if (method.customer === null) {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  detach(call.turn, method);
  return method;
}

/** The fields that changed, with their values from before. */
function changedFields(before: PaymentMethod, after: PaymentMethod): Record<string, unknown> {
  const fields = Object.keys(after) as (keyof PaymentMethod)[];
  return Object.fromEntries(
    fields.filter((field) => before[field] !== after[field]).map((field) => [field, before[field]]),
  );
}
