import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import { type Logger, pino } from 'pino';
import { describe } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/src/server.ts';
import type { Settings } from '../../../sandbox/src/settings.ts';
import { freePort } from '../../../tools/ports.ts';
import { createDatabase } from '../../../tools/postgres.ts';
import { seedCatalogue } from '../../../tools/seed/seed.ts';
import type { App } from '../../src/app/ports.ts';
import { composeApp, startJobs, startServer } from '../../src/compose.ts';
import { openDatabase } from '../../src/db/dialect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { readEnv } from '../../src/env.ts';
import type { Server } from '../../src/http/types.ts';
import { runInbox } from '../../src/jobs/inbox.ts';
import { runMail } from '../../src/jobs/mail.ts';
import { runOutbox } from '../../src/jobs/outbox.ts';
import type { StripeLine } from './stripe-line.ts';

export const webhookSecret = 'whsec_test_of_the_shop';
export const operatorToken = 'operator_token_of_the_test_shop_0123';

export type ShopOptions = {
  /** Settings over those that are made here. */
  env?: Record<string, string>;
  /** `running`: as in production. `manual`: only when a test calls `runJobs`. */
  jobs?: 'running' | 'manual';
  /** False: the sandbox delivers nothing, and the test posts events itself. */
  webhooks?: boolean;
  /** What the shop reaches Stripe through, where a test disturbs it. */
  line?: StripeLine;
  /** Settings of the sandbox over those that are made here. */
  sandboxSettings?: Partial<Settings>;
  /** Takes every line the shop logs, at the most talkative level. */
  logTo?: { write(line: string): void };
  /** Answers the address under which the shop reaches its database, where a test stands between them. */
  databaseThrough?: (url: string) => Promise<string>;
};

export type TestShop = {
  app: App;
  server: Server;
  url: string;
  databaseUrl: string;
  sandbox: Sandbox;
  /** Moves the shop's clock, not the sandbox's. */
  advance(milliseconds: number): void;
  /** One round of inbox, outbox and mail; returns how much there was to do. */
  runJobs(): Promise<number>;
  stop(): Promise<void>;
};

export type Kind = 'SQLite' | 'PostgreSQL';

/** For `describe.each`: the same tests on both databases. */
export const databases: Kind[] = ['SQLite', 'PostgreSQL'];

/** Runs the same tests on both databases. */
export function onBothDatabases(title: string, tests: (kind: Kind) => void): void {
  for (const kind of ['SQLite', 'PostgreSQL'] as const) describe(`${title} on ${kind}`, () => tests(kind));
}

export type TestDatabase = { url: string; remove(): Promise<void> };

/** A fresh, migrated and seeded database of that kind. */
export async function makeDatabase(kind: Kind): Promise<TestDatabase> {
  const database = await makeEmptyDatabase(kind);
  await fill(database.url);
  return database;
}

/** A database of that kind that the shop has never seen. */
export async function makeEmptyDatabase(kind: Kind): Promise<TestDatabase> {
  if (kind === 'PostgreSQL') {
    const server = process.env.TEST_POSTGRES_URL;
    if (!server)
      throw new Error('TEST_POSTGRES_URL is missing: run the tests through vitest projects or npm test');
    const url = await createDatabase(server, `shop_${randomUUID().replaceAll('-', '')}`);
    return { url, remove: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'paydesk-test-'));
  const url = `sqlite:${join(folder, 'shop.db')}`;
  return { url, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function fill(url: string): Promise<void> {
  const database = openDatabase(url);
  await migrate(database, Date.now());
  await seedCatalogue(database, false);
  await database.close();
}

/** The settings of one of the test shop's processes. `stripe` is where it reaches the sandbox, perhaps through a line. */
export function shopSettings(at: { port: number; frontendUrl: string; databaseUrl: string; stripe: string }) {
  return {
    PORT: String(at.port),
    FRONTEND_URL: at.frontendUrl,
    DATABASE_URL: at.databaseUrl,
    STRIPE_SECRET_KEY: 'sk_test_shop',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_shop',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: at.stripe,
    OPERATOR_TOKEN: operatorToken,
  };
}

/** The whole shop in this process, on a real database, with a real sandbox behind it. */
export async function startTestShop(kind: Kind, options: ShopOptions = {}): Promise<TestShop> {
  const database = await makeDatabase(kind);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    ...(options.webhooks !== false && {
      webhook: { url: `${url}/api/webhooks/stripe`, secret: webhookSecret },
    }),
    settings: { charge_updated_delay_ms: 50, ...options.sandboxSettings },
  });
  const stripe = options.line ? await options.line.connectTo(sandbox.url) : sandbox.url;
  const env = readEnv({
    ...shopSettings({
      port,
      frontendUrl: url,
      databaseUrl: options.databaseThrough ? await options.databaseThrough(database.url) : database.url,
      stripe,
    }),
    ...options.env,
  });
  const log = makeLog(options.logTo);
  let offset = 0;
  const app = await composeApp(env, log, { now: () => Date.now() + offset });
  await app.live.start();
  const stopJobs = options.jobs === 'manual' ? async () => {} : startJobs(app);
  const { server, stop: stopServer } = await startServer(app, env, log);
  return {
    app,
    server,
    url,
    databaseUrl: database.url,
    sandbox,
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    runJobs: async () => (await runInbox(app)) + (await runOutbox(app)) + (await runMail(app)),
    stop: async () => {
      await stopServer();
      await stopJobs();
      await app.live.stop();
      app.mailer.close();
      await app.database.close();
      await sandbox.close();
      await database.remove();
    },
  };
}

function makeLog(lines: ShopOptions['logTo']): Logger<string, boolean> {
  return lines ? pino({ level: 'trace' }, lines) : pino({ level: process.env.TEST_LOG ?? 'silent' });
}

export type Reply<T> = { status: number; headers: Headers; body: T };

/** One call of the shop's API over HTTP. */
export async function call<T = Record<string, unknown>>(
  shop: { url: string },
  method: string,
  path: string,
  options: { body?: unknown; token?: string; key?: string; headers?: Record<string, string> } = {},
): Promise<Reply<T>> {
  const response = await fetch(`${shop.url}${path}`, {
    method,
    signal: AbortSignal.timeout(30_000),
    headers: {
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...(options.key !== undefined && { 'idempotency-key': options.key }),
      ...options.headers,
    },
    ...(options.body !== undefined && {
      body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
    }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) as T };
}

/** What is no JSON, such as a file, is left as it is. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a buyer sends; with other lines where a test needs them. */
export function cart(items = [{ productId: 'prod_stoneware-mug', quantity: 1 }], more: object = {}) {
  return {
    items,
    contact: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
    shippingAddress: {
      line1: '1 Main St',
      city: 'Springfield',
      state: 'IL',
      postalCode: '62701',
      country: 'US',
    },
    ...more,
  };
}

export function newKey(): string {
  return `key_${randomUUID()}`;
}

/** Places an order and fails the test when that does not work. */
export async function order(shop: { url: string }, body: object = cart()): Promise<PlacedOrder> {
  const reply = await call<PlacedOrder>(shop, 'POST', '/api/orders', { body, key: newKey() });
  if (reply.status !== 201) throw new Error(`the order was refused: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

export async function readOrder(shop: { url: string }, placed: PlacedOrder): Promise<Order> {
  const path = `/api/orders/${placed.order.id}`;
  return (await call<{ order: Order }>(shop, 'GET', path, { token: placed.accessToken })).body.order;
}

/** Waits until a fact is there; looks often and gives up with what it saw last. */
export async function until<T>(
  look: () => Promise<T>,
  holds: (seen: T) => boolean,
  within = 10_000,
): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > end) throw new Error(`still not so after ${within} ms: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The order's time is over: as when the clock had moved on for this order alone. */
export async function makeDue(shop: TestShop, placed: PlacedOrder): Promise<void> {
  const past = shop.app.clock.now() - 1;
  await shop.app.database.transaction(async (tx) => {
    await tx.updateTable('orders').set({ expires_at: past }).where('id', '=', placed.order.id).execute();
    await tx
      .updateTable('outbox')
      .set({ not_before: past })
      .where('order_id', '=', placed.order.id)
      .where('kind', '=', 'order.close')
      .execute();
  });
}

/** Runs the jobs until there is nothing more to do now. */
export async function settleJobs(shop: TestShop): Promise<void> {
  while ((await shop.runJobs()) > 0);
}
