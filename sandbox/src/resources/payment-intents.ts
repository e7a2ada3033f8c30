/** `/v1/payment_intents` (docs.stripe.com/api/payment_intents). */
import type { PaymentIntent } from '../objects.ts';
import { checkAmount } from '../payments/amount.ts';
import { incrementAuthorization } from '../payments/increment.ts';
import { cancelIntent, captureIntent } from '../payments/intent.ts';
import { intentSecret } from '../payments/settle.ts';
import { type Call, type Route, route } from '../routing.ts';
import { mergeMetadata } from '../wire/common-parameters.ts';
import { invalidRequest, stateConflict } from '../wire/errors.ts';
import { isWithin, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { type SearchFields, searchPage, searchParameters } from '../wire/search.ts';
import { findIntent, shown, unexpectedState } from './payment-intent-calls.ts';
import { confirmByCall } from './payment-intent-confirm.ts';
import { createByCall } from './payment-intent-create.ts';
import * as parameters from './payment-intent-parameters.ts';
import { updateByCall } from './payment-intent-update.ts';

export const paymentIntentRoutes: Route[] = [
  route('POST', '/v1/payment_intents', { fields: parameters.create, handle: createByCall }),
  route('GET', '/v1/payment_intents', {
    fields: parameters.list,
    handle: ({ world, params }) =>
      listPage(
        world.store.payment_intents,
        '/v1/payment_intents',
        params,
        (intent) =>
          isWithin(params.created, intent.created) &&
          (params.customer === undefined || intent.customer === params.customer),
      ),
  }),
  route('GET', '/v1/payment_intents/search', {
    fields: searchParameters,
    handle: ({ world, params }) =>
      searchPage(world.store.payment_intents, 'payment_intents', params, searchFields),
  }),
  route('GET', '/v1/payment_intents/:id', {
    access: 'publishable',
    fields: parameters.retrieve,
    handle: (call) => shown(call, findIntent(call)),
  }),
  route('POST', '/v1/payment_intents/:id', { fields: parameters.update, handle: updateByCall }),
  route('POST', '/v1/payment_intents/:id/confirm', {
    access: 'publishable',
    fields: parameters.confirm,
    handle: confirmByCall,
  }),
  route('POST', '/v1/payment_intents/:id/cancel', { fields: parameters.cancel, handle: cancel }),
  route('POST', '/v1/payment_intents/:id/capture', { fields: parameters.capture, handle: capture }),
  route('POST', '/v1/payment_intents/:id/increment_authorization', {
    fields: parameters.incrementAuthorization,
    handle: increment,
  }),
];

/** Source: docs.stripe.com/search#query-fields-for-paymentintents. */
const searchFields: SearchFields<PaymentIntent> = {
  amount: { kind: 'numeric', read: (intent) => intent.amount },
  created: { kind: 'numeric', read: (intent) => intent.created },
  currency: { kind: 'token', read: (intent) => intent.currency },
  customer: { kind: 'token', read: (intent) => intent.customer as string | null },
  status: { kind: 'token', read: (intent) => intent.status },
};

function cancel(call: Call<Values<typeof parameters.cancel>>): PaymentIntent {
  const { turn, params } = call;
  const intent = findIntent(call);
  if (intentSecret(turn, intent).session !== null && intent.status !== 'requires_capture') {
    throw stateConflict(
      'You cannot cancel this PaymentIntent because it was created by a Checkout Session. Expire the session instead.',
      'payment_intent_unexpected_state',
      { payment_intent: intent },
    );
  }
  cancelIntent(turn, intent, params.cancellation_reason ?? null);
  return intent;
}

function capture(call: Call<Values<typeof parameters.capture>>): PaymentIntent {
  const { turn, params } = call;
  const intent = findIntent(call);
  if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'capture');
  const amount = params.amount_to_capture ?? intent.amount_capturable;
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      'The amount to capture must not be greater than the amount that can be captured.',
      'amount_too_large',
      'amount_to_capture',
    );
  }
  intent.metadata = mergeMetadata(intent.metadata, params.metadata);
  const charge = call.world.store.charges.get(intent.latest_charge as string)!;
  for (const name of ['statement_descriptor', 'statement_descriptor_suffix'] as const) {
    const given = params[name];
    if (given === undefined) continue;
    intent[name] = given;
    charge[name] = given;
  }
  captureIntent(turn, intent, amount);
  return intent;
}

function increment(call: Call<Values<typeof parameters.incrementAuthorization>>): PaymentIntent {
  const { amount, metadata, expand: _, ...changes } = call.params;
  const intent = findIntent(call);
  if (intent.status !== 'requires_capture') throw unexpectedState(intent, 'increment the authorization of');
  checkAmount(amount, intent.currency);
  const merged = mergeMetadata(intent.metadata, metadata);
  incrementAuthorization(call.turn, intent, amount, { ...changes, metadata: merged });
  return intent;
}
