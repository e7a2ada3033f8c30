import type { AdminProduct, AdminProducts, ProductPage, StockReply } from '@paydesk/contract/admin/products';
import type { Product } from '@paydesk/contract/catalogue';
import type { PlacedOrder } from '@paydesk/contract/orders';
import type { Quote } from '@paydesk/contract/quote';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quote } from '../../src/app/quote.ts';
import { openDatabase } from '../../src/db/dialect.ts';
import { checkBooks } from '../support/books.ts';
import { operate } from '../support/operators.ts';
import {
  call,
  cart,
  databases,
  newKey,
  order,
  type Reply,
  readOrder,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { stockOf } from '../support/stored.ts';

const vase = {
  name: 'Crème vase, “tall”',
  category: 'Tableware',
  price: { amount: 4_500, currency: 'usd' },
  active: true,
  onHand: 10,
};

describe.each(databases)('the catalogue on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  const ask = <T>(path: string, body?: unknown, key?: string) =>
    operate<T>(shop, body === undefined ? 'GET' : 'POST', path, {
      ...(body !== undefined && { body }),
      ...(key !== undefined && { key }),
    });
  const codeOf = async (path: string, body: unknown) => {
    const reply = await ask(path, body);
    return `${reply.status} ${reply.body.error?.code}`;
  };
  const create = async (body: object) => {
    const reply = await ask<{ product: AdminProduct }>('/products', { ...vase, ...body });
    expect(reply.status).toBe(201);
    return reply.body.product;
  };
  const read = async (id: string) => (await ask<ProductPage>(`/products/${id}`)).body;
  const change = (id: string, body: object) =>
    ask<{ product: AdminProduct }>(`/products/${id}`, body).then((reply) => reply.body.product);
  const quoted = (productId: string) =>
    call<Quote>(shop, 'POST', '/api/quote', { body: { items: [{ productId, quantity: 1 }] } });
  const buy = (productId: string, quantity = 1) =>
    call<PlacedOrder>(shop, 'POST', '/api/orders', { body: cart([{ productId, quantity }]), key: newKey() });

  it('takes a product, which is sold at once where that is wished, and found by what it says', async () => {
    const product = await create({ attribute: '30 cm', description: 'For long stems.\r\nOr one.\n' });
    expect(product).toMatchObject({
      slug: 'creme-vase-tall',
      category: { slug: 'tableware', name: 'Tableware' },
      description: 'For long stems.\nOr one.',
      stock: { onHand: 10, reserved: 0, available: 10 },
      version: 1,
      images: [],
    });
    const { body } = await call<{ product: Product }>(shop, 'GET', '/api/products/creme-vase-tall');
    expect(body.product).toMatchObject({ name: vase.name, stock: 10, price: { amount: 4_500 } });
    const found = await call<{ products: Product[] }>(shop, 'GET', '/api/products?q=long+stems');
    expect(found.body.products.map(({ id }) => id)).toEqual([product.id]);
    const hidden = await create({ name: 'Draft', active: undefined, onHand: undefined });
    expect((await call(shop, 'GET', `/api/products/${hidden.slug}`)).status).toBe(404);
  });

  it('takes nothing that an operator may not say', async () => {
    const { id } = await create({ name: 'Strict' });
    const extras = [{ reserved: 0 }, { version: 9 }, { images_json: '[]' }, { id: 'prod_x' }, { on_hand: 5 }];
    for (const extra of extras) {
      expect(await codeOf('/products', { ...vase, ...extra })).toBe('400 invalid_request');
      expect(await codeOf(`/products/${id}`, { version: 1, ...extra, version_: 1 })).toBe(
        '400 invalid_request',
      );
    }
    const wrong = [
      { slug: '../admin' },
      { slug: 'Big' },
      { slug: 'a--b' },
      { slug: '' },
      { name: ' ' },
      { name: 'a\nb' },
      { price: 4_500 },
      { price: { amount: 0, currency: 'usd' } },
      { price: { amount: 10.5, currency: 'usd' } },
      { onHand: -1 },
      { position: -1 },
      { active: 'yes' },
    ];
    for (const bad of wrong)
      expect(await codeOf('/products', { ...vase, ...bad })).toBe('400 invalid_request');
    expect(await codeOf('/products', { ...vase, price: { amount: 1, currency: 'eur' } })).toBe(
      '400 price_currency_differs',
    );
    expect(await codeOf('/products', { ...vase, name: '花瓶' })).toBe('400 slug_required');
    expect(await codeOf('/products', { ...vase, name: 'x', category: '花' })).toBe('400 category_not_usable');
  });

  it('gives an address to one product, however many ask for it at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => ask<object>('/products', { ...vase, slug: 'wanted' })),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    const codes = replies.filter(({ status }) => status === 409).map(({ body }) => body.error?.code);
    expect(new Set(codes)).toEqual(new Set(['slug_taken']));
    const other = await create({ name: 'Other address' });
    expect(await codeOf(`/products/${other.id}`, { version: 1, slug: 'wanted' })).toBe('409 slug_taken');
  });

  it('shows a change at once in every process, and orders keep what they froze', async () => {
    const { id } = await create({ name: 'Dearer soon' });
    const placed = await order(shop, cart([{ productId: id, quantity: 1 }]));
    // Another process has connections of its own, and nothing else of this one.
    const database = openDatabase(shop.databaseUrl);
    const changed = await change(id, {
      version: 1,
      name: 'Dearer now',
      price: { amount: 9_900, currency: 'usd' },
      category: 'kitchen',
    });
    expect(changed).toMatchObject({
      version: 2,
      price: { amount: 9_900 },
      category: { slug: 'kitchen', name: 'Kitchen' },
      stock: { onHand: 10, reserved: 1, available: 9 },
    });
    for (const app of [shop.app, { ...shop.app, database }]) {
      const { lines } = await quote(app, { items: [{ productId: id, quantity: 1 }] });
      expect(lines[0]).toMatchObject({ name: 'Dearer now', unitPrice: { amount: 9_900 } });
    }
    await database.close();
    const [line] = (await readOrder(shop, placed)).lines;
    expect(line).toMatchObject({ name: 'Dearer soon', unitPrice: { amount: 4_500 } });
    const { changes } = await read(id);
    expect(changes.map(({ what, by }) => `${what} by ${by}`)).toEqual([
      'changed by operator',
      'created by operator',
    ]);
    expect(changes[0]?.fields).toEqual([
      { field: 'name', from: 'Dearer soon', to: 'Dearer now' },
      { field: 'price', from: 4_500, to: 9_900 },
      { field: 'category', from: 'Tableware', to: 'Kitchen' },
    ]);
  });

  it('refuses a change that was made on an older version, and one of two at the same moment', async () => {
    const { id } = await create({ name: 'Twice edited' });
    const replies = await Promise.all(
      ['one', 'other'].map((attribute) => ask<object>(`/products/${id}`, { version: 1, attribute })),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await codeOf(`/products/${id}`, { version: 1, attribute: 'late' })).toBe('409 product_changed');
    expect(await change(id, { version: 2, name: 'Twice edited' })).toMatchObject({ version: 2 });
    expect(await codeOf('/products/prod_none', { version: 1 })).toBe('404 product_not_found');
  });

  it('archives a product instead of deleting it, and brings it back unsold', async () => {
    const { id, slug } = await create({ name: 'Old thing' });
    const archive = (version: number, archived: boolean) =>
      ask<{ product: AdminProduct }>(`/products/${id}/archive`, { version, archived });
    expect((await archive(1, true)).body.product).toMatchObject({ active: false, version: 2 });
    expect((await quoted(id)).status).toBe(404);
    expect((await call(shop, 'GET', `/api/products/${slug}`)).status).toBe(404);
    const listed = async (query: string) =>
      (await ask<AdminProducts>(`/products?q=old+thing${query}`)).body.products.map((one) => one.id);
    expect([await listed(''), await listed('&state=archived')]).toEqual([[], [id]]);
    expect(await codeOf(`/products/${id}`, { version: 2, active: true })).toBe('409 product_archived');
    expect((await archive(2, false)).body.product).toMatchObject({ active: false, archivedAt: null });
    expect(await listed('&state=hidden')).toEqual([id]);
  });

  it('lists products by keys, forth and back, and by how much there is', async () => {
    const made = Array.from({ length: 55 }, (_, index) => ({
      id: `prod_page_${String(index).padStart(3, '0')}`,
      position: 900_000 + Math.floor(index / 2),
    }));
    const { product } = await read('prod_stoneware-mug');
    await shop.app.database.transaction(async (tx) => {
      const row = await tx
        .selectFrom('products')
        .selectAll()
        .where('id', '=', product.id)
        .executeTakeFirstOrThrow();
      for (const { id, position } of made)
        await tx
          .insertInto('products')
          .values({ ...row, id, slug: id.replaceAll('_', '-'), position, search_text: 'paged', reserved: 0 })
          .execute();
    });
    const page = async (query: string) => (await ask<AdminProducts>(`/products?q=paged${query}`)).body;
    const first = await page('');
    const second = await page(`&after=${first.next}`);
    expect([...first.products, ...second.products].map(({ id }) => id)).toEqual(made.map(({ id }) => id));
    expect([first.previous, second.next, second.products.length]).toEqual([null, null, 5]);
    const back = await page(`&before=${second.previous}`);
    expect(back).toEqual({ ...first, next: expect.any(String) });
    expect((await page('&after=nonsense')).products).toEqual(first.products);
    const low = await create({ name: 'Nearly gone', onHand: 2 });
    const none = await create({ name: 'Gone', onHand: 1 });
    await buy(none.id);
    const inState = async (state: string) =>
      (await ask<AdminProducts>(`/products?q=gone&state=${state}`)).body.products.map(({ id }) => id);
    expect([await inState('low'), await inState('sold_out')]).toEqual([[low.id], [none.id]]);
  });

  describe('stock', () => {
    const move = (id: string, body: object, key?: string): Promise<Reply<StockReply & { error?: object }>> =>
      ask<StockReply>(`/products/${id}/stock`, { reason: 'Counted.', ...body }, key);

    it('is moved with a reason, or set to what was counted, and each movement is kept', async () => {
      const { id } = await create({ name: 'Counted' });
      const key = newKey();
      for (let turn = 0; turn < 2; turn++) {
        const { body } = await move(id, { change: 5, reason: 'Delivery 12' }, key);
        expect(body.product.stock.onHand).toBe(15);
        expect(body.movement).toMatchObject({ before: 10, after: 15, by: 'operator', reason: 'Delivery 12' });
      }
      expect((await move(id, { set: 3, expected: 14 })).body.error).toMatchObject({ code: 'stock_changed' });
      expect((await move(id, { set: 3, expected: 15 })).body.product.stock.onHand).toBe(3);
      expect((await move(id, { change: -4 })).body.error).toMatchObject({ code: 'stock_reserved' });
      expect((await move(id, { change: 1_000_000 })).body.error).toMatchObject({ code: 'stock_too_large' });
      for (const bad of [
        { change: 1, set: 2, expected: 3 },
        { set: 1 },
        { change: 1, reason: '' },
        { change: '1' },
      ])
        expect((await move(id, bad)).status).toBe(400);
      const { movements, product } = await read(id);
      expect(movements.map(({ before, after }) => [before, after])).toEqual([
        [15, 3],
        [10, 15],
        [0, 10],
      ]);
      expect(product.version).toBe(1);
    });

    it('is never taken from what orders hold, whoever is first of many buyers and one operator', async () => {
      const { id } = await create({ name: 'Raced for', onHand: 20 });
      const [replies, ...moves] = await Promise.all([
        Promise.all(Array.from({ length: 30 }, () => buy(id))),
        ...[-8, -8, -8, 3].map((units) => move(id, { change: units })),
      ]);
      const held = replies.filter(({ status }) => status === 201).length;
      const moved = moves.reduce(
        (sum, { body }) => sum + (body.movement ? body.movement.after - body.movement.before : 0),
        0,
      );
      const stock = await stockOf(shop, id);
      expect(stock).toEqual({ on_hand: 20 + moved, reserved: held });
      expect(held).toBeLessThanOrEqual(stock.on_hand);
      expect(replies.filter(({ status }) => ![201, 409].includes(status))).toEqual([]);
      expect(moves.filter(({ status }) => ![200, 409].includes(status))).toEqual([]);
      await checkBooks(shop);
    });
  });
});
