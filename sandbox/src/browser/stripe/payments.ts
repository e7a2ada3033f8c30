import { type ApiResult, callApi, idOfClientSecret, type StripeError } from '../shared/api.ts';
import { showChallenge } from '../shared/challenge-dialog.ts';
import type { Options } from '../shared/messages.ts';
import { requireIntegration } from './errors.ts';
import { sandboxOrigin } from './origin.ts';

const authenticationFailure = 'payment_intent_authentication_failure';
const authenticationFailureMessage =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

export type PaymentIntentResult =
  | { paymentIntent: Options; error?: undefined }
  | { paymentIntent?: undefined; error: StripeError };

export function intentPath(clientSecret: unknown, verb = ''): string {
  const id = idOfClientSecret(clientSecret);
  requireIntegration(
    id?.startsWith('pi_'),
    'Invalid value for the client secret: it should be a PaymentIntent client secret of the form pi_…_secret_….',
  );
  return `/v1/payment_intents/${id}${verb}`;
}

export async function retrieveIntent(key: string, clientSecret: string): Promise<PaymentIntentResult> {
  const params = { client_secret: clientSecret };
  return intentResult(
    await callApi({ origin: sandboxOrigin, key, method: 'GET', path: intentPath(clientSecret), params }),
  );
}

/** Confirms without card data: with the id of a PaymentMethod, or with the one the PaymentIntent already has. */
export async function confirmIntent(
  key: string,
  clientSecret: string,
  params: Options,
): Promise<PaymentIntentResult> {
  const path = intentPath(clientSecret, '/confirm');
  return intentResult(
    await callApi({
      origin: sandboxOrigin,
      key,
      method: 'POST',
      path,
      params: { ...params, client_secret: clientSecret, use_stripe_sdk: true },
    }),
  );
}

export function intentResult(
  result: ApiResult | { value?: Options; error?: StripeError },
): PaymentIntentResult {
  return result.error ? { error: result.error } : { paymentIntent: result.value as Options };
}

/**
 * Carries a PaymentIntent through what its bank still asks. A redirect leaves the page, and then the promise
 * never resolves, as with Stripe.
 */
export async function followNextAction(key: string, intent: Options): Promise<PaymentIntentResult> {
  if (intent.status !== 'requires_action') return { paymentIntent: intent };
  const action = intent.next_action ?? {};
  if (action.type === 'redirect_to_url') return leaveTo(action.redirect_to_url.url);
  if (action.type !== 'use_stripe_sdk') return { paymentIntent: intent };
  await showChallenge(onSandbox(action.use_stripe_sdk.stripe_js));
  return afterChallenge(await retrieveIntent(key, intent.client_secret));
}

export function leaveTo(url: string): Promise<never> {
  window.location.assign(url);
  return new Promise(() => {});
}

/** The address a customer is sent to after a payment, as Stripe extends the merchant's `return_url`. */
export function returnAddress(returnUrl: string, intent: Options): string {
  const address = new URL(returnUrl, window.location.href);
  address.searchParams.append('payment_intent', intent.id);
  address.searchParams.append('payment_intent_client_secret', intent.client_secret);
  address.searchParams.append('redirect_status', redirectStatus(intent.status));
  return address.href;
}

/** Not verified for `processing`: Stripe documents succeeded and failed; pending was seen for delayed methods. */
function redirectStatus(status: string): string {
  if (status === 'processing') return 'pending';
  return status === 'requires_payment_method' || status === 'canceled' ? 'failed' : 'succeeded';
}

/**
 * The API may call the sandbox by another name than the page does (127.0.0.1 and localhost); the challenge is
 * shown under the name the page trusts.
 */
function onSandbox(url: string): URL {
  const { pathname, search } = new URL(url);
  return new URL(pathname + search, sandboxOrigin);
}

function afterChallenge(result: PaymentIntentResult): PaymentIntentResult {
  const intent = result.paymentIntent;
  if (!intent || !['requires_payment_method', 'requires_action'].includes(intent.status)) return result;
  const failure = { type: 'invalid_request_error', code: authenticationFailure };
  const error: StripeError = { ...(intent.last_payment_error ?? failure), payment_intent: intent };
  // The API words this failure for developers; stripe.js words it for the customer who reads it.
  if (error.code === authenticationFailure) error.message = authenticationFailureMessage;
  return { error };
}
