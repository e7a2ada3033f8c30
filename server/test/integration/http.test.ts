import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pay, started } from '../support/customer.ts';
import {
  call,
  cart,
  databases,
  newKey,
  order,
  readOrder,
  startTestShop,
  type TestShop,
  until,
  webhookSecret,
} from '../support/shop.ts';
import { TcpLine } from '../support/tcp-line.ts';

const apiHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

describe.each(databases)('the shop’s HTTP server on %s', (kind) => {
  let shop: TestShop;
  const lines: string[] = [];
  beforeAll(async () => {
    shop = await startTestShop(kind, { logTo: { write: (line) => void lines.push(line) } });
  });
  afterAll(() => shop.stop());

  it.each([
    ['GET', '/api/config', 200],
    ['GET', '/api/products', 200],
    ['GET', '/api/products/none', 404],
    ['GET', '/api/orders/none', 404],
    ['POST', '/api/quote', 400],
    ['POST', '/api/webhooks/stripe', 400],
    ['GET', '/api/nothing', 404],
  ])('sends %s %s with headers that keep it out of caches and frames', async (method, path, status) => {
    const reply = await call(shop, method, path);
    expect(reply.status).toBe(status);
    expect(Object.fromEntries(reply.headers)).toMatchObject(apiHeaders);
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    expect(reply.headers.has('x-powered-by')).toBe(false);
  });

  it.each([
    ['GET', '/api/nothing'],
    ['DELETE', '/api/config'],
    ['PUT', '/api/orders/x'],
    ['GET', '/api/quote'],
    ['GET', '/api/webhooks/stripe'],
    ['POST', '/api/webhooks/paypal'],
    ['GET', '/api/orders/..%2f..%2fetc'],
    ['GET', `/api/orders/${'x'.repeat(500)}`],
  ])('answers %s %s with a 4xx, a code and a sentence', async (method, path) => {
    const { status, body } = await call<{ error: { code: string; message: string; requestId: string } }>(
      shop,
      method,
      path,
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body.error.message).toMatch(/^[A-Z].*\.$/);
    expect(body.error.requestId).toMatch(/^req_/);
  });

  it('gives every request an id of its own, whatever the caller calls it', async () => {
    const ask = () =>
      call<{ error: { requestId: string } }>(shop, 'GET', '/api/nothing', {
        headers: { 'x-request-id': 'mine', 'request-id': 'mine' },
      });
    const [one, two] = [await ask(), await ask()];
    expect(one.body.error.requestId).not.toBe(two.body.error.requestId);
    expect(one.body.error.requestId).not.toContain('mine');
  });

  it('is alive and ready', async () => {
    expect((await call(shop, 'GET', '/healthz')).body).toEqual({ ok: true });
    const ready = await call(shop, 'GET', '/readyz');
    expect([ready.status, ready.body]).toMatchObject([200, { ready: true, database: true }]);
  });

  it('counts what it does for monitoring, by route and never by address', async () => {
    const placed = await order(shop);
    await readOrder(shop, placed);
    const reply = await call<string>(shop, 'GET', '/metrics');
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(reply.body).toContain(
      'paydesk_http_request_seconds_count{method="GET",route="/api/orders/:id",status="200"}',
    );
    expect(reply.body).toContain('paydesk_inbox_age_seconds 0');
    expect(reply.body).not.toContain(placed.order.id);
  });

  it('documents itself as OpenAPI, from the schemas that check the requests', async () => {
    const { status, body } = await call<{ openapi: string; paths: Record<string, unknown> }>(
      shop,
      'GET',
      '/api/docs/json',
    );
    expect([status, body.openapi.split('.')[0]]).toEqual([200, '3']);
    expect(JSON.stringify(body.paths['/api/orders'])).toContain('shippingAddress');
    const page = await call<string>(shop, 'GET', '/api/docs/');
    expect([page.status, page.headers.get('content-security-policy')]).toMatchObject([
      200,
      expect.stringContaining("default-src 'self'"),
    ]);
  });

  it('believes no proxy it was not told of', async () => {
    await call(shop, 'GET', '/api/config', {
      headers: {
        'x-forwarded-for': '6.6.6.6',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      },
    });
    expect(lines.join('')).not.toMatch(/6\.6\.6\.6|evil\.example/);
  });

  it('writes no secret into its log, at the most talkative level, through a whole purchase', async () => {
    const key = newKey();
    const placed = await order(shop);
    const payment = await started(shop, placed);
    const card = {
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': '4242424242424242',
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '2040',
      'payment_method_data[card][cvc]': '123',
    };
    await pay(shop, payment, card);
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
    const again = await call<{ accessToken: string }>(shop, 'POST', '/api/orders', { body: cart(), key });
    await call(shop, 'GET', `/api/orders/${placed.order.id}?token=${placed.accessToken}`);
    await call(shop, 'POST', '/api/orders', { body: { contact: { email: 'canary@example.com' } }, key });
    const log = lines.join('');
    expect(log).toContain(placed.order.id);
    expect(log).toContain(payment.payment.id);
    for (const secret of [
      placed.accessToken,
      again.body.accessToken,
      key,
      payment.clientSecret!,
      webhookSecret,
      'sk_test_shop',
      '4242424242424242',
      'canary@example.com',
      'ada@example.com',
      'Lovelace',
    ]) {
      expect(log).not.toContain(secret);
    }
    expect(log).not.toMatch(
      /_secret_|sk_(test|live)_|rk_|whsec_|"authorization"|"cookie"|"stripe-signature"/,
    );
  });

  it('says one line for each request, with its id, way, status and time', async () => {
    lines.length = 0;
    await call(shop, 'GET', '/api/products?q=secret-wish');
    const line = await until(
      async () => lines.map((text) => JSON.parse(text)).find(({ msg }) => msg === 'request'),
      Boolean,
    );
    expect(line).toMatchObject({
      method: 'GET',
      path: '/api/products',
      status: 200,
      ms: expect.any(Number),
      reqId: expect.stringMatching(/^req_/),
    });
    expect(JSON.stringify(line)).not.toContain('secret-wish');
  });
});

describe('readiness', () => {
  it('turns red when an effect is late, and green when it was done', async () => {
    const shop = await startTestShop('SQLite', { jobs: 'manual', webhooks: false });
    await order(shop);
    shop.advance(3_600_000 + 6 * 60_000);
    const late = await call(shop, 'GET', '/readyz');
    expect([late.status, late.body]).toMatchObject([503, { ready: false, database: true }]);
    while ((await shop.runJobs()) > 0);
    expect((await call(shop, 'GET', '/readyz')).status).toBe(200);
    await shop.stop();
  });

  it('turns red while the database cannot be reached, and the process stays alive', async () => {
    const line = new TcpLine();
    const shop = await startTestShop('PostgreSQL', {
      jobs: 'manual',
      webhooks: false,
      databaseThrough: (url) => line.connectTo(url),
    });
    await line.close();
    const red = await call(shop, 'GET', '/readyz');
    expect([red.status, red.body]).toMatchObject([503, { ready: false, database: false }]);
    expect((await call(shop, 'GET', '/healthz')).status).toBe(200);
    await line.open();
    await until(
      () => call(shop, 'GET', '/readyz'),
      ({ status }) => status === 200,
    );
    await order(shop);
    await shop.stop();
    await line.close();
  });
});

describe('limits against abuse, where they are set', () => {
  it('refuse more orders a minute from one address, with the time to wait', async () => {
    const shop = await startTestShop('SQLite', {
      env: { LIMIT_ORDERS_PER_MINUTE: '2' },
      jobs: 'manual',
      webhooks: false,
    });
    await order(shop);
    await order(shop);
    const third = await call(shop, 'POST', '/api/orders', { body: cart(), key: newKey() });
    expect([third.status, third.body.error]).toMatchObject([429, { code: 'too_many_requests' }]);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call(shop, 'GET', '/api/products')).status).toBe(200);
    await shop.stop();
  });

  it.each(databases)('refuse a person with unpaid orders another one, on %s', async (kind) => {
    const shop = await startTestShop(kind, {
      env: { LIMIT_UNPAID_ORDERS_PER_EMAIL: '2' },
      jobs: 'manual',
      webhooks: false,
    });
    const [first] = [await order(shop), await order(shop)];
    const body = cart(undefined, { contact: { email: 'ADA@example.com', firstName: 'A', lastName: 'L' } });
    const third = await call(shop, 'POST', '/api/orders', { body, key: newKey() });
    expect([third.status, third.body.error]).toMatchObject([429, { code: 'too_many_requests' }]);
    await call(shop, 'POST', `/api/orders/${first.order.id}/cancel`, { token: first.accessToken });
    expect((await call(shop, 'POST', '/api/orders', { body, key: newKey() })).status).toBe(201);
    await shop.stop();
  });
});
