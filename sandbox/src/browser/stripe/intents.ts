import { type ApiResult, callApi, idOfClientSecret, type StripeError } from '../shared/api.ts';
import { showChallenge } from '../shared/challenge-dialog.ts';
import { intentCollection } from '../shared/intents.ts';
import type { FrameResult, Options } from '../shared/messages.ts';
import { IntegrationError } from './errors.ts';
import { onSandbox, sandboxOrigin } from './origin.ts';

export type IntentKind = 'payment_intent' | 'setup_intent';

export type IntentResult =
  | { intent: Options; error?: undefined }
  | { intent?: undefined; error: StripeError };

const kinds = {
  payment_intent: { prefix: 'pi_', name: 'PaymentIntent', result: 'paymentIntent' },
  setup_intent: { prefix: 'seti_', name: 'SetupIntent', result: 'setupIntent' },
};

/** The id in a client secret of the kind that is wanted. @throws IntegrationError for anything else */
export function intentId(clientSecret: unknown, kind: IntentKind): string {
  const id = idOfClientSecret(clientSecret);
  const { prefix, name } = kinds[kind];
  if (id?.startsWith(prefix)) return id;
  throw new IntegrationError(
    `Invalid value for the client secret: it should be a ${name} client secret of the form ${prefix}…_secret_….`,
  );
}

export function kindOf(clientSecret: unknown): IntentKind {
  return idOfClientSecret(clientSecret)?.startsWith('seti_') ? 'setup_intent' : 'payment_intent';
}

/** The shape a merchant's page gets: `{paymentIntent}`, `{setupIntent}` or `{error}`. */
export function publicResult({ intent, error }: IntentResult): Options {
  if (error) return { error };
  return { [kinds[intent.object as IntentKind].result]: intent };
}

export function intentResult(result: ApiResult | FrameResult): IntentResult {
  return result.error ? { error: result.error } : { intent: result.value as Options };
}

export async function retrieveIntent(key: string, clientSecret: string): Promise<IntentResult> {
  const params = { client_secret: clientSecret };
  const path = pathOf(clientSecret);
  return intentResult(await callApi({ origin: sandboxOrigin, key, method: 'GET', path, params }));
}

/** Confirms without card data: with the id of a PaymentMethod, or with the one the intent already has. */
export async function confirmIntent(
  key: string,
  clientSecret: string,
  params: Options,
): Promise<IntentResult> {
  return intentResult(
    await callApi({
      origin: sandboxOrigin,
      key,
      method: 'POST',
      path: `${pathOf(clientSecret)}/confirm`,
      params: { ...params, client_secret: clientSecret, use_stripe_sdk: true },
    }),
  );
}

/**
 * Carries an intent through what its bank still asks. A redirect leaves the page, and then the promise
 * never resolves, as with Stripe.
 */
export async function followNextAction(key: string, result: IntentResult): Promise<IntentResult> {
  const { intent } = result;
  if (intent?.status !== 'requires_action') return result;
  const action = intent.next_action ?? {};
  if (action.type === 'redirect_to_url') return leaveTo(action.redirect_to_url.url);
  if (action.type !== 'use_stripe_sdk') return result;
  await showChallenge(onSandbox(action.use_stripe_sdk.stripe_js));
  return afterChallenge(await retrieveIntent(key, intent.client_secret));
}

export function leaveTo(url: string): Promise<never> {
  window.location.assign(url);
  return new Promise(() => {});
}

/** The address a customer is sent to after a payment or a setup, as Stripe extends the merchant's `return_url`. */
export function returnAddress(returnUrl: string, intent: Options): string {
  const address = new URL(returnUrl, window.location.href);
  address.searchParams.append(intent.object, intent.id);
  address.searchParams.append(`${intent.object}_client_secret`, intent.client_secret);
  address.searchParams.append('redirect_status', redirectStatus(intent.status));
  return address.href;
}

/** Not verified for `processing`: Stripe documents succeeded and failed; pending was seen for delayed methods. */
function redirectStatus(status: string): string {
  if (status === 'processing') return 'pending';
  return status === 'requires_payment_method' || status === 'canceled' ? 'failed' : 'succeeded';
}

function pathOf(clientSecret: string): string {
  const id = idOfClientSecret(clientSecret) ?? '';
  return `/v1/${intentCollection(id)}/${id}`;
}

const authenticationFailureMessage =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

function afterChallenge(result: IntentResult): IntentResult {
  const { intent } = result;
  if (!intent || !['requires_payment_method', 'requires_action'].includes(intent.status)) return result;
  const code = `${intent.object}_authentication_failure`;
  const failure = { type: 'invalid_request_error', code };
  const last = intent.last_payment_error ?? intent.last_setup_error ?? failure;
  const error: StripeError = { ...last, [intent.object]: intent };
  // The API words this failure for developers; stripe.js words it for the customer who reads it.
  if (error.code === code) error.message = authenticationFailureMessage;
  return { error };
}
