import type { Quote } from '@paydesk/contract/quote';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, cart, databases, order, startTestShop, type TestShop } from '../support/shop.ts';
import { addDiscount, changeProduct, countRows } from '../support/stored.ts';

type Answer = Quote & { error: { code: string; message: string; details: unknown } };
const mug = { productId: 'prod_stoneware-mug', quantity: 1 };

describe.each(databases)('a quote on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(() => shop.stop());

  const quote = (body: object) => call<Answer>(shop, 'POST', '/api/quote', { body });

  it('prices the basket from the shop’s own tables', async () => {
    const { status, body } = await quote({ items: [mug], country: 'US' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      itemCount: 1,
      subtotal: { amount: 2400, currency: 'usd' },
      discount: { amount: 0 },
      discountCode: null,
      discountProblem: null,
      country: 'US',
      shipping: { amount: 600 },
      tax: { amount: 192 },
      taxName: 'Sales tax',
      total: { amount: 3192, currency: 'usd' },
      lines: [
        {
          productId: 'prod_stoneware-mug',
          slug: 'stoneware-mug',
          quantity: 1,
          unitPrice: { amount: 2400, currency: 'usd' },
          tax: { amount: 192 },
          total: { amount: 2592 },
          available: 120,
        },
      ],
    });
  });

  it('says the very price the order then has', async () => {
    const items = [
      mug,
      { productId: 'prod_olive-soap', quantity: 7 },
      { productId: 'prod_notebook', quantity: 3 },
    ];
    for (const country of ['US', 'GB', 'JP', 'BR']) {
      const { body } = await quote({ items, country, discountCode: 'WELCOME10' });
      const shippingAddress = { line1: '1 Road', city: 'Town', state: 'SP', postalCode: '12345', country };
      const address = {
        US: { state: 'IL' },
        GB: { postalCode: 'SW1A 1AA' },
        JP: { state: 'Tokyo', postalCode: '1000001' },
        BR: { postalCode: '01310100' },
      };
      const placed = await order(shop, {
        items,
        discountCode: 'WELCOME10',
        contact: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
        shippingAddress: { ...shippingAddress, ...address[country as keyof typeof address] },
      });
      const { total, tax, shipping, discount } = placed.order;
      expect({ total, tax, shipping, discount }).toEqual({
        total: body.total,
        tax: body.tax,
        shipping: body.shipping,
        discount: body.discount,
      });
    }
  });

  it('follows a price change at once', async () => {
    await changeProduct(shop, 'prod_bud-vase', { price: 4_001 });
    const { body } = await quote({ items: [{ productId: 'prod_bud-vase', quantity: 2 }] });
    expect(body.subtotal.amount).toBe(8_002);
  });

  it('leaves shipping and tax open while the country is not known', async () => {
    const { body } = await quote({ items: [mug] });
    expect(body).toMatchObject({
      country: null,
      shipping: null,
      tax: null,
      taxName: null,
      total: { amount: 2400 },
    });
  });

  it('adds up the lines of one product', async () => {
    const { body } = await quote({ items: [mug, { ...mug, quantity: 2 }] });
    expect(body.lines).toMatchObject([{ quantity: 3, subtotal: { amount: 7200 } }]);
    expect(body.itemCount).toBe(3);
  });

  it('says how many there are instead of refusing, so that a basket can be mended', async () => {
    const { status, body } = await quote({ items: [{ productId: 'prod_lantern', quantity: 5 }] });
    expect(status).toBe(200);
    expect(body.lines).toMatchObject([{ quantity: 5, available: 0 }]);
  });

  it('counts what others hold as not available', async () => {
    const item = { productId: 'prod_cast-iron-pan', quantity: 4 };
    await order(shop, cart([item]));
    const { body } = await quote({ items: [item] });
    expect(body.lines[0]?.available).toBe(11);
  });

  it('names every product it does not know', async () => {
    const items = [mug, { productId: 'prod_a', quantity: 1 }, { productId: 'prod_b', quantity: 1 }];
    const { status, body } = await quote({ items });
    expect(status).toBe(404);
    expect(body.error).toMatchObject({
      code: 'product_not_found',
      message: 'This product does not exist or is no longer sold.',
      details: { productIds: ['prod_a', 'prod_b'] },
    });
  });

  it('refuses a country where nothing is delivered', async () => {
    const { status, body } = await quote({ items: [mug], country: 'AQ' });
    expect([status, body.error]).toMatchObject([
      400,
      { code: 'country_not_served', details: { country: 'AQ' } },
    ]);
  });

  it.each([
    ['WELCOME10', null, 240],
    ['  welcome10 ', null, 240],
    ['FIVEOFF', ['minimum_not_reached', 'Add $6.00 more to use this code.'], 0],
    ['SPRING26', ['ended', 'This code ended on 21 Jun.'], 0],
    ['NOPE', ['unknown_code', 'We do not know this code. Check its spelling.'], 0],
    ["' OR 1=1 --", ['unknown_code', 'We do not know this code. Check its spelling.'], 0],
  ] as const)('tells what the code %j is worth', async (discountCode, problem, off) => {
    const { status, body } = await quote({ items: [mug], discountCode });
    expect(status).toBe(200);
    expect(body.discount.amount).toBe(off);
    expect(body.discountCode).toBe(problem ? null : 'WELCOME10');
    expect(body.discountProblem).toEqual(problem && { code: problem[0], message: problem[1] });
  });

  it('warns of a code that this person has used up, when it knows the person', async () => {
    const email = 'twice@example.com';
    await addDiscount(shop, { code: 'EACH1', max_uses_per_email: 1 });
    const contact = { email, firstName: 'Ada', lastName: 'Lovelace' };
    await order(shop, cart(undefined, { discountCode: 'EACH1', contact }));
    const body = { items: [mug], discountCode: 'EACH1' };
    expect((await quote({ ...body, email: 'TWICE@example.com' })).body.discountProblem).toEqual({
      code: 'used_up_for_email',
      message: 'This code was already used with this e-mail address.',
    });
    expect((await quote({ ...body, email: 'other@example.com' })).body.discountProblem).toBeNull();
    expect((await quote(body)).body.discountProblem).toBeNull();
  });

  it('stores nothing', async () => {
    const before = await countRows(shop);
    await quote({ items: [mug], country: 'US', discountCode: 'FIRST100', email: 'ada@example.com' });
    expect(await countRows(shop)).toEqual(before);
  });
});
