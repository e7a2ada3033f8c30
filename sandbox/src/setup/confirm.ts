/** Confirming a setup intent: the method is set up, refused, or its bank asks for the customer. */
import { completeSetup } from '../checkout/progress.ts';
import { cardError, declineDetails, declines } from '../declines.ts';
import type { PaymentMethod, SetupIntent } from '../objects.ts';
import { checkMethod } from '../payments/confirm.ts';
import { decideSetup } from '../payments/decision.ts';
import { attach, cardOf, secretOf } from '../payments/payment-method.ts';
import { paymentError } from '../payments/settle.ts';
import { emit } from '../webhooks/events.ts';
import { stateConflict } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { beginAttempt, endAttempt } from './attempt.ts';
import { dropChallenge, isOpen, setupSecret } from './setup-intent.ts';

export interface SetupAttemptOptions {
  method: PaymentMethod;
  returnUrl: string | null;
  /** stripe.js handles the challenge itself; otherwise the customer is redirected to it. */
  usesStripeSdk: boolean;
  authenticationWanted: boolean;
}

/** @throws ApiError 400 when the intent cannot be confirmed in its state */
export function checkSetupConfirmable(intent: SetupIntent): void {
  if (isOpen(intent)) return;
  const state =
    intent.status === 'succeeded' ? 'it has already succeeded' : `it has a status of ${intent.status}`;
  throw stateConflict(
    `You cannot confirm this SetupIntent because ${state}.`,
    'setup_intent_unexpected_state',
    { setup_intent: intent },
  );
}

/** Tries to set the method up. @throws ApiError 402 when refused: the intent then waits for another method */
export function confirmSetup(turn: Turn, intent: SetupIntent, options: SetupAttemptOptions): void {
  const { method } = options;
  checkMethod(turn, intent, method, 'SetupIntent');
  dropChallenge(turn, intent);
  intent.payment_method = method.id;
  intent.last_setup_error = null;
  beginAttempt(turn, intent, method);
  if (method.type !== 'card') {
    succeedSetup(turn, intent, method, false);
    return;
  }
  const secret = secretOf(turn, method);
  const decision = decideSetup(cardOf(secret), {
    offSession: false,
    isSetUp: secret.isSetUp,
    cvcGiven: secret.cvcGiven,
    authenticationWanted: options.authenticationWanted,
    isAuthenticated: false,
  });
  if (decision.kind === 'approved') succeedSetup(turn, intent, method, false);
  else if (decision.kind === 'authentication_needed') askForAuthentication(turn, intent, options);
  else {
    const details = declineDetails(declines[decision.decline]);
    failSetup(turn, intent, paymentError('card_error', { ...details, payment_method: { ...method } }));
    throw cardError({ ...details, payment_method: method, setup_intent: intent });
  }
}

/** The method can be used later; when there is a customer it belongs to it from now on. */
export function succeedSetup(
  turn: Turn,
  intent: SetupIntent,
  method: PaymentMethod,
  isAuthenticated: boolean,
): void {
  const { setup_intents, payment_method_secrets } = turn.world.store;
  intent.status = 'succeeded';
  intent.next_action = null;
  // A debit needs the customer's mandate. The sandbox has its id only; mandates are not built.
  if (method.type === 'sepa_debit') intent.mandate = turn.world.ids.object('mandate');
  if (intent.customer !== null) attach(turn, method, intent.customer as string);
  const secret = secretOf(turn, method);
  payment_method_secrets.put({ ...secret, isSetUp: secret.isSetUp || intent.usage === 'off_session' });
  endAttempt(turn, intent, 'succeeded', { isAuthenticated });
  save(turn, setup_intents, intent, 'updated');
  emit(turn, 'setup_intent.succeeded', intent);
  completeSetup(turn, intent);
}

/** The bank, or the customer's failed authentication, refuses the method. */
export function failSetup(turn: Turn, intent: SetupIntent, error: ReturnType<typeof paymentError>): void {
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_setup_error = error as NonNullable<SetupIntent['last_setup_error']>;
  endAttempt(turn, intent, 'failed', { error });
  save(turn, turn.world.store.setup_intents, intent, 'updated');
  emit(turn, 'setup_intent.setup_failed', intent);
}

function askForAuthentication(turn: Turn, intent: SetupIntent, options: SetupAttemptOptions): void {
  const { ids, store, baseUrl } = turn.world;
  const { method, returnUrl } = options;
  const token = ids.characters(32);
  const source = ids.object('src');
  store.setup_intent_secrets.put({
    ...setupSecret(turn, intent),
    challenge: { token, source, paymentMethod: method.id, offSession: false, returnUrl, outcome: null },
  });
  const url = `${baseUrl}/3ds/${intent.id}?token=${token}`;
  intent.next_action = options.usesStripeSdk
    ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source } }
    : { type: 'redirect_to_url', redirect_to_url: { url: `${url}&redirect=1`, return_url: returnUrl } };
  intent.status = 'requires_action';
  endAttempt(turn, intent, 'requires_action');
  save(turn, store.setup_intents, intent, 'updated');
  emit(turn, 'setup_intent.requires_action', intent);
}
