/** `/v1/charges` (docs.stripe.com/api/charges): what payment intents did, and charges of their own. */
import type { Charge } from '../objects.ts';
import { checkAmount } from '../payments/amount.ts';
import type { Purchase } from '../payments/charge.ts';
import { captureCharge, chargeDirectly } from '../payments/direct-charge.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import {
  currency,
  email,
  expand,
  mergeMetadata,
  metadata,
  pagination,
  shipping,
  timeRange,
} from '../wire/common-parameters.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { isWithin, listOfOwner, listPage } from '../wire/list.ts';
import {
  boolean,
  emptyable,
  hash,
  integer,
  oneOf,
  required,
  text,
  unbuilt,
  withoutEffect,
} from '../wire/schema.ts';
import { type SearchFields, searchPage, searchParameters } from '../wire/search.ts';
import { save } from '../world.ts';
import { checkCustomer, wholeShipping } from './references.ts';

export const chargeRoutes: Route[] = [
  route('POST', '/v1/charges', {
    fields: {
      amount: required(integer()),
      application_fee: unbuilt(),
      application_fee_amount: unbuilt(),
      capture: boolean(),
      card: unbuilt(),
      currency: required(currency()),
      customer: text(),
      description: emptyable(text()),
      destination: unbuilt(),
      expand,
      metadata: metadata(),
      on_behalf_of: unbuilt(),
      radar_options: withoutEffect(),
      receipt_email: emptyable(email()),
      shipping,
      source: text(),
      statement_descriptor: text(22),
      statement_descriptor_suffix: text(22),
      transfer_data: unbuilt(),
      transfer_group: text(),
    },
    handle({ turn, params }) {
      checkAmount(params.amount, params.currency);
      checkCustomer(turn, params.customer);
      const purchase: Purchase = {
        amount: params.amount,
        currency: params.currency,
        customer: params.customer ?? null,
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata),
        receipt_email: params.receipt_email ?? null,
        shipping: wholeShipping(params.shipping),
        statement_descriptor: params.statement_descriptor ?? null,
        statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
        transfer_group: params.transfer_group ?? null,
      };
      return chargeDirectly(turn, purchase, params.source, params.capture ?? true);
    },
  }),
  route('GET', '/v1/charges', {
    fields: {
      ...pagination,
      created: timeRange(),
      customer: text(),
      payment_intent: text(),
      transfer_group: text(),
    },
    handle({ world, params }) {
      const isListed = (charge: Charge): boolean =>
        isWithin(params.created, charge.created) &&
        (params.customer === undefined || charge.customer === params.customer) &&
        (params.transfer_group === undefined || charge.transfer_group === params.transfer_group);
      const { charges } = world.store;
      if (params.payment_intent === undefined) return listPage(charges, '/v1/charges', params, isListed);
      return listOfOwner(charges, params.payment_intent, '/v1/charges', params, isListed);
    },
  }),
  route('GET', '/v1/charges/search', {
    fields: searchParameters,
    handle: ({ world, params }) => searchPage(world.store.charges, 'charges', params, searchFields),
  }),
  route('POST', '/v1/charges/:id/capture', {
    fields: {
      amount: integer(1),
      application_fee: unbuilt(),
      application_fee_amount: unbuilt(),
      expand,
      receipt_email: email(),
      statement_descriptor: text(22),
      statement_descriptor_suffix: text(22),
      transfer_data: unbuilt(),
      transfer_group: text(),
    },
    handle(call) {
      const { amount, expand: _, ...changes } = call.params;
      const charge = find(call);
      captureCharge(call.turn, charge, amount ?? null, changes);
      return charge;
    },
  }),
  route('GET', '/v1/charges/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/charges/:id', {
    fields: {
      customer: text(),
      description: emptyable(text()),
      expand,
      fraud_details: hash({ user_report: emptyable(oneOf('fraudulent', 'safe')) }),
      metadata: metadata(),
      receipt_email: emptyable(email()),
      shipping,
      transfer_group: text(),
    },
    handle(call) {
      const { turn, world, params } = call;
      const charge = find(call);
      checkCustomer(turn, params.customer);
      for (const name of ['customer', 'transfer_group'] as const) {
        if (params[name] !== undefined) checkUnset(charge, name);
      }
      const previous: Record<string, unknown> = {};
      const change = <K extends keyof Charge>(field: K, value: Charge[K]): void => {
        previous[field] = charge[field];
        charge[field] = value;
      };
      if (params.metadata !== undefined) change('metadata', mergeMetadata(charge.metadata, params.metadata));
      if (params.description !== undefined) change('description', params.description);
      if (params.receipt_email !== undefined) change('receipt_email', params.receipt_email);
      if (params.customer !== undefined) change('customer', params.customer);
      if (params.transfer_group !== undefined) change('transfer_group', params.transfer_group);
      if (params.fraud_details !== undefined) {
        const report = params.fraud_details.user_report;
        change('fraud_details', report ? { user_report: report } : {});
      }
      if (params.shipping !== undefined) {
        change('shipping', wholeShipping(params.shipping) as Charge['shipping']);
      }
      save(turn, world.store.charges, charge, 'updated');
      emit(turn, 'charge.updated', charge, previous);
      return charge;
    },
  }),
];

/** Source: docs.stripe.com/search#query-fields-for-charges. */
const searchFields: SearchFields<Charge> = {
  amount: { kind: 'numeric', read: (charge) => charge.amount },
  'billing_details.address.postal_code': {
    kind: 'token',
    read: (charge) => charge.billing_details.address?.postal_code,
  },
  created: { kind: 'numeric', read: (charge) => charge.created },
  currency: { kind: 'token', read: (charge) => charge.currency },
  customer: { kind: 'token', read: (charge) => charge.customer as string | null },
  disputed: { kind: 'token', read: (charge) => charge.disputed },
  'payment_method_details.card.brand': { kind: 'token', read: (charge) => cardOf(charge)?.brand },
  'payment_method_details.card.exp_month': { kind: 'token', read: (charge) => cardOf(charge)?.exp_month },
  'payment_method_details.card.exp_year': { kind: 'token', read: (charge) => cardOf(charge)?.exp_year },
  'payment_method_details.card.fingerprint': { kind: 'token', read: (charge) => cardOf(charge)?.fingerprint },
  'payment_method_details.card.last4': { kind: 'token', read: (charge) => cardOf(charge)?.last4 },
  refunded: { kind: 'token', read: (charge) => charge.refunded },
  status: { kind: 'string', read: (charge) => charge.status },
};

/** These can be given later, and then stay. The sentence is not verified. */
function checkUnset(charge: Charge, name: 'customer' | 'transfer_group'): void {
  if (charge[name] === null) return;
  throw invalidRequest(`This charge already has a ${name}, which cannot be changed.`, undefined, name);
}

function cardOf(charge: Charge) {
  return charge.payment_method_details?.card;
}

function find(call: Call<unknown>): Charge {
  const id = call.ids[0]!;
  const charge = call.world.store.charges.get(id);
  if (charge === undefined) throw missingResource('charge', id);
  return charge;
}
