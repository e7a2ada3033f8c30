import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { ShopConfig } from '@paydesk/contract/config';
import Fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify';
import { AppError } from '../app/errors.ts';
import type { App } from '../app/ports.ts';
import { refuseForeignOrigin } from './access.ts';
import { endConnectionsWhenClosing } from './closing.ts';
import { documentApi } from './docs.ts';
import { handleErrors } from './errors.ts';
import { makeMetrics, measureRequests } from './metrics.ts';
import { operatorDoor } from './operator-door.ts';
import { accountRoutes } from './routes/account.ts';
import { addressRoutes } from './routes/addresses.ts';
import { adminRoutes } from './routes/admin/all.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { documentRoutes } from './routes/documents.ts';
import { healthRoutes } from './routes/health.ts';
import { joinRoutes } from './routes/join.ts';
import { liveRoutes } from './routes/live.ts';
import { type MailboxPages, mailboxRoutes } from './routes/mailbox.ts';
import { mediaRoutes } from './routes/media.ts';
import { orderRoutes } from './routes/orders.ts';
import { shortcutRoutes } from './routes/shortcuts.ts';
import { webhookPath, webhookRoutes } from './routes/webhooks.ts';
import type { RateLimits, Server } from './types.ts';
import { validateStrictly } from './validation.ts';

export type ServerOptions = {
  config: ShopConfig;
  logger: FastifyBaseLogger;
  /** Whether X-Forwarded-* of a proxy in front may be believed. */
  trustProxy: boolean;
  /** Shows the mail of a shop that has nobody to send it. */
  mailbox?: MailboxPages;
  /** Lets scripts act for the operators; null where nobody may. */
  operatorToken: string | null;
  /** Requests a minute from one address; 0 means no limit. */
  ordersPerMinute: number;
  paymentsPerMinute: number;
};

/** The largest JSON body: fifty lines with an address are a tenth of it, in bytes. */
const largestBody = 65_536;

/** Drawing one takes some milliseconds in which nothing else is done; nobody reads them faster, per order and address. */
const documentsPerMinute = 30;

// The same for every answer of the API, so it is one object and costs nothing.
const apiHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** All HTTP routes of the shop's API. Pages are mounted by the caller. */
export async function makeServer(app: App, options: ServerOptions): Promise<Server> {
  const server: Server = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustProxy,
    bodyLimit: largestBody,
    requestIdHeader: false,
    genReqId: () => app.ids.next('req'),
    forceCloseConnections: 'idle',
    // Bookings of a bank are events, and are called what the bank calls them.
    routerOptions: { maxParamLength: 500 },
    // Longer than any answer takes, shorter than a slow-loris needs.
    requestTimeout: 30_000,
  }).withTypeProvider<TypeBoxTypeProvider>();
  // Forms of other sites can send text/plain without asking; our bodies are JSON and nothing else.
  server.removeContentTypeParser('text/plain');
  validateStrictly(server);
  handleErrors(server, app);
  await server.register(cookie);
  const limits = await limitRates(server, options);
  await documentApi(server);
  const metrics = makeMetrics(app);
  measureRequests(server, metrics);
  logRequests(server);
  endConnectionsWhenClosing(server);
  guardApi(server, app);
  catalogueRoutes(server, app, options.config);
  mediaRoutes(server, app);
  accountRoutes(server, app);
  addressRoutes(server, app);
  orderRoutes(server, app, limits);
  shortcutRoutes(server, app, limits);
  documentRoutes(server, app, limits);
  liveRoutes(server, app);
  webhookRoutes(server, app, metrics);
  healthRoutes(server, app, metrics);
  if (options.mailbox) mailboxRoutes(server, app, options.mailbox);
  joinRoutes(server, app, { showOwnerLink: options.config.sandboxUrl !== null });
  await operatorDoor(server, app, options.operatorToken, (door) => adminRoutes(door, app));
  return server;
}

function guardApi(server: Server, app: App): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/') || request.url.startsWith('/api/docs')) return;
    reply.headers(apiHeaders);
    if (!request.url.startsWith('/api/webhooks/')) refuseForeignOrigin(app, request);
  });
}

/** One line for each request: no address with a query in it, no header and no body, because those can hold secrets. */
function logRequests(server: Server): void {
  server.addHook('onResponse', (request, reply, done) => {
    // An event that was taken has a line of its own, which says more.
    if (request.routeOptions.url === webhookPath && reply.statusCode === 200) return done();
    const path = request.url.split('?', 1)[0];
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info({ method: request.method, path, status: reply.statusCode, ms }, 'request');
    done();
  });
}

async function limitRates(server: Server, options: ServerOptions): Promise<RateLimits> {
  const { ordersPerMinute, paymentsPerMinute } = options;
  if (ordersPerMinute > 0 || paymentsPerMinute > 0) {
    await server.register(rateLimit, {
      global: false,
      errorResponseBuilder: (_request, context) =>
        new AppError('too_many_requests', { retryAfter: Math.ceil(context.ttl / 1_000) }),
    });
  }
  const perOrder = (request: FastifyRequest) => `${request.ip} ${(request.params as { id: string }).id}`;
  return {
    orders: ordersPerMinute > 0 ? { rateLimit: { max: ordersPerMinute, timeWindow: 60_000 } } : {},
    payments:
      paymentsPerMinute > 0
        ? { rateLimit: { max: paymentsPerMinute, timeWindow: 60_000, keyGenerator: perOrder } }
        : {},
    documents:
      paymentsPerMinute > 0
        ? { rateLimit: { max: documentsPerMinute, timeWindow: 60_000, keyGenerator: perOrder } }
        : {},
  };
}
