import type { PlacedOrder } from '@paydesk/contract/orders';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import {
  hostileBodies,
  hostileEmails,
  hostileNumbers,
  hostileStrings,
  massAssignment,
  withMember,
} from '../support/hostile.ts';
import { fixedSeed } from '../support/properties.ts';
import { expectRefusal } from '../support/refusal.ts';
import { bodySchemas, nearly, rightValues } from '../support/schema-arbitrary.ts';
import { cart, databases, order, startTestShop, type TestShop } from '../support/shop.ts';
import { countRows } from '../support/stored.ts';

const shortcuts = ['/api/create-payment-intent', '/api/payment-intent', '/api/stripe-checkout'];
const quoteBody = {
  items: [{ productId: 'prod_stoneware-mug', quantity: 1 }],
  country: 'US',
  email: 'a@b.cc',
};
const bodies: Record<string, object> = {
  '/api/quote': quoteBody,
  '/api/orders': cart(),
  ...Object.fromEntries(shortcuts.map((path) => [path, cart()])),
};

describe.each(databases)('bad input on %s', (kind) => {
  let shop: TestShop;
  let mine: PlacedOrder;
  let before: Record<string, number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
    mine = await order(shop);
  });
  beforeEach(async () => {
    before = await countRows(shop);
  });
  afterEach(async () => {
    expect(await countRows(shop), 'something was stored').toEqual(before);
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  const send = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
    shop.server.inject({
      method: 'POST',
      url,
      payload,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${mine.accessToken}`,
        ...headers,
      },
    });
  const payPath = () => `/api/orders/${mine.order.id}/pay`;
  const all = () => [
    ...Object.entries(bodies),
    [payPath(), { paymentMethod: 'stripe', flow: 'elements' }] as const,
  ];

  it.each(hostileBodies)('such as $title for a body is refused', async ({ body, type, encoding }) => {
    for (const [path] of all()) {
      const answer = await send(path, body, {
        'content-type': type ?? 'application/json',
        ...(encoding !== undefined && { 'content-encoding': encoding }),
      });
      expectRefusal(answer);
    }
  });

  it.each(hostileNumbers.filter((text) => text !== '1e3'))(
    'such as the quantity %s is refused',
    async (number) => {
      for (const [path, body] of Object.entries(bodies)) {
        expectRefusal(await send(path, withMember(body, ['items', 0, 'quantity'], number)), 400);
      }
    },
  );

  it('such as a thousand lines, none at all, or one product too many is refused', async () => {
    const line = { productId: 'prod_stoneware-mug', quantity: 1 };
    for (const [path, body] of Object.entries(bodies)) {
      for (const items of [
        [],
        Array(51).fill(line),
        Array(1_000).fill(line),
        [line, null],
        { 0: line, length: 1 },
      ]) {
        expectRefusal(
          await send(path, JSON.stringify({ ...body, items })),
          items.length === 1_000 ? undefined : 400,
        );
      }
    }
  });

  it.each(hostileStrings)(
    'such as %j for an id, a country or a code of the contract is refused',
    async (text) => {
      const json = JSON.stringify(text);
      expectRefusal(await send('/api/quote', withMember(quoteBody, ['country'], json)), 400);
      expectRefusal(await send(payPath(), withMember({ flow: 'elements' }, ['paymentMethod'], json)), 400);
      expectRefusal(await send(payPath(), withMember({ paymentMethod: 'stripe' }, ['flow'], json)), 400);
      expectRefusal(await send('/api/quote', withMember(quoteBody, ['items', 0, 'productId'], json)));
      expectRefusal(await send('/api/payment-intent', `{"orderId":${json}}`));
    },
  );

  it.each(hostileEmails)('such as %j for an e-mail address is refused', async (email) => {
    const json = JSON.stringify(email);
    expectRefusal(await send('/api/orders', withMember(cart(), ['contact', 'email'], json)), 400);
    expectRefusal(await send('/api/quote', withMember(quoteBody, ['email'], json)), 400);
  });

  it.each(['a\u0000b', '\ud800', 'x\r\ny', '\u001b[31m', '', '   ', 'x'.repeat(200)])(
    'such as %j for a name or an address is refused',
    async (text) => {
      for (const path of [
        ['contact', 'firstName'],
        ['contact', 'lastName'],
        ['contact', 'phone'],
        ['shippingAddress', 'line1'],
        ['shippingAddress', 'line2'],
        ['shippingAddress', 'city'],
      ]) {
        expectRefusal(await send('/api/orders', withMember(cart(), path, JSON.stringify(text))), 400);
      }
    },
  );

  it.each(massAssignment)('such as a member %s that only the shop may set is refused', async (name) => {
    for (const [path, body] of all()) {
      // How much of an order is paid may be said; one cent is too little.
      const isPart = name === 'amount' && path === payPath();
      expectRefusal(await send(path, withMember(body, [name], '1')), isPart ? 409 : 400);
    }
    for (const place of [['items', 0], ['contact'], ['shippingAddress']] as const) {
      expectRefusal(await send('/api/orders', withMember(cart(), [...place, name], '1')), 400);
    }
  });

  it('such as a member said twice counts as the last one, for the check as for the work', async () => {
    const twice = '{"items":[{"productId":"prod_stoneware-mug","quantity":1,"quantity":0}]}';
    expectRefusal(await send('/api/quote', twice), 400);
    const other = '{"items":[{"productId":"prod_stoneware-mug","quantity":0,"quantity":2}]}';
    expect((await send('/api/quote', other)).json()).toMatchObject({ itemCount: 2 });
  });

  it('such as more than 64 KiB is refused, said or unsaid', async () => {
    for (const [path, body] of all()) {
      const large = JSON.stringify({ ...body, more: 'x'.repeat(70_000) });
      expectRefusal(await send(path, large), 413);
    }
    expectRefusal(await send('/api/webhooks/stripe', 'x'.repeat(1_048_577)), 413);
  });

  it.each([
    'q=%00',
    'q=a%0d%0ab',
    'q=%ff',
    `q=${'x'.repeat(101)}`,
    'q=a&q=b',
    'category=..%2f',
    "category=' OR 1",
    'sort=price;drop',
    'sort=__proto__',
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1e309',
    'limit=1.5',
    'limit=x',
    'limit=1&limit=2',
    'in_stock=0',
    'in_stock=true',
    'after=..%2f..',
    'offset=1',
    '__proto__=1',
    'constructor=1',
  ])('such as the search ?%s is refused or harmless', async (query) => {
    const answer = await shop.server.inject({ url: `/api/products?${query}` });
    if (query === 'q=%ff') expect(answer.statusCode).toBeLessThan(500);
    else expectRefusal(answer, 400);
  });

  it.each(hostileStrings.filter((text) => text !== ''))(
    'such as %j for an address is refused',
    async (text) => {
      // A lone surrogate cannot be written into an address at all.
      const path = encodeURIComponent(text.toWellFormed());
      for (const url of [`/api/orders/${path}`, `/api/products/${path}`, `/api/orders/${path}/events`]) {
        expectRefusal(await shop.server.inject({ url }));
      }
      expectRefusal(await send(`/api/orders/${path}/pay`, '{}'));
      expectRefusal(await send(`/api/webhooks/${path}`, '{}'));
    },
  );

  it('made from the schema of each body is never the server’s fault', async () => {
    const schemas = await bodySchemas(shop.server);
    for (const path of Object.keys(bodies).filter((known) => known !== '/api/orders')) {
      await fc.assert(
        fc.asyncProperty(nearly(schemas[path]!, rightValues), async (body) => {
          // What fits is priced or ordered; that is not what this test is about.
          const wrong = path === '/api/quote' ? body : spoiled(body);
          const answer = await send(path, JSON.stringify(wrong) ?? '');
          if (answer.statusCode !== 200) expectRefusal(answer);
        }),
        { ...fixedSeed, numRuns: 150 },
      );
    }
  });
});

/** So that nothing is ordered by accident: a product that does not exist beside whatever else is wrong. */
function spoiled(body: unknown): unknown {
  if (body === null || typeof body !== 'object' || !('items' in body)) return body;
  return { ...body, items: [{ productId: 'prod_none', quantity: 1 }] };
}
