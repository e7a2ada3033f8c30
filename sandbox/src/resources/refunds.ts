/** `/v1/refunds` (docs.stripe.com/api/refunds), and the older calls under `/v1/charges`. */
import type { Charge, Refund } from '../objects.ts';
import { refundCharge, reverseCharge } from '../payments/refund.ts';
import { checkRefundable, findRefundable, type RefundTarget } from '../payments/refund-checks.ts';
import { tellUpdated } from '../payments/refund-settle.ts';
import { type Call, type Route, route } from '../routing.ts';
import { email, expand, mergeMetadata, metadata, pagination, timeRange } from '../wire/common-parameters.ts';
import { ApiError, missingResource } from '../wire/errors.ts';
import { isWithin, listOfOwner, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { integer, oneOf, text, unbuilt } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';

/** `refund_application_fee` and `reverse_transfer` belong to Connect, `origin` to customer balances. */
const order = {
  amount: integer(1),
  expand,
  instructions_email: email(),
  metadata: metadata(),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  refund_application_fee: unbuilt(),
  reverse_transfer: unbuilt(),
};
const change = { expand, metadata: metadata() };
type Order = Values<typeof order>;

export const refundRoutes: Route[] = [
  route('POST', '/v1/refunds', {
    fields: {
      ...order,
      charge: text(),
      payment_intent: text(),
      currency: unbuilt(),
      customer: unbuilt(),
      origin: unbuilt(),
    },
    handle: ({ turn, params }) => create(turn, params, params).refund,
  }),
  route('GET', '/v1/refunds', {
    fields: { ...pagination, charge: text(), created: timeRange(), payment_intent: text() },
    handle({ world, params }) {
      const isListed = (refund: Refund): boolean =>
        isWithin(params.created, refund.created) &&
        (params.payment_intent === undefined || refund.payment_intent === params.payment_intent);
      const { refunds } = world.store;
      if (params.charge === undefined) return listPage(refunds, '/v1/refunds', params, isListed);
      return listOfOwner(refunds, params.charge, '/v1/refunds', params, isListed);
    },
  }),
  route('GET', '/v1/refunds/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/refunds/:id', { fields: change, handle: (call) => update(call, find(call)) }),
  route('POST', '/v1/refunds/:id/cancel', {
    fields: { expand },
    handle(call) {
      find(call);
      // Only refunds that wait for the customer can be canceled, and no payment method of the sandbox has such.
      throw new ApiError(
        400,
        { type: 'invalid_request_error', message: 'Canceling this refund is unsupported.' },
        { remembered: true },
      );
    },
  }),
  route('POST', '/v1/charges/:id/refund', {
    fields: order,
    handle: ({ turn, ids, params }) => create(turn, { charge: ids[0]! }, params).charge,
  }),
  route('POST', '/v1/charges/:id/refunds', {
    fields: order,
    handle: ({ turn, ids, params }) => create(turn, { charge: ids[0]! }, params).refund,
  }),
  route('GET', '/v1/charges/:id/refunds', {
    fields: pagination,
    handle({ world, ids, params }) {
      const charge = ids[0]!;
      if (world.store.charges.get(charge) === undefined) throw missingResource('charge', charge);
      return listOfOwner(world.store.refunds, charge, `/v1/charges/${charge}/refunds`, params);
    },
  }),
  route('GET', '/v1/charges/:id/refunds/:refund', { fields: { expand }, handle: findOfCharge }),
  route('POST', '/v1/charges/:id/refunds/:refund', {
    fields: change,
    handle: (call) => update(call, findOfCharge(call)),
  }),
];

function create(turn: Turn, target: RefundTarget, params: Order): { charge: Charge; refund: Refund } {
  const charge = findRefundable(turn, target);
  const amount = checkRefundable(turn, charge, params.amount);
  const wanted = {
    amount,
    reason: params.reason ?? null,
    metadata: mergeMetadata({}, params.metadata),
    ...(params.instructions_email !== undefined && { instructionsEmail: params.instructions_email }),
  };
  const refund = charge.captured ? refundCharge(turn, charge, wanted) : reverseCharge(turn, charge, wanted);
  return { charge, refund };
}

function update(call: Call<Values<typeof change>>, refund: Refund): Refund {
  const { turn, params } = call;
  if (params.metadata === undefined) return refund;
  const previous = { metadata: refund.metadata };
  refund.metadata = mergeMetadata(refund.metadata ?? {}, params.metadata);
  save(turn, turn.world.store.refunds, refund, 'updated');
  tellUpdated(turn, refund, previous);
  return refund;
}

function find(call: Call<unknown>): Refund {
  const id = call.ids[0]!;
  const refund = call.world.store.refunds.get(id);
  if (refund === undefined) throw missingResource('refund', id);
  return refund;
}

/** A refund of another charge is as unknown as none (recorded). */
function findOfCharge(call: Call<unknown>): Refund {
  const [charge, id] = call.ids as [string, string];
  const refund = call.world.store.refunds.get(id);
  if (refund?.charge === charge) return refund;
  throw new ApiError(404, { ...missingResource('refund', id).body, param: 'refund' });
}
