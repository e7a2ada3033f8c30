import { parseArgs } from 'node:util';
import { type Logger, pino } from 'pino';
import { loadPages } from '../../web/serve.ts';
import { LiveOrders } from './app/live-orders.ts';
import type { App } from './app/ports.ts';
import { openDatabase } from './db/dialect.ts';
import { migrate } from './db/migrate.ts';
import { settingOrElse } from './db/settings.ts';
import { type Env, EnvError, readEnv } from './env.ts';
import { mountPages } from './http/pages.ts';
import { makeServer } from './http/server.ts';
import { randomIds, systemClock } from './identity.ts';
import { runInbox } from './jobs/inbox.ts';
import { type Loop, startLoop } from './jobs/loop.ts';
import { runOutbox } from './jobs/outbox.ts';
import { stripeProvider } from './providers/stripe/provider.ts';
import { dashboardBase, publicConfig, readShop } from './shop.ts';

const roles = ['all', 'web', 'worker'] as const;
type Role = (typeof roles)[number];
type Log = Logger<string, boolean>;
/** What was started, in the order in which it has to be stopped. */
type Stop = () => Promise<unknown>;

const usage = `Usage: node server/src/main.ts [--role=all|web|worker]

  all     pages, API, webhooks and background jobs in one process (the default)
  web     pages, API and webhooks; any number of these may share one PostgreSQL
  worker  background jobs: inbox and outbox; any number, also beside "all"

Settings come from the environment; docs/operating.md explains each.
`;

/** Background errors are printed and survived; a setting or a database that cannot be used ends the start with one line. */
async function main(): Promise<void> {
  requireNode();
  const role = readRole();
  const env = readEnv();
  const log: Log = pino({ level: env.logLevel, base: { role } });
  const { app, stops } = await compose(env, log);
  if (role !== 'web') stops.unshift(...startJobs(app));
  if (role !== 'worker') stops.unshift(await startServer(app, env, log));
  await app.live.start();
  stopOnSignal(log, stops);
  log.info({ role, sandbox: env.stripe.apiBase, live: env.stripe.live }, 'ready');
}

function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 15)) return;
  throw new EnvError(
    `Paydesk needs Node.js 24.15 or later; this is ${process.versions.node}. Start it with npm start.`,
  );
}

function readRole(): Role {
  const { values } = parseArgs({
    options: { role: { type: 'string', default: 'all' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
  const role = roles.find((known) => known === values.role);
  if (!role) throw new EnvError(`There is no role "${values.role}". Use ${roles.join(', ')}.`);
  return role;
}

async function compose(env: Env, log: Log): Promise<{ app: App; stops: Stop[] }> {
  const database = openDatabase(env.databaseUrl, {
    poolSize: env.databasePool,
    onBackgroundError: (error) => log.warn({ err: error }, 'a database connection broke and is made again'),
  });
  const kind = await database.assertDurable();
  const migrated = await migrate(database, systemClock.now());
  log.info({ database: kind, migrated }, 'database ready');
  const provider = stripeProvider({
    secretKey: env.stripe.secretKey,
    webhookSecret: env.stripe.webhookSecret,
    apiBase: env.stripe.apiBase,
    live: env.stripe.live,
    dashboardBase: dashboardBase(env),
  });
  const live = new LiveOrders(database);
  const app: App = {
    database,
    clock: systemClock,
    ids: randomIds,
    log,
    providers: new Map([[provider.name, provider]]),
    live,
    shop: await readShop(env, database),
    limits: env.limits,
    instanceId: await settingOrElse(database, 'instance_id', () => randomIds.next('ins')),
    wakeInbox: () => {},
  };
  return { app, stops: [() => live.stop(), () => database.close()] };
}

function startJobs(app: App): Stop[] {
  const inbox: Loop = startLoop({ name: 'inbox', idle: 500, runOnce: () => runInbox(app) }, app.log);
  const outbox: Loop = startLoop({ name: 'outbox', idle: 1_000, runOnce: () => runOutbox(app) }, app.log);
  app.wakeInbox = () => inbox.wake();
  return [() => inbox.stop(), () => outbox.stop()];
}

async function startServer(app: App, env: Env, log: Log): Promise<Stop> {
  const config = publicConfig(env, app.shop);
  const server = await makeServer(app, { config, logger: log, trustProxy: env.trustProxy, ...env.limits });
  const pages = await loadPages();
  if (pages) await mountPages(server, app, pages, config);
  else log.warn('the pages are not built: only the API is served');
  if (app.shop.countries.size === 0) log.warn('the shop is empty: run npm run seed');
  await server.listen({ host: env.host, port: env.port });
  return () => server.close();
}

/** Stops taking requests, lets running ones and jobs finish, then closes the database. A second signal does not wait. */
function stopOnSignal(log: Log, stops: Stop[]): void {
  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    for (const each of stops) await each();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(signal));
}

main().catch((error: unknown) => {
  const { code, message, port } = error as { code?: string; message: string; port?: number };
  const taken = code === 'EADDRINUSE' ? `Port ${port} is taken. Set PORT to another one.` : null;
  process.stderr.write(`${taken ?? message}\n`);
  process.exit(1);
});
