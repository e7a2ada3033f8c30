import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPayment } from '../support/customer.ts';
import { call, cart, databases, newKey, order, startTestShop, type TestShop } from '../support/shop.ts';
import { countRows } from '../support/stored.ts';

/** Who may call what: `everybody`, only who `holds` the order's token or owns the order, or anybody who is `signed in`, about themselves. A route that is not here fails the test. */
const routes: Record<string, 'everybody' | 'holds' | 'signed in'> = {
  'GET /api/config': 'everybody',
  'GET /api/products': 'everybody',
  'GET /api/products/{slug}': 'everybody',
  'GET /api/account': 'signed in',
  'GET /api/account/orders': 'signed in',
  'POST /api/account/addresses': 'signed in',
  'PUT /api/account/addresses/{id}': 'signed in',
  'DELETE /api/account/addresses/{id}': 'signed in',
  'GET /api/account/sessions': 'signed in',
  'POST /api/account/sessions/{id}/end': 'signed in',
  // These take an invitation's secret in their body, or tell only a sandbox's visitors.
  'GET /api/operators/owner-link': 'everybody',
  'POST /api/operators/invitation': 'everybody',
  'POST /api/operators/join': 'everybody',
  'POST /api/quote': 'everybody',
  'POST /api/orders': 'everybody',
  'GET /api/orders/{id}': 'holds',
  // It takes the token of a mail's link in its body, and answers 404 to any other.
  'POST /api/orders/{id}/access': 'everybody',
  'POST /api/orders/{id}/pay': 'holds',
  'POST /api/orders/{id}/cancel': 'holds',
  'GET /api/orders/{id}/events': 'holds',
  'GET /api/orders/{id}/invoice.pdf': 'holds',
  'GET /api/orders/{id}/credit-notes/{refundId}.pdf': 'holds',
  'POST /api/create-payment-intent': 'everybody',
  'POST /api/payment-intent': 'everybody',
  'POST /api/stripe-checkout': 'everybody',
  'POST /api/webhooks/{provider}': 'everybody',
};

/** The shortcuts start payments of orders that exist, too; then they need the token like all others. */
const shortcuts = ['/api/create-payment-intent', '/api/payment-intent', '/api/stripe-checkout'];

type Ask = { method: 'GET' | 'POST'; path: (id: string) => string; body?: (id: string) => object };
const guarded: Ask[] = [
  { method: 'GET', path: (id) => `/api/orders/${id}` },
  { method: 'GET', path: (id) => `/api/orders/${id}/events` },
  { method: 'GET', path: (id) => `/api/orders/${id}/invoice.pdf` },
  {
    method: 'GET',
    path: (id) => `/api/orders/${id}/credit-notes/${id === '{id}' ? '{refundId}' : 'ref_of_nobody'}.pdf`,
  },
  { method: 'POST', path: (id) => `/api/orders/${id}/cancel` },
  {
    method: 'POST',
    path: (id) => `/api/orders/${id}/pay`,
    body: () => ({ paymentMethod: 'stripe', flow: 'elements' }),
  },
  ...shortcuts.map((path): Ask => ({ method: 'POST', path: () => path, body: (orderId) => ({ orderId }) })),
];

describe.each(databases)('access to orders on %s', (kind) => {
  let shop: TestShop;
  let mine: PlacedOrder;
  let theirs: PlacedOrder;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
    [mine, theirs] = [await order(shop), await order(shop)];
  });
  afterAll(() => shop.stop());

  const ask = (route: Ask, id: string, headers: Record<string, string> = {}) =>
    shop.server.inject({
      method: route.method,
      url: route.path(id),
      headers,
      ...(route.body && { payload: route.body(id) }),
    });
  const cookieFor = (placed: PlacedOrder, token = placed.accessToken) => `${placed.order.id}=${token}`;

  it('is written down for every route there is', async () => {
    const { paths } = (await call<{ paths: Record<string, object> }>(shop, 'GET', '/api/docs/json')).body;
    // Those of the operators have a door of their own, and a test of it.
    const known = Object.entries(paths)
      .filter(([path]) => !path.startsWith('/api/admin/'))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
    expect(known.toSorted()).toEqual(Object.keys(routes).toSorted());
    const needToken = guarded.map(({ method, path }) => `${method} ${path('{id}')}`);
    const written = Object.keys(routes).filter((route) => routes[route] === 'holds');
    expect(needToken.filter((route) => route.includes('{id}')).toSorted()).toEqual(written.toSorted());
  });

  it.each(guarded)('$method $path: unknown, foreign and without a token look the same', async (route) => {
    const before = await countRows(shop);
    const answers = [
      await ask(route, 'ord_that_never_was', bearer(mine.accessToken)),
      await ask(route, 'ord_that_never_was'),
      await ask(route, mine.order.id),
      await ask(route, mine.order.id, bearer(theirs.accessToken)),
      await ask(route, mine.order.id, bearer('')),
      await ask(route, mine.order.id, bearer('x'.repeat(43))),
      await ask(route, mine.order.id, { authorization: `Basic ${mine.accessToken}` }),
      await ask(route, mine.order.id, { authorization: mine.accessToken }),
      await ask(route, mine.order.id, { cookie: cookieFor(theirs) }),
      await ask(route, mine.order.id, { cookie: cookieFor(mine, theirs.accessToken) }),
      await ask(route, mine.order.id, { cookie: `${theirs.order.id}=${mine.accessToken}` }),
    ];
    expect(answers[0]?.statusCode).toBe(404);
    expect(answers[0]?.json()).toMatchObject({
      error: { code: 'order_not_found', message: 'We cannot find this order.' },
    });
    for (const answer of answers) expect(plain(answer)).toEqual(plain(answers[0]!));
    expect(await countRows(shop)).toEqual(before);
  });

  it('does not look for the token in the address', async () => {
    const url = `/api/orders/${mine.order.id}?token=${mine.accessToken}&accessToken=${mine.accessToken}`;
    expect((await shop.server.inject({ url })).statusCode).toBe(404);
  });

  it('is given to the bearer of the token, in any spelling of the scheme', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const headers = { authorization: `${scheme} ${mine.accessToken}` };
      expect((await ask(guarded[0]!, mine.order.id, headers)).statusCode).toBe(200);
    }
  });

  it('is given by a cookie that is bound to the order, hidden from scripts, and sets no other', async () => {
    const placed = await call<PlacedOrder>(shop, 'POST', '/api/orders', { body: cart(), key: newKey() });
    const { id } = placed.body.order;
    const cookies = placed.headers.getSetCookie();
    expect(cookies).toEqual([
      `${id}=${placed.body.accessToken}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax`,
    ]);
    const headers = { cookie: cookies[0]!.split(';')[0]! };
    const seen = await ask(guarded[0]!, id, headers);
    expect(seen.json<{ order: Order }>().order.id).toBe(id);
    expect((await ask(guarded[0]!, mine.order.id, headers)).statusCode).toBe(404);
  });

  it('is given by either of two: a stale cookie does not lock out the bearer', async () => {
    const headers = { ...bearer(mine.accessToken), cookie: cookieFor(mine, 'stale') };
    expect((await ask(guarded[0]!, mine.order.id, headers)).statusCode).toBe(200);
  });

  it('hands the secret to pay only to who holds the order', async () => {
    const started = await startPayment(shop, mine);
    expect(started.body.clientSecret).toBeDefined();
    const stolen = await startPayment(shop, { ...mine, accessToken: theirs.accessToken });
    expect([stolen.status, stolen.body.clientSecret]).toEqual([404, undefined]);
    const seen = await ask(guarded[0]!, mine.order.id, bearer(mine.accessToken));
    expect(seen.body).not.toContain('_secret_');
  });

  it.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1:1',
    'https://127.0.0.1.evil.example',
    'not an origin',
  ])('is refused to a page of %s', async (origin) => {
    const before = await countRows(shop);
    for (const route of guarded.filter(({ method }) => method === 'POST')) {
      const answer = await ask(route, mine.order.id, { origin, cookie: cookieFor(mine), host: hostOf(shop) });
      expect([answer.statusCode, answer.json().error.code]).toEqual([403, 'origin_not_allowed']);
    }
    const placed = await call(shop, 'POST', '/api/orders', { body: cart(), headers: { origin } });
    expect([placed.status, placed.headers.getSetCookie()]).toEqual([403, []]);
    expect(await countRows(shop)).toEqual(before);
  });

  it('is granted to the shop’s own pages', async () => {
    const headers = { origin: shop.url, cookie: cookieFor(mine) };
    const answer = await ask(guarded.find(({ path }) => path('x').endsWith('/pay'))!, mine.order.id, headers);
    expect(answer.statusCode).toBe(201);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is not given to a form, which can be sent as %s from any site',
    async (type) => {
      const answer = await shop.server.inject({
        method: 'POST',
        url: `/api/orders/${mine.order.id}/pay`,
        headers: { 'content-type': type, cookie: cookieFor(mine) },
        payload: JSON.stringify({ paymentMethod: 'stripe', flow: 'elements' }),
      });
      expect([answer.statusCode, answer.json().error.code]).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('to read stays after the order has ended', async () => {
    await ask(
      { method: 'POST', path: (id) => `/api/orders/${id}/cancel` },
      theirs.order.id,
      bearer(theirs.accessToken),
    );
    const seen = await ask(guarded[0]!, theirs.order.id, bearer(theirs.accessToken));
    expect(seen.json<{ order: Order }>().order.status).toBe('canceled');
  });
});

it('to an order of a shop on https is a cookie for this host only, over https only', async () => {
  const env = { FRONTEND_URL: 'https://shop.example' };
  const shop = await startTestShop('SQLite', { env, jobs: 'manual', webhooks: false });
  const placed = await call<PlacedOrder>(shop, 'POST', '/api/orders', { body: cart(), key: newKey() });
  const { id } = placed.body.order;
  const cookie = `__Host-${id}=${placed.body.accessToken}`;
  expect(placed.headers.getSetCookie()).toEqual([
    `${cookie}; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax`,
  ]);
  const seen = await shop.server.inject({ url: `/api/orders/${id}`, headers: { cookie } });
  expect(seen.statusCode).toBe(200);
  await shop.stop();
});

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function hostOf(shop: TestShop): string {
  return new URL(shop.url).host;
}

/** An answer without what is different every time. */
function plain({ statusCode, headers, body }: LightMyRequestResponse): object {
  const { date: _, ...lasting } = headers;
  return { statusCode, headers: lasting, body: body.replace(/"requestId":"[^"]+"/, '') };
}
