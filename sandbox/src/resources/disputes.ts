/** `/v1/disputes` and `/v1/radar/early_fraud_warnings` (docs.stripe.com/api/disputes). */
import type { Dispute, EarlyFraudWarning } from '../objects.ts';
import { evidenceParameter, respond } from '../payments/dispute-evidence.ts';
import { giveIn } from '../payments/dispute-outcome.ts';
import { type Call, type Route, route } from '../routing.ts';
import { expand, metadata, pagination, timeRange } from '../wire/common-parameters.ts';
import { ApiError, missingResource } from '../wire/errors.ts';
import { isWithin, listOfOwner, listPage } from '../wire/list.ts';
import { boolean, onlyBuilt, text } from '../wire/schema.ts';

const listFields = { ...pagination, charge: text(), created: timeRange(), payment_intent: text() };
const warnings = '/v1/radar/early_fraud_warnings';

export const disputeRoutes: Route[] = [
  route('GET', '/v1/disputes', {
    fields: listFields,
    handle({ world, params }) {
      const isListed = (dispute: Dispute): boolean =>
        isWithin(params.created, dispute.created) &&
        (params.payment_intent === undefined || dispute.payment_intent === params.payment_intent);
      const { disputes } = world.store;
      if (params.charge === undefined) return listPage(disputes, '/v1/disputes', params, isListed);
      return listOfOwner(disputes, params.charge, '/v1/disputes', params, isListed);
    },
  }),
  route('GET', '/v1/disputes/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/disputes/:id', {
    fields: {
      evidence: evidenceParameter,
      expand,
      // Smart Disputes, which answer by themselves, are not built.
      intended_submission_method: onlyBuilt('manual', 'prefer_manual'),
      metadata: metadata(),
      submit: boolean(),
    },
    handle(call) {
      const dispute = find(call);
      respond(call.turn, dispute, call.params);
      return dispute;
    },
  }),
  route('POST', '/v1/disputes/:id/close', {
    fields: { expand },
    handle(call) {
      const dispute = find(call);
      giveIn(call.turn, dispute);
      return dispute;
    },
  }),
  route('GET', warnings, {
    fields: listFields,
    handle({ world, params }) {
      const isListed = (warning: EarlyFraudWarning): boolean =>
        isWithin(params.created, warning.created) &&
        (params.payment_intent === undefined || warning.payment_intent === params.payment_intent);
      const { early_fraud_warnings: all } = world.store;
      if (params.charge === undefined) return listPage(all, warnings, params, isListed);
      return listOfOwner(all, params.charge, warnings, params, isListed);
    },
  }),
  route('GET', `${warnings}/:id`, {
    fields: { expand },
    handle({ world, ids }) {
      const warning = world.store.early_fraud_warnings.get(ids[0]!);
      if (warning === undefined) throw missingResource('early_fraud_warning', ids[0]!);
      return warning;
    },
  }),
];

/** Stripe names the parameter `dispute` here, and not `id` (recorded). */
function find(call: Call<unknown>): Dispute {
  const id = call.ids[0]!;
  const dispute = call.world.store.disputes.get(id);
  if (dispute !== undefined) return dispute;
  throw new ApiError(404, { ...missingResource('dispute', id).body, param: 'dispute' });
}
