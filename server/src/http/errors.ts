import { type ErrorBody, type ErrorCode, errorCodes, type FieldProblem } from '@paydesk/contract/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import type { App } from '../app/ports.ts';

const frameworkCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_BAD_URL: 'not_found',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

/** Renders every failure once, at the edge. What a caller did wrong is named; what went wrong inside is only logged. */
export function handleErrors(server: FastifyInstance, app: App): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const known = asAppError(app, error);
    if (errorCodes[known.code].status >= 500) request.log.error({ err: error }, known.code);
    return sendError(request, reply, known);
  });
  server.setNotFoundHandler((request, reply) => sendError(request, reply, new AppError('not_found')));
}

function sendError(request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply {
  const body: ErrorBody = {
    error: {
      code: error.code,
      message: error.message,
      requestId: request.id,
      ...(error.details !== undefined && { details: error.details }),
    },
  };
  if (error.retryAfter !== undefined) reply.header('retry-after', String(error.retryAfter));
  return reply
    .code(errorCodes[error.code].status)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(body);
}

function asAppError(app: App, error: FastifyError): AppError {
  if (error instanceof AppError) return error;
  if (error.validation) return invalidRequest(error);
  const code = frameworkCodes[error.code];
  if (code) return new AppError(code);
  if (error instanceof SyntaxError && error.statusCode === 400) return new AppError('invalid_json');
  if (app.database.isUnavailable(error)) return new AppError('database_unavailable', { retryAfter: 2 });
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new AppError('invalid_request');
  }
  return new AppError('internal_error');
}

function invalidRequest(error: FastifyError): AppError {
  const problems: FieldProblem[] = (error.validation ?? []).map((problem) => {
    const extra = problem.params.additionalProperty;
    return {
      path: problem.instancePath,
      message:
        extra === undefined
          ? (problem.message ?? 'is not allowed')
          : `must not have a property "${String(extra)}"`,
    };
  });
  const first = problems[0];
  const where = first?.path || `the ${error.validationContext ?? 'request'}`;
  const message = first
    ? `The request does not have the expected shape: ${where} ${first.message}.`
    : undefined;
  return new AppError('invalid_request', {
    details: { problems },
    ...(message !== undefined && { message }),
  });
}
