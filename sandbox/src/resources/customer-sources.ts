/** `/v1/customers/:id/sources` (docs.stripe.com/api/cards): cards of the time before payment methods. Sentences not verified. */
import type { Card, PaymentMethod } from '../objects.ts';
import { billingDetails } from '../payments/billing-details.ts';
import { addressOf, cardAddress, cardShape } from '../payments/legacy-card.ts';
import {
  addSource,
  describeSource,
  findSource,
  removeSource,
  setDefaultSource,
  sourcesOf,
} from '../payments/source.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import { expand, mergeMetadata, metadata, pagination } from '../wire/common-parameters.ts';
import { notBuilt } from '../wire/errors.ts';
import { listOf } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { emptyable, integer, required, text, unbuilt } from '../wire/schema.ts';
import { save } from '../world.ts';
import { findCustomer } from './customers.ts';

const changeable = {
  account_holder_name: unbuilt(),
  account_holder_type: unbuilt(),
  ...cardAddress,
  exp_month: integer(1, 12),
  exp_year: integer(2000, 2100),
  expand,
  metadata: metadata(),
  name: emptyable(text()),
  owner: unbuilt(),
};

export const customerSourceRoutes: Route[] = [
  route('POST', '/v1/customers/:id/sources', {
    fields: { source: required(text()), expand, metadata: metadata(), validate: unbuilt() },
    handle(call) {
      const { turn, params } = call;
      const customer = findCustomer(call);
      const described = describeSource(turn, params.source);
      described.method.metadata = mergeMetadata({}, params.metadata);
      const method = addSource(turn, customer, described);
      if (customer.default_source === null) setDefaultSource(turn, customer, method.id);
      return cardShape(method);
    },
  }),
  route('GET', '/v1/customers/:id/sources', {
    fields: { ...pagination, object: text() },
    handle(call) {
      const { id } = findCustomer(call);
      const { object = 'card' } = call.params;
      if (object !== 'card') throw notBuilt(`sources of type '${object}'`);
      const cards = sourcesOf(call, id).reverse().map(cardShape);
      return listOf(cards, `/v1/customers/${id}/sources`, call.params);
    },
  }),
  route('GET', '/v1/customers/:id/sources/:source', {
    fields: { expand },
    handle: (call) => cardShape(findSource(call, findCustomer(call), call.ids[1]!)),
  }),
  route('POST', '/v1/customers/:id/sources/:source', { fields: changeable, handle: update }),
  route('DELETE', '/v1/customers/:id/sources/:source', {
    fields: { expand },
    handle(call) {
      const customer = findCustomer(call);
      const method = findSource(call, customer, call.ids[1]!);
      removeSource(call.turn, customer, method);
      return { id: method.id, object: 'card', deleted: true };
    },
  }),
];

function update(call: Call<Values<typeof changeable>>): Card {
  const { turn, world, params } = call;
  const method = findSource(call, findCustomer(call), call.ids[1]!);
  const before = cardShape(method);
  applyChanges(method, params);
  const after = cardShape(method);
  save(turn, world.store.payment_methods, method, 'updated');
  const previous = Object.fromEntries(
    Object.entries(before).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(after[name as keyof Card]),
    ),
  );
  if (Object.keys(previous).length > 0) emit(turn, 'customer.source.updated', after, previous);
  return after;
}

function applyChanges(method: PaymentMethod, params: Values<typeof changeable>): void {
  const { billing_details: billing, card } = method;
  method.metadata = mergeMetadata(method.metadata ?? {}, params.metadata);
  method.billing_details = billingDetails({
    ...billing,
    ...(params.name !== undefined && { name: params.name }),
    address: { ...billing.address, ...addressOf(params) },
  });
  method.card = {
    ...card!,
    exp_month: params.exp_month ?? card!.exp_month,
    exp_year: params.exp_year ?? card!.exp_year,
  };
}
