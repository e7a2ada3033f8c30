/** The customer's answer to the 3-D Secure challenge of a setup intent. */
import type { SetupIntent } from '../objects.ts';
import { takeAnswer } from '../payments/challenge.ts';
import { paymentError } from '../payments/settle.ts';
import { missingResource } from '../wire/errors.ts';
import type { Turn } from '../world.ts';
import { failSetup, succeedSetup } from './confirm.ts';
import { setupSecret } from './setup-intent.ts';

/**
 * Takes the answer to the open challenge with this token.
 * @throws ApiError 404 for an unknown intent, 400 when this challenge is not open (answered, replaced, canceled)
 */
export function answerSetupChallenge(
  turn: Turn,
  intentId: string,
  token: string,
  isPassed: boolean,
): SetupIntent {
  const { store } = turn.world;
  const intent = store.setup_intents.get(intentId);
  if (intent === undefined) throw missingResource('setupintent', intentId);
  const hidden = setupSecret(turn, intent);
  const challenge = takeAnswer(hidden.challenge, { status: intent.status, token, isPassed });
  store.setup_intent_secrets.put(hidden);
  const method = store.payment_methods.get(challenge.paymentMethod)!;
  if (isPassed) {
    succeedSetup(turn, intent, method, true);
    return intent;
  }
  const error = paymentError('invalid_request_error', {
    code: 'setup_intent_authentication_failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new ' +
      'PaymentMethod to attempt to fulfill this SetupIntent again.',
    payment_method: { ...method },
  });
  failSetup(turn, intent, error);
  return intent;
}
