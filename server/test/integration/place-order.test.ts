import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/app/idempotency.ts';
import { checkBooks } from '../support/books.ts';
import { started } from '../support/customer.ts';
import {
  call,
  cart,
  databases,
  newKey,
  order,
  readOrder,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { changeProduct, countRows, everythingStored, runSql, stockOf } from '../support/stored.ts';

const mug = 'prod_stoneware-mug';
const teapot = 'prod_teapot';
const basket = [
  { productId: mug, quantity: 2 },
  { productId: teapot, quantity: 1 },
];

describe.each(databases)('placing an order on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  const one = async <T>(table: string, column: string, id: string): Promise<T[]> =>
    (await runSql(shop, `SELECT * FROM ${table} WHERE ${column} = '${id}'`)) as T[];

  it('stores it with its lines, its hold, its first event and its expiry', async () => {
    const before = { mug: await stockOf(shop, mug), teapot: await stockOf(shop, teapot) };
    const placedAt = shop.app.clock.now();
    const placed = await order(shop, cart(basket));
    const { id } = placed.order;

    const [row] = await one<Record<string, unknown>>('orders', 'id', id);
    expect(row).toMatchObject({
      status: 'pending',
      hold: 'held',
      version: 1,
      item_count: 3,
      currency: 'usd',
      subtotal: 11_200,
      discount: 0,
      shipping: 0,
      tax: 896,
      total: 12_096,
      received: 0,
      email: 'ada@example.com',
      discount_code: null,
    });
    expect(row?.expires_at).toBe((row?.placed_at as number) + 3_600_000);
    expect(row?.placed_at).toBeGreaterThanOrEqual(placedAt);
    expect(await one('order_lines', 'order_id', id)).toMatchObject([
      { position: 0, product_id: mug, quantity: 2, unit_price: 2400, subtotal: 4800, tax: 384, total: 5184 },
      {
        position: 1,
        product_id: teapot,
        quantity: 1,
        unit_price: 6400,
        subtotal: 6400,
        tax: 512,
        total: 6912,
      },
    ]);
    expect(await one('order_events', 'order_id', id)).toMatchObject([
      { version: 1, type: 'order.placed', status: 'pending', event_id: null, payment_id: null },
    ]);
    const effects = await one<{ kind: string }>('outbox', 'order_id', id);
    expect(effects.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toMatchObject([
      { kind: 'mail.placed', subject_id: id, not_before: (row?.placed_at as number) + 60_000 },
      { kind: 'order.close', subject_id: id, not_before: row?.expires_at, done_at: null },
    ]);
    expect(await stockOf(shop, mug)).toEqual({ ...before.mug, reserved: before.mug.reserved + 2 });
    expect(await stockOf(shop, teapot)).toEqual({ ...before.teapot, reserved: before.teapot.reserved + 1 });
  });

  it('answers with what was stored, and with the place where it is', async () => {
    const reply = await call<PlacedOrder>(shop, 'POST', '/api/orders', { body: cart(basket), key: newKey() });
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/api/orders/${reply.body.order.id}`);
    expect(reply.body.order).toMatchObject({
      status: 'pending',
      payable: true,
      cancelable: true,
      inAccount: false,
      total: { amount: 12_096, currency: 'usd' },
      taxName: 'Sales tax',
      contact: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
    });
    expect(await readOrder(shop, reply.body)).toEqual(reply.body.order);
  });

  it('keeps its prices, texts and totals whatever becomes of the product', async () => {
    const placed = await order(shop, cart(basket));
    await changeProduct(shop, mug, { price: 1, active: 0 });
    expect(await readOrder(shop, placed)).toEqual(placed.order);
    const { payment } = await started(shop, placed);
    expect(payment.amount).toEqual({ amount: 12_096, currency: 'usd' });
    await changeProduct(shop, mug, { price: 2400, active: 1 });
  });

  it('stores neither the access token nor the key it can be made from', async () => {
    const key = newKey();
    const withKey = await call<PlacedOrder>(shop, 'POST', '/api/orders', { body: cart(), key });
    const without = await call<PlacedOrder>(shop, 'POST', '/api/orders', { body: cart() });
    const stored = await everythingStored(shop);
    for (const secret of [key, withKey.body.accessToken, without.body.accessToken]) {
      expect(secret.length).toBeGreaterThanOrEqual(40);
      expect(stored).not.toContain(secret);
    }
    const [row] = await one<{ token_hash: string }>('orders', 'id', withKey.body.order.id);
    expect(row?.token_hash).toBe(sha256(withKey.body.accessToken));
  });

  it('gives every order an id, a number and a token of its own', async () => {
    const placed = await Promise.all(Array.from({ length: 20 }, () => order(shop)));
    const different = (of: (one: PlacedOrder) => string) => new Set(placed.map(of)).size;
    expect(different((one) => one.order.id)).toBe(20);
    expect(different((one) => one.order.number)).toBe(20);
    expect(different((one) => one.accessToken)).toBe(20);
    for (const { order } of placed) {
      expect(order.id).toMatch(/^ord_[0-9a-z]{24,40}$/);
      expect(order.number).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    }
  });

  it('draws another number where an order has the one that was drawn', async () => {
    const taken = (await order(shop)).order.number;
    const { ids } = shop.app;
    const drawn = [taken, 'ZZZZ-0001'];
    shop.app.ids = { ...ids, orderNumber: () => drawn.shift()! };
    try {
      expect((await order(shop)).order.number).toBe('ZZZZ-0001');
    } finally {
      shop.app.ids = ids;
    }
    expect(await one('orders', 'number', taken)).toHaveLength(1);
  });

  it.each([
    ['an unknown product', { items: [{ productId: 'prod_none', quantity: 1 }] }, 404, 'product_not_found'],
    ['more than there is', { items: [{ productId: 'prod_chefs-knife', quantity: 4 }] }, 409, 'out_of_stock'],
    [
      'a product that is sold out',
      { items: [{ productId: 'prod_lantern', quantity: 1 }] },
      409,
      'out_of_stock',
    ],
    ['an unknown code', { discountCode: 'NOPE' }, 409, 'discount_not_applicable'],
    [
      'a country that is not served',
      { shippingAddress: { line1: 'x', country: 'AQ' } },
      400,
      'country_not_served',
    ],
    ['an address without a city', { shippingAddress: { line1: 'x', country: 'US' } }, 400, 'invalid_address'],
  ])('refuses %s and stores nothing of it', async (_, change, status, code) => {
    const before = await countRows(shop);
    const reply = await call(shop, 'POST', '/api/orders', { body: cart(undefined, change), key: newKey() });
    expect([reply.status, (reply.body.error as { code: string }).code]).toEqual([status, code]);
    expect(await countRows(shop)).toEqual(before);
  });

  it('refuses a product that is not sold any more', async () => {
    await changeProduct(shop, 'prod_apron', { active: 0 });
    const body = cart([{ productId: 'prod_apron', quantity: 1 }]);
    const reply = await call(shop, 'POST', '/api/orders', { body, key: newKey() });
    expect(reply.body.error).toMatchObject({
      code: 'product_not_found',
      details: { productIds: ['prod_apron'] },
    });
    await changeProduct(shop, 'prod_apron', { active: 1 });
  });

  it('says which products are short, and how many there are', async () => {
    const body = cart([
      { productId: mug, quantity: 1 },
      { productId: 'prod_table-clock', quantity: 2 },
    ]);
    const reply = await call(shop, 'POST', '/api/orders', { body, key: newKey() });
    expect(reply.body.error).toMatchObject({
      code: 'out_of_stock',
      details: { items: [{ productId: 'prod_table-clock', quantity: 2, available: 1 }] },
    });
  });

  it('refuses a total that no card payment can carry', async () => {
    await changeProduct(shop, 'prod_notebook', { price: 99_999_900, on_hand: 100 });
    const body = cart([{ productId: 'prod_notebook', quantity: 99 }]);
    const reply = await call(shop, 'POST', '/api/orders', { body, key: newKey() });
    expect([reply.status, reply.body.error]).toMatchObject([409, { code: 'amount_too_large' }]);
    await changeProduct(shop, 'prod_notebook', { price: 1800, on_hand: 95 });
  });

  it('gives the stock back when the customer cancels, once', async () => {
    const before = await stockOf(shop, teapot);
    const placed = await order(shop, cart(basket));
    expect(await stockOf(shop, teapot)).toEqual({ ...before, reserved: before.reserved + 1 });
    const path = `/api/orders/${placed.order.id}/cancel`;
    const replies = await Promise.all(
      Array.from({ length: 5 }, () =>
        call<{ order: Order }>(shop, 'POST', path, { token: placed.accessToken }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(replies[0]?.body.order).toMatchObject({ status: 'canceled', payable: false, cancelable: false });
    expect(await stockOf(shop, teapot)).toEqual(before);
  });

  it('gives the stock back when nobody pays in time', async () => {
    const before = await stockOf(shop, teapot);
    const placed = await order(shop, cart(basket));
    await shop.runJobs();
    expect((await readOrder(shop, placed)).status).toBe('pending');
    shop.advance(3_600_001);
    while ((await shop.runJobs()) > 0);
    expect(await readOrder(shop, placed)).toMatchObject({
      status: 'expired',
      payable: false,
      expiresAt: null,
    });
    expect(await stockOf(shop, teapot)).toMatchObject({ on_hand: before.on_hand, reserved: 0 });
  });
});
