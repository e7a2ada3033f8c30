import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import { call, cart, databases, newKey, type Reply, startTestShop, type TestShop } from '../support/shop.ts';
import { startProcessBeside } from '../support/shop-process.ts';
import { changeProduct, stockOf } from '../support/stored.ts';

type Item = { productId: string; quantity: number };
type Answer = Reply<PlacedOrder & { error: { code: string; details: { items: object[] } } }>;

describe.each(databases)('stock on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterEach(() => checkBooks(shop));
  afterAll(() => shop.stop());

  const buy = (items: Item[], at: { url: string } = shop): Promise<Answer> =>
    call(at, 'POST', '/api/orders', { body: cart(items), key: newKey() });
  const buyAll = (baskets: Item[][]) => Promise.all(baskets.map((items) => buy(items)));
  const setStock = (productId: string, units: number) => changeProduct(shop, productId, { on_hand: units });

  it('of ten units is held by exactly ten of two hundred buyers', async () => {
    const productId = 'prod_table-lamp';
    await setStock(productId, 10);
    const replies = await buyAll(Array.from({ length: 200 }, () => [{ productId, quantity: 1 }]));
    expect(outcomes(replies)).toEqual({ held: 10, out_of_stock: 190 });
    expect(await stockOf(shop, productId)).toEqual({ on_hand: 10, reserved: 10 });
  });

  it('is held by as many as there is enough for, when each wants three of ten', async () => {
    const productId = 'prod_desk-tray';
    await setStock(productId, 10);
    const replies = await buyAll(Array.from({ length: 30 }, () => [{ productId, quantity: 3 }]));
    expect(outcomes(replies)).toEqual({ held: 3, out_of_stock: 27 });
    expect(await stockOf(shop, productId)).toEqual({ on_hand: 10, reserved: 9 });
  });

  it('is held all or nothing by baskets that name the same products in opposite order', async () => {
    const ids = ['prod_serving-bowl', 'prod_teapot', 'prod_tumblers', 'prod_glass-carafe'];
    for (const id of ids) await setStock(id, 20);
    const basket = ids.map((productId) => ({ productId, quantity: 1 }));
    const baskets = Array.from({ length: 80 }, (_, index) => (index % 2 ? basket : basket.toReversed()));
    expect(outcomes(await buyAll(baskets))).toEqual({ held: 20, out_of_stock: 60 });
    for (const id of ids) expect(await stockOf(shop, id)).toEqual({ on_hand: 20, reserved: 20 });
  });

  it('is held by orders and given back by cancellations at the same time without losing a unit', async () => {
    const productId = 'prod_wool-throw';
    await setStock(productId, 12);
    const first = await buyAll(Array.from({ length: 12 }, () => [{ productId, quantity: 1 }]));
    const cancels = first.map(({ body }) =>
      call(shop, 'POST', `/api/orders/${body.order.id}/cancel`, { token: body.accessToken }),
    );
    const second = await buyAll(Array.from({ length: 30 }, () => [{ productId, quantity: 1 }]));
    const canceled = await Promise.all(cancels);
    expect(canceled.map(({ status }) => status)).toEqual(Array(12).fill(200));
    const { held = 0, ...others } = outcomes(second);
    expect(Object.keys(others).filter((code) => code !== 'out_of_stock')).toEqual([]);
    expect(await stockOf(shop, productId)).toEqual({ on_hand: 12, reserved: held });
  });

  it('is counted once for two lines of one product', async () => {
    const productId = 'prod_chefs-knife';
    await setStock(productId, 3);
    const two = { productId, quantity: 2 };
    const refused = await buy([two, two]);
    expect(refused.body.error).toMatchObject({
      code: 'out_of_stock',
      details: { items: [{ productId, quantity: 4, available: 3 }] },
    });
    const taken = await buy([two, { productId, quantity: 1 }]);
    expect(taken.body.order.lines).toMatchObject([{ productId, quantity: 3 }]);
    expect(await stockOf(shop, productId)).toEqual({ on_hand: 3, reserved: 3 });
  });

  it('is shared between two processes without selling a unit twice', async () => {
    const productId = 'prod_woven-basket';
    await setStock(productId, 16);
    const other = await startProcessBeside(shop);
    try {
      const replies = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          buy([{ productId, quantity: 1 }], index % 2 === 0 ? shop : other),
        ),
      );
      expect(outcomes(replies)).toEqual({ held: 16, out_of_stock: 44 });
      expect(await stockOf(shop, productId)).toEqual({ on_hand: 16, reserved: 16 });
    } finally {
      await other.stop();
    }
  });
});

/** How many orders were placed, and how many were refused with which code. */
function outcomes(replies: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of replies) {
    const outcome = status === 201 ? 'held' : body.error.code;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
