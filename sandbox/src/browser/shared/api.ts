import { encodeForm } from './form.ts';

/** The error object that Stripe's API and stripe.js give to a merchant's page. */
export interface StripeError {
  type: string;
  message?: string;
  code?: string;
  [detail: string]: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API is JSON of many shapes; readers narrow it.
export type ApiResult = { value: any; error?: undefined } | { value?: undefined; error: StripeError };

export interface ApiRequest {
  origin: string;
  key: string;
  method: 'GET' | 'POST';
  path: string;
  params: Record<string, unknown>;
}

/** The version that stripe.js of the release train `endive` speaks, whatever the account's default is. */
const apiVersion = '2026-10-28.endive';

/** A bank can take its time, but a customer should hear something within half a minute. */
const timeoutMilliseconds = 30_000;

/** Calls the sandbox's API from a browser with the publishable key; failures of any kind come back as `error`. */
export async function callApi({ origin, key, method, path, params }: ApiRequest): Promise<ApiResult> {
  const form = encodeForm(params);
  try {
    const response = await fetch(`${origin}${path}${method === 'GET' ? `?${form}` : ''}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'stripe-version': apiVersion },
      ...(method === 'POST' ? { body: form } : {}),
      credentials: 'omit',
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const body = await response.json();
    if (response.ok) return { value: body };
    return {
      error: body.error ?? { type: 'api_error', message: `The sandbox answered ${response.status}.` },
    };
  } catch {
    return {
      error: {
        type: 'api_connection_error',
        message:
          'We are experiencing issues connecting to our payments provider. Please check your connection.',
      },
    };
  }
}

/** The id in a client secret such as `pi_3Abc_secret_xyz`; null when it is not one. */
export function idOfClientSecret(secret: unknown): string | null {
  return typeof secret === 'string' ? (/^(\w+?)_secret_\w+$/.exec(secret)?.[1] ?? null) : null;
}
