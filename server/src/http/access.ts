import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import { type Caller, findOrderFor } from '../app/find-order.ts';
import type { App } from '../app/ports.ts';
import type { OrderRow } from '../db/orders.ts';
import { personOf } from './session.ts';

/** How long a browser may come back to a guest's order, in seconds: 30 days. */
const cookieLife = 30 * 24 * 3_600;

/** Whose order: a bearer token in the header, the cookie that was set for this order when it was placed, or its owner's session. */
export async function requireOrder(app: App, request: FastifyRequest, orderId: string): Promise<OrderRow> {
  return await findOrderFor(app, orderId, await callerOf(app, request, orderId));
}

/** What the caller shows to be let in to this order: nothing, or some of it. */
export async function callerOf(app: App, request: FastifyRequest, orderId: string): Promise<Caller> {
  const person = await personOf(app, request);
  return { tokens: tokensFor(app, request, orderId), personId: person?.id ?? null };
}

function tokensFor(app: App, request: FastifyRequest, orderId: string): string[] {
  const tokens = [bearerOf(request), request.cookies[cookieName(app, orderId)]];
  // An order called "constructor" finds something among the cookies that is none.
  return tokens.filter((token): token is string => typeof token === 'string' && token !== '');
}

/** The cookie is bound to one order, invisible to scripts and sent to this host only. */
export function grantAccess(app: App, reply: FastifyReply, orderId: string, token: string): void {
  reply.setCookie(cookieName(app, orderId), token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(app),
    path: '/',
    maxAge: cookieLife,
  });
}

function cookieName(app: App, orderId: string): string {
  return isSecure(app) ? `__Host-${orderId}` : orderId;
}

function isSecure(app: App): boolean {
  return app.shop.frontendUrl.startsWith('https:');
}

/** The token of the Authorization header. */
export function bearerOf(request: FastifyRequest): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? token : undefined;
}

/** A page of another site can make a browser send our cookies; it cannot make it hide where the request came from. */
export function refuseForeignOrigin(app: App, request: FastifyRequest): void {
  const { origin, host } = request.headers;
  if (origin === undefined || request.method === 'GET' || request.method === 'HEAD') return;
  if (origin === new URL(app.shop.frontendUrl).origin || hostOf(origin) === host) return;
  throw new AppError('origin_not_allowed');
}

/** The same, where a browser that does not say it is refused as well: each of today's does, with everything but reading. */
export function requireOwnOrigin(app: App, request: FastifyRequest): void {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (!reads && request.headers.origin === undefined) throw new AppError('origin_not_allowed');
  refuseForeignOrigin(app, request);
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** The Idempotency-Key header, bare or as the quoted string of the IETF draft; undefined when there is none. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return undefined;
  const text = Array.isArray(header) ? header.join(',') : header;
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  if (!/^[\x21-\x7e]{20,200}$/.test(key)) throw new AppError('invalid_idempotency_key');
  return key;
}
