import type { Product, ProductList } from '@paydesk/contract/catalogue';
import type { ShopConfig } from '@paydesk/contract/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categories, catalogue as seeded } from '../../../tools/seed/catalogue.ts';
import { call, cart, databases, order, startTestShop, type TestShop } from '../support/shop.ts';
import { changeProduct } from '../support/stored.ts';

describe.each(databases)('the catalogue on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(() => shop.stop());

  const list = async (query: Record<string, string> = {}) =>
    (await call<ProductList>(shop, 'GET', `/api/products?${new URLSearchParams(query)}`)).body;
  const slugs = async (query: Record<string, string>) => (await list(query)).products.map(({ slug }) => slug);

  it('shows what the shop sells, with price, stock and pictures', async () => {
    const { products, total, categories: found } = await list({ limit: '100' });
    expect(total).toBe(seeded.length);
    const mug = products.find(({ slug }) => slug === 'stoneware-mug');
    expect(mug).toMatchObject({
      id: 'prod_stoneware-mug',
      price: { amount: 2400, currency: 'usd' },
      stock: 120,
      category: { slug: 'tableware', name: 'Tableware' },
    });
    expect(mug?.images[0]?.url).toMatch(/^\/images\/products\/stoneware-mug-/);
    expect(found.map(({ slug }) => slug).toSorted()).toEqual(categories.map(({ slug }) => slug).toSorted());
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(seeded.length);
  });

  it('pages through everything once, in any order', async () => {
    for (const sort of ['featured', 'price-asc', 'price-desc', 'name']) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: ProductList = await list({ sort, limit: '7', ...(after !== null && { after }) });
        expect(page.total).toBe(seeded.length);
        seen.push(...page.products.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      expect(seen).toHaveLength(seeded.length);
      expect(new Set(seen).size).toBe(seeded.length);
    }
  });

  it('ends where there is nothing more, also far behind the end', async () => {
    expect(await list({ after: '999999' })).toMatchObject({ products: [], next: null, total: seeded.length });
  });

  it('takes a cursor it does not know for the first page', async () => {
    expect(await list({ after: 'somewhere' })).toEqual(await list());
  });

  it('sorts by price and name, what is sold out always last', async () => {
    for (const [sort, value] of [
      ['price-asc', (one: Product) => one.price.amount],
      ['price-desc', (one: Product) => -one.price.amount],
    ] as const) {
      const { products } = await list({ sort, limit: '100' });
      const inStock = products.filter(({ stock }) => stock > 0);
      expect(products.slice(0, inStock.length)).toEqual(inStock);
      expect(inStock.map(value)).toEqual(inStock.map(value).toSorted((a, b) => a - b));
    }
    const { products } = await list({ sort: 'name', limit: '100' });
    const names = products.filter(({ stock }) => stock > 0).map(({ name }) => name);
    expect(names.map(plain)).toEqual(names.map(plain).toSorted());
  });

  it('shows one category, and only what is in stock, and both', async () => {
    const light = await list({ category: 'light' });
    expect(new Set(light.products.map(({ category }) => category.slug))).toEqual(new Set(['light']));
    expect(light.products.some(({ stock }) => stock === 0)).toBe(true);
    const inStock = await list({ category: 'light', in_stock: '1' });
    expect(inStock.total).toBe(light.total - 1);
    expect(inStock.products.every(({ stock }) => stock > 0)).toBe(true);
    expect(await slugs({ category: 'no-such-category' })).toEqual([]);
  });

  it('does not show as in stock what others hold', async () => {
    expect(await slugs({ in_stock: '1', q: 'clock' })).toContain('table-clock');
    await order(shop, cart([{ productId: 'prod_table-clock', quantity: 1 }]));
    expect(await slugs({ in_stock: '1', q: 'clock' })).not.toContain('table-clock');
    expect((await list({ q: 'clock' })).products[0]?.stock).toBe(0);
  });

  it.each([
    ['mug', 'stoneware-mug'],
    ['MUG', 'stoneware-mug'],
    ['  stoneware   mug ', 'stoneware-mug'],
    ['tableware mug', 'stoneware-mug'],
    ['linen cush', 'linen-cushion'],
  ])('finds by %j what has all its words', async (q, slug) => {
    expect(await slugs({ q })).toContain(slug);
  });

  it.each([
    '%',
    '_',
    '!',
    '%%%',
    'mu_',
    'm%g',
    '!%',
    "'; DROP TABLE products; --",
    "' OR '1'='1",
    '" OR ""="',
    '\\',
    '\u0024{jndi:ldap://x}',
    '<script>alert(1)</script>',
    '😀',
    '*',
    '?',
    '[a-z]',
  ])('takes %j for text and finds nothing', async (q) => {
    expect(await list({ q })).toMatchObject({ products: [], total: 0, next: null });
    expect((await list()).total).toBe(seeded.length);
  });

  it('finds what really has a percent sign, an underscore or an exclamation mark in it', async () => {
    const text = 'half wool, 50% linen_blend wow!';
    await shop.app.database.transaction(async (tx) => {
      await tx.updateTable('products').set({ search_text: text }).where('slug', '=', 'apron').execute();
    });
    for (const q of ['50%', 'linen_', 'wow!', '50% wow!']) expect(await slugs({ q })).toEqual(['apron']);
  });

  it('shows everything for an empty search', async () => {
    for (const q of ['', '   ']) expect((await list({ q })).total).toBe(seeded.length);
  });

  it('shows one product by its address, and does not know others', async () => {
    const known = await call<{ product: Product }>(shop, 'GET', '/api/products/teapot');
    expect(known.body.product).toMatchObject({ slug: 'teapot', price: { amount: 6400 }, stock: 18 });
    const unknown = await call(shop, 'GET', '/api/products/no-such-thing');
    expect([unknown.status, unknown.body.error]).toMatchObject([404, { code: 'product_not_found' }]);
  });

  it('hides what is not sold any more', async () => {
    await changeProduct(shop, 'prod_plant-pot', { active: 0 });
    expect((await call(shop, 'GET', '/api/products/plant-pot')).status).toBe(404);
    expect(await slugs({ q: 'plant pot' })).toEqual([]);
    await changeProduct(shop, 'prod_plant-pot', { active: 1 });
  });

  it('comes with settings of the shop that anybody may know, and no others', async () => {
    const { body } = await call<ShopConfig>(shop, 'GET', '/api/config');
    expect(body).toMatchObject({
      currency: 'usd',
      flows: ['elements', 'hosted', 'transfer'],
      sandbox: true,
    });
    expect(body.publishableKey).toBe('pk_test_shop');
    expect(JSON.stringify(body)).not.toMatch(/sk_|whsec_/);
    expect(body.countries).toContainEqual({ code: 'US', name: 'United States' });
  });
});

/** Databases sort by their own rules; capitals and signs are where those differ. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z ]/g, '');
}
