/** `/v1/charges` (docs.stripe.com/api/charges): what payment intents did. Charges of their own are not built. */
import type { Charge } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import {
  email,
  expand,
  mergeMetadata,
  metadata,
  pagination,
  shipping,
  timeRange,
} from '../wire/common-parameters.ts';
import { missingResource } from '../wire/errors.ts';
import { isWithin, listOfOwner, listPage } from '../wire/list.ts';
import { emptyable, text, unbuilt } from '../wire/schema.ts';
import { save } from '../world.ts';
import { wholeShipping } from './references.ts';

export const chargeRoutes: Route[] = [
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
  route('GET', '/v1/charges/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/charges/:id', {
    fields: {
      customer: unbuilt(),
      description: emptyable(text()),
      expand,
      fraud_details: unbuilt(),
      metadata: metadata(),
      receipt_email: emptyable(email()),
      shipping,
      transfer_group: unbuilt(),
    },
    handle(call) {
      const { turn, world, params } = call;
      const charge = find(call);
      const previous: Record<string, unknown> = {};
      const change = <K extends keyof Charge>(field: K, value: Charge[K]): void => {
        previous[field] = charge[field];
        charge[field] = value;
      };
      if (params.metadata !== undefined) change('metadata', mergeMetadata(charge.metadata, params.metadata));
      if (params.description !== undefined) change('description', params.description);
      if (params.receipt_email !== undefined) change('receipt_email', params.receipt_email);
      if (params.shipping !== undefined) {
        change('shipping', wholeShipping(params.shipping) as Charge['shipping']);
      }
      save(turn, world.store.charges, charge, 'updated');
      emit(turn, 'charge.updated', charge, previous);
      return charge;
    },
  }),
];

function find(call: Call<unknown>): Charge {
  const id = call.ids[0]!;
  const charge = call.world.store.charges.get(id);
  if (charge === undefined) throw missingResource('charge', id);
  return charge;
}
