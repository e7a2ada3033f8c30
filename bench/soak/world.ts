import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Sandbox, startSandbox } from '../../sandbox/src/server.ts';
import type { App } from '../../server/src/app/ports.ts';
import { composeApp, type Log, startJobs, startServer } from '../../server/src/compose.ts';
import { openDatabase } from '../../server/src/db/dialect.ts';
import { migrate } from '../../server/src/db/migrate.ts';
import { readEnv } from '../../server/src/env.ts';
import { freePort } from '../../tools/ports.ts';
import { createDatabase, startPostgres } from '../../tools/postgres.ts';
import { seedCatalogue } from '../../tools/seed/seed.ts';

const webhookSecret = 'whsec_of_the_soak';
export const operatorToken = 'operator-token-of-the-soak-000000000';

/** A whole shop and a whole sandbox in this process, whose clocks are moved together. */
export type World = {
  app: App;
  sandboxUrl: string;
  url: string;
  products: string[];
  /** Moves both clocks, in milliseconds; on the way the sandbox does what falls due. */
  advance(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
};

export async function openWorld(kind: 'sqlite' | 'postgres'): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'paydesk-soak-'));
  const database = await makeDatabase(kind, folder);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await openSandbox(url, folder);
  const env = readEnv({
    PORT: String(port),
    FRONTEND_URL: url,
    DATABASE_URL: database.url,
    DATABASE_POOL: '16',
    STRIPE_SECRET_KEY: 'sk_test_soak',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_soak',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: sandbox.url,
    OPERATOR_TOKEN: operatorToken,
    OPERATOR_EMAIL: 'operators@example.com',
  });
  let offset = 0;
  const log: Log = pino({ level: process.env.SOAK_LOG ?? 'silent' });
  const app = await composeApp(env, log, { now: () => Date.now() + offset });
  await app.live.start();
  const stopJobs = startJobs(app);
  const { stop: stopServer } = await startServer(app, env, log);
  const rows = await app.database.read.selectFrom('products').select('id').orderBy('id').execute();
  return {
    app,
    sandboxUrl: sandbox.url,
    url,
    products: rows.map(({ id }) => id),
    async advance(milliseconds) {
      offset += milliseconds;
      await moveClock(sandbox.url, milliseconds);
    },
    async stop() {
      await stopServer();
      await stopJobs();
      await app.live.stop();
      await app.database.close();
      await sandbox.close();
      await database.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openSandbox(shopUrl: string, folder: string): Promise<Sandbox> {
  return await startSandbox({
    // In a file it keeps its whole record; in memory only the newest part of it.
    db: join(folder, 'sandbox.db'),
    webhook: { url: `${shopUrl}/api/webhooks/stripe`, secret: webhookSecret },
    // Three days of retries in minutes, so that lost deliveries come again while the soak runs.
    settings: { retry_scale: 600, refund_delay_ms: 2_000, dispute_delay_ms: 500, delayed_method_ms: 1_000 },
  });
}

async function moveClock(sandboxUrl: string, milliseconds: number): Promise<void> {
  const reply = await fetch(`${sandboxUrl}/_sandbox/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance_ms: milliseconds }),
    signal: AbortSignal.timeout(300_000),
  });
  if (!reply.ok) throw new Error(`the sandbox's clock could not be moved: ${await reply.text()}`);
}

type SoakDatabase = { url: string; remove(): Promise<void> };

/** A filled catalogue with more stock than all customers together can buy. */
async function makeDatabase(kind: 'sqlite' | 'postgres', folder: string): Promise<SoakDatabase> {
  const made = kind === 'postgres' ? await postgresDatabase() : sqliteDatabase(folder);
  const database = openDatabase(made.url);
  await migrate(database, Date.now());
  await seedCatalogue(database, false);
  await database.transaction((tx) => tx.updateTable('products').set({ on_hand: 1_000_000 }).execute());
  await database.close();
  return made;
}

function sqliteDatabase(folder: string): SoakDatabase {
  return { url: `sqlite:${join(folder, 'shop.db')}`, remove: async () => {} };
}

async function postgresDatabase(): Promise<SoakDatabase> {
  const postgres = await startPostgres();
  return { url: await createDatabase(postgres.url, 'soak'), remove: () => postgres.stop() };
}
