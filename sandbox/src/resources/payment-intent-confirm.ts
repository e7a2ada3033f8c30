/** `POST /v1/payment_intents/:id/confirm`, by the merchant's server or by stripe.js. */
import type { PaymentIntent } from '../objects.ts';
import { checkConfirmable, checkMethod, confirmIntent } from '../payments/confirm.ts';
import { spend } from '../payments/confirmation-token.ts';
import { automaticTypes, restrictTypes } from '../payments/method-types.ts';
import { intentSecret } from '../payments/settle.ts';
import type { Call } from '../routing.ts';
import { invalidRequest, stateConflict } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import {
  applyOptions,
  attemptOf,
  findIntent,
  givenMethod,
  missingMethod,
  needReturnUrl,
  shown,
  unexpectedState,
  withConfirmationToken,
} from './payment-intent-calls.ts';
import type * as parameters from './payment-intent-parameters.ts';
import { wholeShipping } from './references.ts';

export function confirmByCall(call: Call<Values<typeof parameters.confirm>>): object {
  const { turn, access } = call;
  const intent = findIntent(call);
  if (access === 'publishable') checkBrowserMaySay(call.params);
  if (intentSecret(turn, intent).session !== null) {
    throw stateConflict(
      'You cannot confirm this PaymentIntent because it was created by a Checkout Session.',
      'payment_intent_unexpected_state',
      { payment_intent: intent },
    );
  }
  checkConfirmable(intent);
  const { params, token } = withConfirmationToken(turn, call.params);
  if (access === 'secret') needReturnUrl(intent.automatic_payment_methods, params.return_url ?? null);
  if (access === 'publishable' && intent.confirmation_method === 'manual')
    throw unexpectedState(intent, 'confirm');
  restrictTypes(intent, params, automaticTypes(intent.currency));
  const given = givenMethod(turn, params);
  const method = given ?? turn.world.store.payment_methods.get(intent.payment_method ?? '');
  if (method === undefined) throw missingMethod();
  checkMethod(turn, intent, method);
  applyConfirmation(intent, params);
  if (token !== null) spend(turn, token, intent);
  confirmIntent(turn, intent, attemptOf(intent, method, params));
  return shown(call, intent);
}

/** These decide about the merchant's money, so only the merchant's server may set them. */
function checkBrowserMaySay(params: Values<typeof parameters.confirm>): void {
  for (const name of [
    'allowed_payment_method_types',
    'capture_method',
    'error_on_requires_action',
    'excluded_payment_method_types',
    'off_session',
    'radar_options',
  ] as const) {
    if (params[name] === undefined) continue;
    throw invalidRequest(`The parameter ${name} cannot be set with a publishable key.`, undefined, name);
  }
}

function applyConfirmation(intent: PaymentIntent, params: Values<typeof parameters.confirm>): void {
  if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email;
  if (params.capture_method !== undefined) intent.capture_method = params.capture_method;
  if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage;
  if (params.shipping !== undefined) intent.shipping = wholeShipping(params.shipping);
  applyOptions(intent, params);
}
