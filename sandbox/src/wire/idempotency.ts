/** Idempotency keys (docs.stripe.com/api/idempotent_requests): the first answer is kept and replayed as it was. */
import type { IdempotencyRecord } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { ApiError, invalidRequest } from './errors.ts';
import type { FormHash } from './form.ts';

const LONGEST_KEY = 255;
/** Stripe may forget keys after 24 hours; the request then runs again. */
const KEPT_MS = 24 * 3600 * 1000;

export interface KeyedRequest {
  key: string;
  /** Method and path. */
  endpoint: string;
  form: FormHash;
  requestId: string;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * The answer to replay, or null when the request is the first.
 * @param inFlight keys whose first request has not been answered yet
 * @throws ApiError 409 while the first is in flight, 400 when its endpoint or parameters were others
 */
export function findReplay(
  store: Store,
  inFlight: ReadonlySet<string>,
  request: KeyedRequest,
): IdempotencyRecord | null {
  if (request.key.length > LONGEST_KEY) {
    throw invalidRequest(`Idempotency keys can be at most ${LONGEST_KEY} characters.`);
  }
  const record = store.idempotency_keys.get(request.key);
  if (record === undefined || request.now - record.createdAt > KEPT_MS) return null;
  if (record.endpoint !== request.endpoint) throw otherRequest(request.key, 'endpoint');
  if (record.parameters !== canonical(request.form)) throw otherRequest(request.key, 'parameters');
  if (inFlight.has(request.key)) throw stillRunning(request.key);
  return record;
}

/** Keeps what the request was answered, in the same commit as what it did. */
export function keepReply(
  store: Store,
  request: KeyedRequest,
  reply: { status: number; body: string },
): void {
  store.idempotency_keys.delete(request.key);
  store.idempotency_keys.put({
    id: request.key,
    endpoint: request.endpoint,
    parameters: canonical(request.form),
    requestId: request.requestId,
    createdAt: request.now,
    reply: { status: reply.status, body: reply.body },
  });
}

/** Parameters in one order, so that two clients' encodings of the same request are the same. */
function canonical(form: FormHash): string {
  const names = Object.keys(form).sort();
  const parts = names.map((name) => {
    const value = form[name]!;
    return `${JSON.stringify(name)}:${typeof value === 'string' ? JSON.stringify(value) : canonical(value)}`;
  });
  return `{${parts.join(',')}}`;
}

function otherRequest(key: string, same: 'endpoint' | 'parameters'): ApiError {
  return new ApiError(400, {
    type: 'idempotency_error',
    message:
      `Keys for idempotent requests can only be used with the same ${same} they were first used with. ` +
      `Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function stillRunning(key: string): ApiError {
  return new ApiError(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this idempotency key (${key}). Please try again later.`,
  });
}

/** Another call is changing the same object and has not been answered yet. */
export function objectLocked(): ApiError {
  return new ApiError(409, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message:
      'This object cannot be accessed right now because another API request is currently accessing it.',
  });
}
