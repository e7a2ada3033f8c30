import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../src/app/health/check-database.ts';
import { checkProvider } from '../../src/app/health/check-provider.ts';
import { noteClock } from '../../src/app/health/provider-clock.ts';
import type { Clock, ProviderHealth } from '../../src/app/ports.ts';
import { runPoll } from '../../src/jobs/poll.ts';
import { stripeProvider } from '../../src/providers/stripe/provider.ts';
import { paidWith, tell } from '../support/disputes.ts';
import { named, report, run } from '../support/doctor.ts';
import { MailServer } from '../support/mail-server.ts';
import {
  call,
  databases,
  readOrder,
  shopSettings,
  startTestShop,
  type TestShop,
  until,
  webhookSecret,
} from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';

/** Takes connections and says this much, then nothing. */
async function speaking(words: string): Promise<{ port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.write(words);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

describe.each(databases)('the doctor, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let settings: Record<string, string>;
  let health: ProviderHealth;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', line });
    health = shop.app.providers.get('stripe')!.health!;
    const at = { port: 3000, frontendUrl: shop.url, databaseUrl: shop.databaseUrl };
    settings = shopSettings({ ...at, stripe: shop.sandbox.url });
    const placed = await paidWith(shop, '4242424242424242');
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    await runPoll(shop.app);
  });
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const examine = async (name: string, changes: { clock?: Clock; key?: string } = {}) => {
    const connection = { live: false, sandboxUrl: shop.sandbox.url, frontendUrl: shop.url };
    const asked = changes.key === undefined ? health : healthWith(changes.key);
    return named(await checkProvider(asked, connection, changes.clock ?? shop.app.clock), name);
  };
  const healthWith = (secretKey: string): ProviderHealth =>
    stripeProvider({
      secretKey,
      apiBase: shop.sandbox.url,
      timeout: 5_000,
      webhookSecret,
      live: false,
      dashboardBase: null,
    }).health!;
  const endpoint = async () => {
    const said = await health.endpoints();
    if (said.says !== 'answer') throw new Error(said.why);
    return said.value[0]!;
  };

  it('finds a shop on the sandbox well, beside the running shop, and changes nothing', async () => {
    const stored = async () =>
      (await shop.app.database.read.selectFrom('settings').selectAll().orderBy('key').execute()).map(
        ({ key, value }) => `${key} ${value}`,
      );
    const before = await stored();
    const { code, out, error } = await run(settings);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/^database {2,}ok {2,}\w+ [\d.]+.*(FULL|fsync on).*\.$/m);
    expect(out).toMatch(/^sandbox {2,}ok {2,}http:\/\/127\.0\.0\.1:\d+ answers as Sandbox \(acct_\w+\)/m);
    expect(out).toMatch(/^webhook endpoint {2,}ok {2,}.* is sent all 21 events/m);
    expect(out).toMatch(/^deliveries {2,}ok {2,}The last event that was delivered is \d+ s old\.$/m);
    expect(out).toMatch(/^All is well\. \(\d+ checks, \d+\.\d s\)$/m);
    expect(await stored()).toEqual(before);
  });

  it('says the same of its own process at /readyz and /metrics', async () => {
    expect((await call(shop, 'GET', '/readyz')).body).toMatchObject({
      ready: true,
      migrations: 'current',
      mailAgeSeconds: expect.any(Number),
      openBreaks: 0,
      parkedEvents: 0,
      deadEffects: 0,
      providers: [
        {
          name: 'stripe',
          pollAgeSeconds: expect.any(Number),
          lastEventAt: expect.stringMatching(/^2\d{3}-.*Z$/),
          clockSkewSeconds: expect.any(Number),
        },
      ],
    });
    const { body } = await call<string>(shop, 'GET', '/metrics');
    expect(body).toMatch(/^paydesk_last_event_timestamp_seconds\{provider="stripe"\} \d{10}/m);
    expect(body).toMatch(/^paydesk_clock_skew_seconds\{provider="stripe"\} -?[\d.]+$/m);
    expect(body).toMatch(/^paydesk_migrations\{state="unknown"\} 0$/m);
    expect(body).toMatch(/^paydesk_events_parked 0$/m);
    expect(body).toMatch(/^paydesk_effects_dead 0$/m);
  });

  it('tells a key that Stripe refuses from one that may not ask and from silence', async () => {
    expect(await examine('sandbox', { key: 'sk_live_of_another_account' })).toMatchObject({
      verdict: 'fail',
      found: expect.stringContaining('Stripe refuses the key'),
    });
    const refusal = (status: number) => ({
      status,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ error: { type: 'invalid_request_error', message: 'No.' } })),
    });
    line.deal(calls('GET', '/v1/webhook_endpoints'), async (exchange) => exchange.reply(refusal(403)));
    expect(await examine('webhook endpoint')).toMatchObject({ verdict: 'warn' });
    line.deal(calls('GET', '/v1/account'), async (exchange) => exchange.reply(refusal(403)));
    expect(await examine('sandbox')).toMatchObject({ verdict: 'ok' });
    line.deal(calls('GET', '/v1/account'), async (exchange) => exchange.cut(), 10);
    expect(await examine('sandbox')).toMatchObject({
      verdict: 'fail',
      todo: expect.stringContaining('npm start'),
    });
    line.mend();
  });

  it('compares the clock with Stripe’s, and monitoring sees what was seen last', async () => {
    const ahead = (seconds: number): Clock => ({ now: () => Date.now() + seconds * 1_000 });
    expect((await examine('clock'))!.verdict).toBe('ok');
    expect((await examine('clock', { clock: ahead(-120) }))!.verdict).toBe('warn');
    expect((await examine('clock', { clock: ahead(400) }))!.verdict).toBe('fail');
    await noteClock({ ...shop.app, clock: ahead(120) }, shop.app.providers.get('stripe')!);
    const { body } = await call<string>(shop, 'GET', '/metrics');
    const skew = Number(/^paydesk_clock_skew_seconds\{provider="stripe"\} (.+)$/m.exec(body)![1]);
    expect(Math.abs(skew - 120)).toBeLessThan(3);
  });

  it('sees an endpoint that lacks events, is disabled, of another version or not there', async () => {
    const { id, events } = await endpoint();
    const change = (form: Record<string, string>) => tell(shop, `/v1/webhook_endpoints/${id}`, form);
    await change({ 'enabled_events[0]': 'payment_intent.succeeded', 'enabled_events[1]': 'refund.failed' });
    expect(await examine('webhook endpoint')).toMatchObject({
      verdict: 'fail',
      found: expect.stringMatching(/is not sent payment_intent\.payment_failed, .*funds_reinstated\.$/),
    });
    await change(Object.fromEntries(events.map((type, index) => [`enabled_events[${index}]`, type])));
    await change({ disabled: 'true' });
    expect(await examine('webhook endpoint')).toMatchObject({
      verdict: 'fail',
      found: expect.stringContaining('is disabled'),
    });
    const older = { url: `${shop.url}/api/webhooks/stripe`, 'enabled_events[0]': '*' };
    await tell(shop, '/v1/webhook_endpoints', { ...older, api_version: '2024-06-20' });
    expect(await examine('webhook endpoint')).toMatchObject({
      verdict: 'warn',
      found: expect.stringContaining('API version 2024-06-20'),
    });
    const elsewhere = { ...settings, FRONTEND_URL: 'https://shop.example' };
    const { code, checks } = await report(elsewhere);
    expect(code).toBe(1);
    expect(named(checks, 'webhook endpoint')).toMatchObject({
      verdict: 'fail',
      found: expect.stringContaining(`but one at ${shop.url}`),
    });
    await change({ disabled: 'false' });
  });

  it('connects to the mail server, and says what that server says', async () => {
    const server = new MailServer();
    const url = await server.start();
    const refusing = await speaking('554 not for you\r\n');
    const [good, bad] = await Promise.all([
      report({ ...settings, SMTP_URL: url, MAIL_FROM: 'orders@shop.example' }),
      report({ ...settings, SMTP_URL: `smtp://shop:secret-word@127.0.0.1:${refusing.port}` }),
    ]);
    expect(named(good.checks, 'mail server')).toMatchObject({ verdict: 'ok' });
    expect(named(bad.checks, 'mail server')).toMatchObject({
      verdict: 'fail',
      found: expect.stringContaining('554 not for you'),
    });
    expect(named(bad.checks, 'sender')).toMatchObject({ verdict: 'warn' });
    expect(JSON.stringify(bad)).not.toContain('secret-word');
    expect([good.code, bad.code]).toEqual([0, 1]);
    await server.stop();
    await refusing.stop();
  });

  it('does not look into a database that a newer version has changed', async () => {
    const { database } = shop.app;
    await database.transaction(async (tx) => {
      await sql`INSERT INTO migrations (name, applied_at) VALUES ('9999-later', 1)`.execute(tx);
    });
    const { code, checks } = await report(settings);
    expect(code).toBe(1);
    expect(named(checks, 'migrations')).toMatchObject({
      verdict: 'fail',
      found: 'A newer version changed the database (9999-later).',
    });
    expect(named(checks, 'work')).toMatchObject({ verdict: 'skipped' });
    expect((await call(shop, 'GET', '/readyz')).body).toMatchObject({ ready: true, migrations: 'newer' });
    await database.transaction(async (tx) => {
      await sql`DELETE FROM migrations WHERE name = '9999-later'`.execute(tx);
    });
  });

  it('leaves a database of an older version to the next start', async () => {
    const { database } = shop.app;
    await database.transaction(async (tx) => {
      await sql`DELETE FROM migrations WHERE name = '0001-purchase'`.execute(tx);
    });
    const { findings, isReadable } = await checkDatabase(database);
    expect(isReadable).toBe(false);
    expect(named(findings, 'migrations')).toMatchObject({
      verdict: 'warn',
      found: expect.stringContaining('lacks 0001-purchase'),
    });
    expect(named(findings, 'storage')!.found).toMatch(/^The database takes \d+\.\d MiB/);
    await database.transaction(async (tx) => {
      await sql`INSERT INTO migrations (name, applied_at) VALUES ('0001-purchase', 1)`.execute(tx);
    });
  });

  // Silence is waited for, so it is on one of the two databases; on the other nobody listens.
  it(`ends within seconds when everybody it asks is ${kind === 'SQLite' ? 'away' : 'silent'}`, async () => {
    const silent = await speaking('');
    if (kind === 'SQLite') await silent.stop();
    const nowhere =
      kind === 'SQLite' ? `${shop.databaseUrl}.not` : `postgres://127.0.0.1:${silent.port}/shop`;
    const { code, seconds, checks } = await report({
      ...settings,
      DATABASE_URL: nowhere,
      STRIPE_API_BASE: `http://127.0.0.1:${silent.port}`,
      SMTP_URL: `smtp://127.0.0.1:${silent.port}`,
    });
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(10);
    expect(['database', 'sandbox', 'mail server'].map((name) => named(checks, name)!.verdict)).toEqual([
      kind === 'SQLite' ? 'warn' : 'fail',
      'fail',
      'fail',
    ]);
    if (kind !== 'SQLite') await silent.stop();
  });
});

describe('the doctor’s command line', () => {
  it('names every setting that is wrong, and does not go on with a part of them', async () => {
    const { code, checks } = await report({ PORT: 'x', SHOP_CURRENCY: 'zzz' });
    expect(code).toBe(1);
    expect(checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'Node.js ok',
      'settings fail',
      'settings fail',
      'all else skipped',
    ]);
  });

  it('explains itself, and ends with 2 when it is called wrongly', async () => {
    const [help, wrong] = await Promise.all([run({}, ['--help']), run({}, ['--fast'])]);
    expect(help).toMatchObject({ code: 0, out: expect.stringContaining('npm run doctor'), error: '' });
    expect(wrong).toMatchObject({ code: 2, out: '' });
  });
});
