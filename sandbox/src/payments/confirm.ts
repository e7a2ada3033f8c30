/** Confirming a payment intent: the attempt to charge, which ends paid, refused, challenged or waiting. */
import { cardError } from '../declines.ts';
import type { PaymentIntent, PaymentIntentStatus, PaymentMethod } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { invalidRequest, stateConflict } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { decide } from './decision.ts';
import { startDebit } from './delayed.ts';
import { isConfirmable } from './machine.ts';
import { cardOf, secretOf, usedUp } from './payment-method.ts';
import { advance, approve, decline, intentSecret } from './settle.ts';

export interface Attempt {
  method: PaymentMethod;
  offSession: boolean;
  returnUrl: string | null;
  /** stripe.js handles the challenge itself; otherwise the customer is redirected to it. */
  usesStripeSdk: boolean;
  authenticationWanted: boolean;
  /** `error_on_requires_action`: a needed challenge is a decline. */
  refusesChallenge: boolean;
}

/** @throws ApiError 400 when the intent cannot be confirmed in its state */
export function checkConfirmable(intent: PaymentIntent): void {
  const status = intent.status as PaymentIntentStatus;
  if (isConfirmable(status)) return;
  throw stateConflict(
    `You cannot confirm this PaymentIntent because it has a status of ${status}. ` +
      'Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, ' +
      'requires_action, requires_payment_method.',
    'payment_intent_unexpected_state',
    { payment_intent: intent },
  );
}

/** Tries to charge. @throws ApiError 402 when refused: the intent then waits for another payment method */
export function confirmIntent(turn: Turn, intent: PaymentIntent, attempt: Attempt): void {
  const { method } = attempt;
  checkMethod(turn, intent, method);
  const hidden = intentSecret(turn, intent);
  const isAuthenticated =
    hidden.challenge?.outcome === 'passed' && hidden.challenge.paymentMethod === method.id;
  intent.payment_method = method.id;
  intent.last_payment_error = null;
  intent.next_action = null;
  hidden.challenge = null;
  turn.world.store.payment_intent_secrets.put(hidden);
  if (method.type === 'sepa_debit') {
    startDebit(turn, intent, method);
    return;
  }
  charge(turn, intent, attempt, isAuthenticated);
}

/** Charges the card, with what is known about the customer's authentication. */
function charge(turn: Turn, intent: PaymentIntent, attempt: Attempt, isAuthenticated: boolean): void {
  const { method, offSession } = attempt;
  const secret = secretOf(turn, method);
  const behaviour = cardOf(secret);
  const circumstances = { method, secret, behaviour, isAuthenticated };
  const decision = decide(behaviour, {
    offSession: offSession || attempt.refusesChallenge,
    isSetUp: secret.isSetUp,
    cvcGiven: secret.cvcGiven,
    authenticationWanted: attempt.authenticationWanted,
    isAuthenticated,
  });
  switch (decision.kind) {
    case 'approved':
      approve(turn, intent, circumstances);
      return;
    case 'declined':
      throw cardError(decline(turn, intent, circumstances, decision.decline));
    case 'authentication_needed':
      askForAuthentication(turn, intent, attempt);
  }
}

function askForAuthentication(turn: Turn, intent: PaymentIntent, attempt: Attempt): void {
  const { ids, store, baseUrl } = turn.world;
  const token = ids.characters(32);
  const source = ids.object('src');
  const hidden = intentSecret(turn, intent);
  hidden.challenge = {
    token,
    source,
    paymentMethod: attempt.method.id,
    offSession: attempt.offSession,
    returnUrl: attempt.returnUrl,
    outcome: null,
  };
  store.payment_intent_secrets.put(hidden);
  const url = `${baseUrl}/3ds/${intent.id}?token=${token}`;
  intent.next_action = attempt.usesStripeSdk
    ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source } }
    : {
        type: 'redirect_to_url',
        redirect_to_url: { url: `${url}&redirect=1`, return_url: attempt.returnUrl },
      };
  advance(intent, 'authentication_asked');
  save(turn, store.payment_intents, intent, 'updated');
  emit(turn, 'payment_intent.requires_action', intent);
}

/** @throws ApiError 400 when the method's type is not allowed, another customer owns it, or it is used up */
export function checkMethod(
  turn: Turn,
  intent: Pick<PaymentIntent, 'payment_method_types' | 'customer'>,
  method: PaymentMethod,
  noun: 'PaymentIntent' | 'SetupIntent' = 'PaymentIntent',
): void {
  if (!intent.payment_method_types.includes(method.type)) {
    throw invalidRequest(
      `The PaymentMethod provided (${method.type}) is not allowed for this ${noun}. ` +
        `Allowed types: ${intent.payment_method_types.join(', ')}.`,
      undefined,
      'payment_method',
    );
  }
  if (method.customer !== null && method.customer !== intent.customer) {
    throw invalidRequest(
      `The PaymentMethod belongs to a Customer. Please provide its Customer with the ${noun}.`,
      undefined,
      'payment_method',
    );
  }
  if (secretOf(turn, method).isUsedUp) throw usedUp();
}
