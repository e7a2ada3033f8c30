import { callApi, idOfClientSecret, type StripeError } from '../shared/api.ts';
import { intentCollection } from '../shared/intents.ts';
import type { FrameSetup, Options } from '../shared/messages.ts';

/** A Payment Element can only collect for an intent that exists and still needs a payment method. */
export async function loadProblem(setup: FrameSetup): Promise<StripeError | null> {
  const { type, key, clientSecret } = setup;
  if (type !== 'payment') return null;
  if (!clientSecret) return methodTypeProblem(setup.methodTypes);
  const id = idOfClientSecret(clientSecret) ?? '';
  const { value, error } = await callApi({
    origin: window.location.origin,
    key,
    method: 'GET',
    path: `/v1/${intentCollection(id)}/${id}`,
    params: { client_secret: clientSecret },
  });
  return error ?? stateProblem(value);
}

function stateProblem(intent: Options): StripeError | null {
  if (intent.status !== 'succeeded' && intent.status !== 'canceled') return null;
  const isSetup = intent.object === 'setup_intent';
  return {
    type: 'invalid_request_error',
    code: `${intent.object}_unexpected_state`,
    message: `This ${isSetup ? 'SetupIntent' : 'PaymentIntent'} is ${intent.status} and cannot take another payment.`,
    [intent.object]: intent,
  };
}

function methodTypeProblem(types: string[] | null): StripeError | null {
  if (types === null || types.includes('card')) return null;
  return {
    type: 'invalid_request_error',
    code: 'sandbox_not_built',
    message: `The sandbox's Payment Element takes cards only; ${types.join(', ') || 'no kind'} was asked for.`,
  };
}
