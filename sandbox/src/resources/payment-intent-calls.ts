/** What the calls on one payment intent have in common. */
import type { ConfirmationToken, PaymentIntent, PaymentMethod } from '../objects.ts';
import type { Attempt } from '../payments/confirm.ts';
import { openConfirmationToken } from '../payments/confirmation-token.ts';
import { cardOptions } from '../payments/intent.ts';
import {
  createPaymentMethod,
  findPaymentMethod,
  type PaymentMethodInput,
} from '../payments/payment-method.ts';
import { publicIntent } from '../payments/public-intent.ts';
import type { Call } from '../routing.ts';
import { invalidRequest, missingParameter, missingResource, stateConflict } from '../wire/errors.ts';
import type { Turn } from '../world.ts';
import type { ShippingInput } from './references.ts';

/** @throws ApiError 404, and 400 for a publishable key without the right client secret */
export function findIntent(call: Call<unknown>): PaymentIntent {
  const id = call.ids[0]!;
  const intent = call.world.store.payment_intents.get(id);
  if (intent === undefined) throw missingResource('payment_intent', id, 'intent');
  const given = (call.params as { client_secret?: string }).client_secret;
  if (call.access === 'publishable' && given === undefined) throw missingParameter('client_secret');
  if (given !== undefined && given !== intent.client_secret) {
    throw invalidRequest(
      'The client_secret provided does not match the client_secret associated with the PaymentIntent.',
      'payment_intent_invalid_parameter',
      'client_secret',
    );
  }
  return intent;
}

export function shown(call: Call<unknown>, intent: PaymentIntent): object {
  return call.access === 'publishable' ? publicIntent(intent) : intent;
}

interface MethodParams {
  payment_method?: string;
  payment_method_data?: PaymentMethodInput;
}

/** The payment method that the call names or describes; undefined when it does neither. */
export function givenMethod(turn: Turn, params: MethodParams): PaymentMethod | undefined {
  if (params.payment_method !== undefined)
    return findPaymentMethod(turn, params.payment_method, 'payment_method');
  if (params.payment_method_data !== undefined) return createPaymentMethod(turn, params.payment_method_data);
  return undefined;
}

interface AttemptParams {
  off_session?: boolean;
  return_url?: string;
  use_stripe_sdk?: boolean;
  error_on_requires_action?: boolean;
}

export function attemptOf(intent: PaymentIntent, method: PaymentMethod, params: AttemptParams): Attempt {
  const wanted = intent.payment_method_options?.card?.request_three_d_secure;
  return {
    method,
    offSession: params.off_session ?? false,
    returnUrl: params.return_url ?? null,
    // Without a return_url only stripe.js can take the customer through a challenge.
    usesStripeSdk: params.use_stripe_sdk ?? params.return_url === undefined,
    authenticationWanted: wanted === 'any' || wanted === 'challenge',
    refusesChallenge: params.error_on_requires_action ?? false,
  };
}

interface CardOptions {
  request_three_d_secure?: 'automatic' | 'any' | 'challenge';
  request_incremental_authorization?: 'if_available' | 'never';
}
interface OptionParams {
  payment_method_options?: { card?: CardOptions };
}

/** The card's options that the call names; the others stay as they are. */
export function wantedOptions(params: OptionParams): CardOptions {
  return params.payment_method_options?.card ?? {};
}

export function applyOptions(intent: PaymentIntent, params: OptionParams): void {
  if (params.payment_method_options?.card === undefined) return;
  const card = intent.payment_method_options?.card ?? cardOptions('automatic');
  intent.payment_method_options = { card: { ...card, ...wantedOptions(params) } };
}

interface TokenParams {
  payment_method?: string;
  payment_method_data?: PaymentMethodInput;
  return_url?: string;
  use_stripe_sdk?: boolean;
  confirmation_token?: string;
  setup_future_usage?: 'off_session' | 'on_session' | null;
  shipping?: ShippingInput | null;
}

/**
 * The call's parameters with what its confirmation token adds; what the call says itself comes first.
 * @throws ApiError 400 when the token cannot be used, or another payment method is given beside it
 */
export function withConfirmationToken<P extends TokenParams>(
  turn: Turn,
  params: P,
): { params: P; token: ConfirmationToken | null } {
  if (params.confirmation_token === undefined) return { params, token: null };
  for (const other of ['payment_method', 'payment_method_data'] as const) {
    if (params[other] === undefined) continue;
    throw invalidRequest(
      `You may only specify one of these parameters: confirmation_token, ${other}.`,
      'parameters_exclusive',
      'confirmation_token',
    );
  }
  const { token, method } = openConfirmationToken(turn, params.confirmation_token);
  const { return_url, setup_future_usage, shipping } = token;
  const entered = {
    ...(return_url !== null && { return_url }),
    ...(setup_future_usage !== null && { setup_future_usage }),
    ...(shipping !== null && { shipping }),
    use_stripe_sdk: token.use_stripe_sdk,
  };
  return { params: { ...entered, ...params, payment_method: method.id }, token };
}

/** Methods that might redirect need somewhere to come back to when a server confirms. */
export function needReturnUrl(
  automatic: { allow_redirects?: string } | null,
  returnUrl: string | null,
  noun = 'PaymentIntent',
): void {
  if (returnUrl !== null || automatic?.allow_redirects !== 'always') return;
  throw invalidRequest(
    `This ${noun} is configured to accept payment methods enabled in your Dashboard. Because some of these ` +
      'payment methods might redirect your customer off of your page, you must provide a `return_url`. Or set ' +
      '`automatic_payment_methods[allow_redirects]` to `never` when creating it.',
    undefined,
    'return_url',
  );
}

export function missingMethod(): Error {
  return stateConflict(
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the " +
      'PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.',
    'payment_intent_unexpected_state',
  );
}

export function unexpectedState(intent: PaymentIntent, verb: string): Error {
  return stateConflict(
    `This PaymentIntent's status is ${intent.status}, in which you cannot ${verb} it like this.`,
    'payment_intent_unexpected_state',
    { payment_intent: intent },
  );
}
