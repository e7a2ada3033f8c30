import { pipeline, Readable } from 'node:stream';
import { constants, createGzip, type Gzip } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import type { ShopConfig } from '@paydesk/contract/config';
import type { FastifyReply, FastifyRequest, InjectOptions } from 'fastify';
import type { App } from '../app/ports.ts';
import type { Server } from './types.ts';

type Api = (path: string, init?: RequestInit) => Promise<Response>;

/** The built pages, as far as this side needs to know them. */
export type Pages = {
  clientFolder: string;
  render(
    request: Request,
    shop: { api: Api; nonce: string; reportError: (error: unknown) => void },
  ): Promise<Response>;
};

/**
 * Serves the built pages from this process. They reach the API through `inject`, without a socket, and so know nothing
 * but the contract.
 */
export async function mountPages(server: Server, app: App, pages: Pages, config: ShopConfig): Promise<void> {
  await server.register(fastifyStatic, {
    root: pages.clientFolder,
    wildcard: false,
    preCompressed: true,
    index: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      const forever = path.includes('/assets/') || path.includes('/images/');
      response.header(
        'cache-control',
        forever ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      );
      response.header('x-content-type-options', 'nosniff');
    },
  });
  const policy = contentSecurityPolicy(config);
  server.all('/*', { schema: { hide: true } }, async (request, reply) => {
    const readsAPage = request.method === 'GET' || request.method === 'HEAD';
    if (!readsAPage || request.url.startsWith('/api/')) return reply.callNotFound();
    const nonce = app.ids.secret();
    const response = await pages.render(toWebRequest(request), {
      nonce,
      api: apiOf(server, request),
      reportError: (error) => request.log.error({ err: error }, 'a page could not be rendered'),
    });
    const zips = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return await sendPage(reply, response, { policy: policy(nonce), zips });
  });
}

/** Reaches our own routes as the visitor: same cookies, same address. */
function apiOf(server: Server, request: FastifyRequest): Api {
  return async (path, init = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    const { cookie } = request.headers;
    const answer = await server.inject({
      method: (init.method ?? 'GET') as NonNullable<InjectOptions['method']>,
      url: path,
      headers: { ...headers, ...(cookie !== undefined && { cookie }) },
      remoteAddress: request.ip,
      ...(typeof init.body === 'string' && { payload: init.body }),
    });
    const body = answer.statusCode === 204 || answer.statusCode === 304 ? null : answer.body;
    return new Response(body, {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>,
    });
  };
}

function toWebRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return new Request(`${request.protocol}://${request.host || 'localhost'}${request.url}`, {
    method: request.method,
    headers,
  });
}

type Sending = { policy: string; zips: boolean };

async function sendPage(
  reply: FastifyReply,
  response: Response,
  { policy, zips }: Sending,
): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) reply.header(name, value);
  reply.headers({
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(self)',
    'cross-origin-opener-policy': 'same-origin-allow-popups',
  });
  // A page whose address is a secret says so itself.
  if (!response.headers.has('referrer-policy'))
    reply.header('referrer-policy', 'strict-origin-when-cross-origin');
  if (!response.headers.has('cache-control')) reply.header('cache-control', 'private, no-store');
  if (response.body === null) return reply.send(null);
  const body = Readable.fromWeb(response.body as never);
  reply.header('vary', 'accept-encoding');
  if (!zips) return reply.send(body);
  reply.removeHeader('content-length');
  return reply.header('content-encoding', 'gzip').send(pipeline(body, zipper(), () => {}));
}

/** Each piece of a page leaves when it is rendered, not when a block is full. */
function zipper(): Gzip {
  return createGzip({ level: 5, flush: constants.Z_SYNC_FLUSH });
}

/**
 * Nothing foreign may run or be loaded but Stripe's own script and frames; inline scripts need this answer's nonce. Of our
 * own answers only a mail lets itself be framed.
 */
function contentSecurityPolicy(config: ShopConfig): (nonce: string) => string {
  const script = new URL(config.stripeJsUrl).origin;
  const own = config.sandboxUrl !== null;
  const api = own ? script : 'https://api.stripe.com';
  const frames = own ? script : 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com';
  const hosted = own ? script : 'https://checkout.stripe.com';
  const images = own ? script : 'https://*.stripe.com';
  return (nonce) =>
    [
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}' ${script}`,
      `style-src 'self' 'nonce-${nonce}'`,
      `img-src 'self' data: ${images}`,
      "font-src 'self'",
      `connect-src 'self' ${api}`,
      `frame-src 'self' ${frames}`,
      `form-action 'self' ${hosted}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "manifest-src 'self'",
    ].join('; ');
}
