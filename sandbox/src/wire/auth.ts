/** API keys: every test key opens the one account of the sandbox; live keys are refused. */
import type { Access } from '../routing.ts';
import { ApiError } from './errors.ts';

/**
 * Reads a Bearer or Basic key, or the `key` parameter that browsers send.
 * @throws ApiError 401 without a key, and for every key that is not a test key
 */
export function authenticate(authorization: string | undefined, keyParameter: string | undefined): Access {
  const key = authorization === undefined ? keyParameter : keyIn(authorization);
  if (key === undefined || key === '') {
    throw refused(
      'You did not provide an API key. You need to provide your API key in the Authorization header, ' +
        "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (/^[spr]k_live_/.test(key)) {
    throw refused('The sandbox takes test keys only. Never send a live key to it; this one was not kept.');
  }
  if (/^pk_test_\w+$/.test(key)) return 'publishable';
  if (/^[sr]k_test_\w+$/.test(key)) return 'secret';
  throw refused(`Invalid API Key provided: ${masked(key)}`);
}

/** A route for secret keys was called with a publishable one. The status is not verified. */
export function secretKeyRequired(): ApiError {
  return new ApiError(403, {
    type: 'invalid_request_error',
    code: 'secret_key_required',
    message: 'This API call cannot be made with a publishable API key. Please use a secret API key.',
  });
}

/** Any page a developer visits can guess a test key of the sandbox, so browsers may only use publishable ones. */
export function secretKeyInBrowser(): ApiError {
  return new ApiError(403, {
    type: 'invalid_request_error',
    message: 'The sandbox takes secret keys from servers only, never from a browser.',
  });
}

function keyIn(authorization: string): string | undefined {
  const [scheme = '', value = ''] = authorization.split(' ');
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':')[0];
  return undefined;
}

function refused(message: string): ApiError {
  return new ApiError(401, { type: 'invalid_request_error', message });
}

/** Stripe shows a key's kind and its last four characters at most. */
function masked(key: string): string {
  const kind = /^[a-z]{2}_(test|live)_/.exec(key)?.[0] ?? '';
  return `${kind}${'*'.repeat(Math.min(Math.max(key.length - kind.length - 4, 3), 24))}${key.length > 20 ? key.slice(-4) : ''}`;
}
