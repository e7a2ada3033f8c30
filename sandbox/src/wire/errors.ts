/** Stripe's error bodies (docs.stripe.com/api/errors and the recorded bodies of its own test accounts). */
export interface ErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  param?: string;
  [detail: string]: unknown;
}

interface ErrorTraits {
  /** An idempotency key remembers errors of the execution, and forgets those of validation. */
  remembered?: boolean;
  headers?: Record<string, string>;
}

export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly remembered: boolean;
  readonly headers: Record<string, string>;

  constructor(status: number, body: ErrorBody, traits: ErrorTraits = {}) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.remembered = traits.remembered ?? false;
    this.headers = traits.headers ?? {};
  }
}

export function invalidRequest(message: string, code?: string, param?: string): ApiError {
  const body: ErrorBody = { type: 'invalid_request_error', message };
  if (code !== undefined) body.code = code;
  if (param !== undefined) body.param = param;
  return new ApiError(400, body);
}

export function missingParameter(param: string): ApiError {
  return invalidRequest(`Missing required param: ${param}.`, 'parameter_missing', param);
}

export function unknownParameters(names: string[]): ApiError {
  const noun = names.length === 1 ? 'parameter' : 'parameters';
  return invalidRequest(`Received unknown ${noun}: ${names.join(', ')}`, 'parameter_unknown', names[0]);
}

/** How Stripe calls the id in a path: `id` for most objects, `intent` for payment and setup intents (not verified). */
const PATH_PARAMETERS: ReadonlySet<string> = new Set(['id', 'intent']);

/** A reference in a body that leads nowhere is 400 with the parameter's name; an id in the path is 404. */
export function missingResource(noun: string, id: string, param = 'id'): ApiError {
  const body: ErrorBody = {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param,
  };
  return new ApiError(PATH_PARAMETERS.has(param) ? 404 : 400, body);
}

/** The state of an object forbids the call. It is remembered by idempotency keys: execution had begun. */
export function stateConflict(
  message: string,
  code?: string,
  details: Record<string, unknown> = {},
): ApiError {
  const body: ErrorBody = { type: 'invalid_request_error', message, ...details };
  if (code !== undefined) body.code = code;
  return new ApiError(400, body, { remembered: true });
}

/**
 * What Stripe has and the sandbox has not. It is a refusal of our own (501), so that nobody takes silence for success.
 * The header keeps official clients from repeating the call.
 */
export function notBuilt(what: string): ApiError {
  const message = `The sandbox does not build ${what} yet.`;
  return new ApiError(
    501,
    { type: 'api_error', code: 'sandbox_not_built', message },
    { headers: { 'Stripe-Should-Retry': 'false' } },
  );
}

export function renderError(error: ApiError, requestId: string, account: string): string {
  const { code } = error.body;
  const body: ErrorBody = { ...error.body };
  if (code !== undefined && code !== 'sandbox_not_built') {
    body.doc_url = `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
  }
  body.request_log_url = `https://dashboard.stripe.com/${account}/test/workbench/logs?object=${requestId}`;
  return JSON.stringify({ error: body });
}
