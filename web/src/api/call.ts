import type { ErrorBody } from '@paydesk/contract/errors';

/** Something the shop's API refused, or a network that did not answer (code `network`, status 0). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;
  readonly requestId: string | null;

  constructor(code: string, message: string, status: number, details?: unknown, requestId?: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.details = details;
    this.requestId = requestId ?? null;
  }
}

export type CallOptions = {
  body?: unknown;
  /** Makes the call safe to repeat: it is sent again after a lost network or a busy server. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** Milliseconds for one try. */
  timeout?: number;
};

/** Pauses between tries of a call that is safe to repeat, in milliseconds. */
const pauses = [400, 1_200, 2_500];

/** Codes that say: the same request can succeed in a moment. */
const passing = new Set([
  'network',
  'idempotency_key_in_use',
  'database_unavailable',
  'payment_provider_unavailable',
]);

/** Calls the shop's API from the browser. Throws `ApiError`. */
export async function callApi<Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: CallOptions = {},
): Promise<Answer> {
  const mayRepeat = method === 'GET' || options.idempotencyKey !== undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      return await callOnce<Answer>(method, path, options);
    } catch (error) {
      const pause = pauses[attempt];
      const again = error instanceof ApiError && passing.has(error.code);
      if (!mayRepeat || !again || pause === undefined || options.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function callOnce<Answer>(method: string, path: string, options: CallOptions): Promise<Answer> {
  const timeout = AbortSignal.timeout(options.timeout ?? 15_000);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
    body = await response.json().catch(() => null);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError('network', 'The shop cannot be reached. Check your connection and try again.', 0);
  }
  if (response.ok) return body as Answer;
  throw toError(response.status, body);
}

/** What an answer says that is not the one that was asked for. */
export function toError(status: number, body: unknown): ApiError {
  const error = (body as Partial<ErrorBody> | null)?.error;
  if (!error)
    return new ApiError('internal_error', 'The shop did not answer as expected. Try again.', status);
  return new ApiError(error.code, error.message, status, error.details, error.requestId);
}
