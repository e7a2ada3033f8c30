/** The customer's answer to a 3-D Secure challenge, given on the challenge page. */

import { progressSession } from '../checkout/progress.ts';
import type { PaymentIntent } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { missingResource } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { takeAnswer } from './challenge.ts';
import { decide } from './decision.ts';
import { cardOf, secretOf } from './payment-method.ts';
import { advance, approve, decline, intentSecret, paymentError } from './settle.ts';

/**
 * Takes the answer to the open challenge with this token.
 * @throws ApiError 404 for an unknown intent, 400 when this challenge is not open (answered, replaced, canceled)
 */
export function answerChallenge(
  turn: Turn,
  intentId: string,
  token: string,
  isPassed: boolean,
): PaymentIntent {
  const { store } = turn.world;
  const intent = store.payment_intents.get(intentId);
  if (intent === undefined) throw missingResource('payment_intent', intentId);
  const hidden = intentSecret(turn, intent);
  const challenge = takeAnswer(hidden.challenge, { status: intent.status, token, isPassed });
  store.payment_intent_secrets.put(hidden);
  if (!isPassed) failAuthentication(turn, intent);
  else if (intent.confirmation_method === 'manual') returnToServer(turn, intent);
  else chargeAuthenticated(turn, intent, challenge.paymentMethod);
  return intent;
}

function chargeAuthenticated(turn: Turn, intent: PaymentIntent, methodId: string): void {
  const method = turn.world.store.payment_methods.get(methodId)!;
  const secret = secretOf(turn, method);
  const behaviour = cardOf(secret);
  const circumstances = { method, secret, behaviour, isAuthenticated: true };
  const decision = decide(behaviour, {
    offSession: false,
    isSetUp: secret.isSetUp,
    cvcGiven: secret.cvcGiven,
    authenticationWanted: false,
    isAuthenticated: true,
  });
  if (decision.kind === 'declined') decline(turn, intent, circumstances, decision.decline);
  else approve(turn, intent, circumstances);
}

/** With `confirmation_method: manual` the server must confirm again. */
function returnToServer(turn: Turn, intent: PaymentIntent): void {
  advance(intent, 'authentication_passed_for_server');
  intent.next_action = null;
  save(turn, turn.world.store.payment_intents, intent, 'updated');
}

function failAuthentication(turn: Turn, intent: PaymentIntent): void {
  const { store } = turn.world;
  const method = store.payment_methods.get(intent.payment_method!)!;
  advance(intent, 'authentication_failed');
  intent.next_action = null;
  intent.payment_method = null;
  intent.last_payment_error = paymentError('invalid_request_error', {
    code: 'payment_intent_authentication_failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new ' +
      'PaymentMethod to attempt to fulfill this PaymentIntent again.',
    payment_method: { ...method },
  });
  save(turn, store.payment_intents, intent, 'updated');
  emit(turn, 'payment_intent.payment_failed', intent);
  progressSession(turn, intent);
}
