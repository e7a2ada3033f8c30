import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import Stripe from 'stripe';
import { ProviderError } from '../../app/errors.ts';

/** The API version that this code was written for; the SDK pins the same one. */
export const apiVersion = '2026-10-28.endive';

/** What we use of the SDK. */
export type StripeClient = Pick<
  Stripe,
  | 'paymentIntents'
  | 'checkout'
  | 'webhooks'
  | 'refunds'
  | 'disputes'
  | 'charges'
  | 'events'
  | 'balance'
  | 'balanceTransactions'
  | 'accounts'
  | 'webhookEndpoints'
>;

export type ClientSettings = {
  secretKey: string;
  /** Where to reach Stripe instead of api.stripe.com, e.g. http://127.0.0.1:12111; null for the real one. */
  apiBase: string | null;
  /** How long Stripe may take to answer, in milliseconds; the SDK's own 80 seconds would outlast every customer. */
  timeout: number;
};

export function stripeClient({ secretKey, apiBase, timeout }: ClientSettings): StripeClient {
  const base = apiBase === null ? null : new URL(apiBase);
  const secure = base === null || base.protocol === 'https:';
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  return new Stripe(secretKey, {
    apiVersion,
    timeout,
    maxNetworkRetries: 1,
    telemetry: false,
    httpClient: Stripe.createNodeHttpClient(agent),
    ...(base && { host: base.hostname, port: Number(base.port), protocol: secure ? 'https' : 'http' }),
  });
}

/** Runs a call to Stripe and sorts its failures by the one question that matters: can it have happened? */
export async function asking<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    // Stripe keeps a 500 under its key as it keeps an answer. Source: Stripe, idempotent requests.
    const isKeySpent = error.statusCode === 500;
    throw new ProviderError(failureOf(error), `${error.type}: ${error.message}`, error, isKeySpent);
  }
}

/** The code of Stripe's refusal, such as payment_intent_unexpected_state, or null. */
export function refusalCode(error: unknown): string | null {
  const cause = error instanceof ProviderError && error.failure === 'refused' ? error.cause : null;
  return cause instanceof Stripe.errors.StripeError ? (cause.code ?? 'refused') : null;
}

function failureOf(error: Stripe.errors.StripeError): ProviderError['failure'] {
  // The same key or object is being worked on; asked again, Stripe says what came of it.
  if (error.statusCode === 409) return 'unavailable';
  // A 500 is kept under its key and may have had effects; so may a connection that broke. Source: Stripe, idempotent requests.
  if (error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAPIError) {
    return 'unknown';
  }
  // Not now, or not with these keys: an operator or time mends it, and nothing happened.
  if (
    error instanceof Stripe.errors.StripeRateLimitError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  ) {
    return 'unavailable';
  }
  return 'refused';
}
