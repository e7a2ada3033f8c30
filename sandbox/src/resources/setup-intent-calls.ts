/** What the calls on one setup intent have in common. */
import type { PaymentMethod, SetupIntent } from '../objects.ts';
import { typesForSetup } from '../payments/method-types.ts';
import type { Call } from '../routing.ts';
import type { SetupAttemptOptions } from '../setup/confirm.ts';
import { publicSetupIntent } from '../setup/public-setup-intent.ts';
import { setupSecret } from '../setup/setup-intent.ts';
import {
  invalidRequest,
  missingParameter,
  missingResource,
  notBuilt,
  stateConflict,
} from '../wire/errors.ts';
import { needReturnUrl } from './payment-intent-calls.ts';

/** @throws ApiError 404, and 400 for a publishable key without the right client secret */
export function findSetupIntent(call: Call<unknown>): SetupIntent {
  const id = call.ids[0]!;
  const intent = call.world.store.setup_intents.get(id);
  if (intent === undefined) throw missingResource('setupintent', id, 'intent');
  const given = (call.params as { client_secret?: string }).client_secret;
  if (call.access === 'publishable' && given === undefined) throw missingParameter('client_secret');
  if (given === undefined || given === intent.client_secret) return intent;
  throw invalidRequest(
    'The client_secret provided does not match the client_secret associated with the SetupIntent.',
    'setup_intent_invalid_parameter',
    'client_secret',
  );
}

export function shown(call: Call<unknown>, intent: SetupIntent): object {
  return call.access === 'publishable' ? publicSetupIntent(intent) : intent;
}

interface AttemptParams {
  return_url?: string;
  use_stripe_sdk?: boolean;
}

export function attemptOf(
  intent: SetupIntent,
  method: PaymentMethod,
  params: AttemptParams,
): SetupAttemptOptions {
  const authentication = intent.payment_method_options?.card?.request_three_d_secure;
  return {
    method,
    returnUrl: params.return_url ?? null,
    usesStripeSdk: params.use_stripe_sdk ?? params.return_url === undefined,
    authenticationWanted: authentication === 'any' || authentication === 'challenge',
  };
}

/**
 * Calls of older API versions need no address to return to: the Stripe CLI's fixtures confirm without one, which real
 * accounts take as long as none of their methods redirects.
 */
export function checkReturnUrl(
  { version }: Pick<Call<unknown>, 'version'>,
  automatic: Parameters<typeof needReturnUrl>[0],
  returnUrl: string | undefined,
): void {
  if (!version.takesPaymentMethodTypes) needReturnUrl(automatic, returnUrl ?? null, 'SetupIntent');
}

type Authentication = 'automatic' | 'any' | 'challenge';

export function wanted(params: {
  payment_method_options?: { card?: { request_three_d_secure?: Authentication } };
}): Authentication | undefined {
  return params.payment_method_options?.card?.request_three_d_secure;
}

export function checkTypes(own: string[]): string[] {
  for (const type of own) {
    if (!typesForSetup.includes(type)) throw notBuilt(`the payment method type '${type}' for setup`);
  }
  return [...own];
}

/** What decides about the merchant's money, only the merchant's server may set. */
export function secretOnly(): Error {
  const name = 'allowed_payment_method_types';
  return invalidRequest(`The parameter ${name} cannot be set with a publishable key.`, undefined, name);
}

/** As for payment intents, a session is the only way to finish what it began. */
export function refuseOfSession(
  { turn }: Pick<Call<unknown>, 'turn'>,
  intent: SetupIntent,
  verb: string,
): void {
  if (setupSecret(turn, intent).session === null) return;
  throw stateConflict(
    `You cannot ${verb} this SetupIntent because it was created by a Checkout Session.`,
    'setup_intent_unexpected_state',
    { setup_intent: intent },
  );
}

/** Source: issue 3049 of YumaInaura/YumaInaura, for `payment_method`; which others it concerns is not verified. */
export function refuseChangesOfSession(
  { turn }: Pick<Call<unknown>, 'turn'>,
  intent: SetupIntent,
  names: string[],
): void {
  if (setupSecret(turn, intent).session === null || names.length === 0) return;
  throw invalidRequest(
    `Some of the parameters you provided (${names.join(', ')}) cannot be used when modifying a SetupIntent that was ` +
      'created by Checkout. You can try again without those parameters.',
    undefined,
    names[0],
  );
}

export function missingMethod(): Error {
  return stateConflict(
    "You cannot confirm this SetupIntent because it's missing a payment method. You can either update the " +
      'SetupIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.',
    'setup_intent_unexpected_state',
  );
}

export function unexpectedState(intent: SetupIntent, verb: string): Error {
  return stateConflict(
    `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`,
    'setup_intent_unexpected_state',
    { setup_intent: intent },
  );
}
