import { type ErrorCode, errorCodes } from '@paydesk/contract/errors';

/** A refusal that a caller can understand: one of the contract's codes, perhaps with details, never with anything internal. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    options: { message?: string; details?: unknown; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(options.message ?? errorCodes[code].message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }
}

/**
 * How a call to a payment provider can fail. `refused`: it did not happen and repeating it unchanged cannot help.
 * `unavailable`: it did not happen now, the same call may help later. `unknown`: it may have happened.
 */
export type ProviderFailure = 'refused' | 'unavailable' | 'unknown';

export class ProviderError extends Error {
  readonly failure: ProviderFailure;
  /** The same call under the same key will only be answered the same again. */
  readonly isKeySpent: boolean;

  constructor(failure: ProviderFailure, message: string, cause: unknown, isKeySpent = false) {
    super(message, { cause });
    this.name = 'ProviderError';
    this.failure = failure;
    this.isKeySpent = isKeySpent;
  }
}

/** An e-mail that will never be taken, such as one to an address that does not exist. */
export class MailRefused extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'MailRefused';
  }
}
