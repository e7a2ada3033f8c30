import type { Logger } from 'pino';
import { loadPages } from '../../web/serve.ts';
import { LiveOrders } from './app/live-orders.ts';
import type { App, Clock } from './app/ports.ts';
import { openDatabase } from './db/dialect.ts';
import { migrate } from './db/migrate.ts';
import { settingOrElse } from './db/settings.ts';
import type { Env } from './env.ts';
import { mountPages } from './http/pages.ts';
import { makeServer } from './http/server.ts';
import type { Server } from './http/types.ts';
import { randomIds } from './identity.ts';
import { runInbox } from './jobs/inbox.ts';
import { startLoop } from './jobs/loop.ts';
import { runOutbox } from './jobs/outbox.ts';
import { stripeProvider } from './providers/stripe/provider.ts';
import { dashboardBase, publicConfig, readShop } from './shop.ts';

export type Log = Logger<string, boolean>;

/** Ends one part; the parts are stopped in the reverse order of their start. */
export type Stop = () => Promise<unknown>;

/** How long a job that found nothing to do rests, in milliseconds. The inbox is also woken when an event comes. */
const inboxRest = 500;
const outboxRest = 1_000;

/** Opens the database, brings it to this version and puts the parts of the shop together. Nothing runs yet. */
export async function composeApp(env: Env, log: Log, clock: Clock): Promise<App> {
  const database = openDatabase(env.databaseUrl, {
    poolSize: env.databasePool,
    onBackgroundError: (error) => log.warn({ err: error }, 'a database connection broke and is made again'),
  });
  const kind = await database.assertDurable();
  const migrated = await migrate(database, clock.now());
  log.info({ database: kind, migrated }, 'database ready');
  const provider = stripeProvider({ ...env.stripe, dashboardBase: dashboardBase(env) });
  return {
    database,
    clock,
    ids: randomIds,
    log,
    providers: new Map([[provider.name, provider]]),
    live: new LiveOrders(database),
    shop: await readShop(env, database),
    limits: env.limits,
    instanceId: await settingOrElse(database, 'instance_id', () => randomIds.next('ins')),
    wakeInbox: () => {},
  };
}

/** The background jobs. Any number of processes may run them. */
export function startJobs(app: App): Stop {
  const inbox = startLoop({ name: 'inbox', idle: inboxRest, runOnce: () => runInbox(app) }, app.log);
  const outbox = startLoop({ name: 'outbox', idle: outboxRest, runOnce: () => runOutbox(app) }, app.log);
  app.wakeInbox = () => inbox.wake();
  return async () => await Promise.all([inbox.stop(), outbox.stop()]);
}

/** Pages, API and webhooks. Rejects with the system's error when the port is taken. */
export async function startServer(app: App, env: Env, log: Log): Promise<{ server: Server; stop: Stop }> {
  const config = publicConfig(env, app.shop);
  const server = await makeServer(app, { config, logger: log, trustProxy: env.trustProxy, ...env.limits });
  const pages = await loadPages();
  if (pages) await mountPages(server, app, pages, config);
  else log.warn('the pages are not built: only the API is served');
  if (app.shop.countries.size === 0) log.warn('the shop is empty: run npm run seed');
  await server.listen({ host: env.host, port: env.port });
  return { server, stop: () => server.close() };
}
