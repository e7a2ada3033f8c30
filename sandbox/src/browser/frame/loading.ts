import { callApi, idOfClientSecret, type StripeError } from '../shared/api.ts';
import type { FrameSetup } from '../shared/messages.ts';

/** A Payment Element can only collect for a PaymentIntent that exists and still needs a payment. */
export async function loadProblem({ type, key, clientSecret }: FrameSetup): Promise<StripeError | null> {
  if (type !== 'payment' || !clientSecret) return null;
  const { value, error } = await callApi({
    origin: window.location.origin,
    key,
    method: 'GET',
    path: `/v1/payment_intents/${idOfClientSecret(clientSecret)}`,
    params: { client_secret: clientSecret },
  });
  if (error) return error;
  if (value.status !== 'succeeded' && value.status !== 'canceled') return null;
  return {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `This PaymentIntent is ${value.status} and cannot take another payment.`,
    payment_intent: value,
  };
}
