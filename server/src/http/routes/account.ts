import { Account, AccountOrders, AccountOrdersQuery, AccountSessions } from '@paydesk/contract/account';
import type { ErrorCode } from '@paydesk/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { listOwnAddresses } from '../../app/address-book.ts';
import { AppError } from '../../app/errors.ts';
import { type Attempt, noteFailure, noteSuccess, requireTry } from '../../app/guard-sign-in.ts';
import { iso } from '../../app/iso.ts';
import { deliveryOf, listOwnOrders } from '../../app/list-own-orders.ts';
import type { App } from '../../app/ports.ts';
import { headersOf, requirePerson } from '../session.ts';
import type { Server } from '../types.ts';

const SessionId = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) });

/** What a person may see of their own, and all that belongs to signing in. */
export function accountRoutes(server: Server, app: App): void {
  server.get(
    '/api/account',
    { schema: { tags: ['account'], response: { 200: Account } } },
    async (request) => {
      const person = await requirePerson(app, request);
      const { id, email, emailVerified, name, role, hasTwoFactor } = person;
      const addresses = await listOwnAddresses(app, id);
      const delivery = await deliveryOf(app, person, addresses);
      return { id, email, emailVerified, name, role, hasTwoFactor, delivery, addresses };
    },
  );

  server.get(
    '/api/account/orders',
    { schema: { tags: ['account'], querystring: AccountOrdersQuery, response: { 200: AccountOrders } } },
    async (request) => {
      const { id } = await requirePerson(app, request);
      return await listOwnOrders(app, id, request.query.before);
    },
  );

  sessionRoutes(server, app);

  server.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    schema: { hide: true },
    handler: async (request, reply) => await authenticate(app, request, reply),
  });
}

function sessionRoutes(server: Server, app: App): void {
  server.get(
    '/api/account/sessions',
    { schema: { tags: ['account'], response: { 200: AccountSessions } } },
    async (request) => {
      await requirePerson(app, request);
      const sessions = await app.accounts.sessionsOf(headersOf(request));
      return { sessions: sessions.map((each) => ({ ...each, createdAt: iso(each.createdAt) })) };
    },
  );

  server.post(
    '/api/account/sessions/:id/end',
    { schema: { tags: ['account'], params: SessionId, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await requirePerson(app, request);
      const ended = await app.accounts.endSession(headersOf(request), request.params.id);
      if (!ended) throw new AppError('session_not_found');
      return reply.code(204).send(null);
    },
  );
}

async function authenticate(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  requireOwnPages(request);
  const attempt = attemptOf(request);
  if (attempt) await requireTry(app, attempt);
  const answer = await app.accounts.handle(requestOf(request), request.ip);
  if (attempt && answer.status === 401) await noteFailure(app, attempt);
  if (attempt && answer.ok) await noteSuccess(app, attempt);
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
  if (answer.status >= 400) throw await refusalOf(answer);
  const location = answer.headers.get('location');
  if (location !== null) return reply.code(answer.status).header('location', location).send();
  return reply
    .code(answer.status)
    .type('application/json; charset=utf-8')
    .serializer((body: string) => body)
    .send(await answer.text());
}

/** What a link of a mail leads to at its end carries secrets, so it is a page of this shop, whatever the library allows. */
function requireOwnPages(request: FastifyRequest): void {
  const wishes = { ...(request.query as object), ...(request.body as object | null) };
  for (const [name, value] of Object.entries(wishes)) {
    const isAddress = /url$|redirectto$/i.test(name);
    if (isAddress && !(typeof value === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(value)))
      throw new AppError('invalid_request', { message: 'Links lead to pages of this shop only.' });
  }
}

function attemptOf(request: FastifyRequest): Attempt | null {
  if (request.url.split('?', 1)[0] !== '/api/auth/sign-in/email') return null;
  const { email } = (request.body ?? {}) as { email?: unknown };
  return typeof email === 'string' ? { email, address: request.ip } : null;
}

/** The call as the library takes it. */
function requestOf(request: FastifyRequest): Request {
  const headers = headersOf(request);
  headers.delete('content-length');
  const url = `${request.protocol}://${request.host}${request.url}`;
  const isPost = request.method === 'POST';
  return new Request(url, {
    method: request.method,
    headers,
    ...(isPost && { body: JSON.stringify(request.body ?? {}) }),
  });
}

/** Refusals of the library that people meet, in our words. */
const refusals: Record<string, ErrorCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'invalid_credentials',
  INVALID_PASSWORD: 'invalid_credentials',
  EMAIL_NOT_VERIFIED: 'email_not_verified',
  PASSWORD_TOO_SHORT: 'weak_password',
  PASSWORD_TOO_LONG: 'weak_password',
  PASSWORD_GUESSABLE: 'guessable_password',
  INVALID_TOKEN: 'link_not_valid',
  TOKEN_EXPIRED: 'link_not_valid',
  INVALID_CODE: 'link_not_valid',
  INVALID_BACKUP_CODE: 'link_not_valid',
  CODE_USED: 'code_used',
  INVALID_TWO_FACTOR_COOKIE: 'sign_in_over',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'sign_in_over',
  ACCOUNT_TEMPORARILY_LOCKED: 'too_many_requests',
  SESSION_EXPIRED: 'sign_in_again',
  SESSION_NOT_FRESH: 'sign_in_again',
};
const byStatus: Record<number, ErrorCode> = {
  401: 'sign_in_required',
  403: 'origin_not_allowed',
  404: 'not_found',
  429: 'too_many_requests',
};

async function refusalOf(answer: Response): Promise<AppError> {
  const { code, message } = (await answer.json().catch(() => ({}))) as { code?: string; message?: string };
  const known = refusals[code ?? ''] ?? byStatus[answer.status];
  if (known === 'too_many_requests')
    return new AppError(known, { retryAfter: Number(answer.headers.get('x-retry-after') ?? 60) });
  if (known) return new AppError(known);
  if (answer.status >= 500) return new AppError('internal_error');
  return new AppError('invalid_request', message === undefined ? {} : { message: `${message}.` });
}
