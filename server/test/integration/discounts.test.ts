import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import { call, cart, databases, newKey, order, startTestShop, type TestShop } from '../support/shop.ts';
import { addDiscount, discountUses, type NewDiscount } from '../support/stored.ts';

const day = 24 * 3_600_000;
type Refusal = { error: { code: string; message: string; details: { problem: string } } };

describe.each(databases)('a discount code on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  /** An order for two mugs, $48.00, with this code. */
  const orderWith = (discountCode: string, email = 'ada@example.com', key = newKey()) => {
    const contact = { email, firstName: 'Ada', lastName: 'Lovelace' };
    const body = cart([{ productId: 'prod_stoneware-mug', quantity: 2 }], { discountCode, contact });
    return call<PlacedOrder & Refusal>(shop, 'POST', '/api/orders', { body, key });
  };
  const add = (code: string, change: Partial<NewDiscount> = {}) => addDiscount(shop, { ...change, code });

  it('takes its percentage off the lines, before tax', async () => {
    const { body } = await orderWith('WELCOME10');
    expect(body.order).toMatchObject({
      discountCode: 'WELCOME10',
      subtotal: { amount: 4800 },
      discount: { amount: 480 },
      shipping: { amount: 600 },
      tax: { amount: 346 },
      total: { amount: 5266 },
      lines: [{ subtotal: { amount: 4800 }, discount: { amount: 480 }, tax: { amount: 346 } }],
    });
  });

  it('takes its fixed amount off, however it was typed', async () => {
    for (const typed of ['FIVEOFF', ' fiveoff ', 'FiveOff']) {
      const { body } = await orderWith(typed);
      expect(body.order).toMatchObject({ discountCode: 'FIVEOFF', discount: { amount: 500 } });
    }
  });

  it('never takes off more than the goods cost', async () => {
    await add('HUGE', { kind: 'fixed', value: 1_000_000 });
    const { body } = await orderWith('HUGE');
    expect(body.order).toMatchObject({
      discount: { amount: 4800 },
      tax: { amount: 0 },
      total: { amount: 600 },
    });
  });

  it.each<[string, Partial<NewDiscount>, string, string]>([
    [
      'that needs a larger basket',
      { minimum_spend: 4_801 },
      'minimum_not_reached',
      'Add $0.01 more to use this code.',
    ],
    [
      'that is not valid yet',
      { starts_at: Date.UTC(2099, 4, 1) },
      'not_started',
      'This code starts on 1 May.',
    ],
    ['that is not valid any more', { ends_at: Date.UTC(2020, 4, 1) }, 'ended', 'This code ended on 1 May.'],
    ['that is used up', { max_uses: 0 }, 'used_up', 'This code has been used up.'],
  ])('%s is refused with the reason', async (title, change, problem, message) => {
    const code = `NO-${title.replaceAll(' ', '-')}`.toUpperCase();
    await add(code, change);
    const { status, body } = await orderWith(code);
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'discount_not_applicable', message, details: { problem } });
    expect(await discountUses(shop, code)).toBe(0);
  });

  it('is valid from its start to just before its end', async () => {
    const now = shop.app.clock.now();
    await add('NOW', { starts_at: now - day, ends_at: now + day });
    expect((await orderWith('NOW')).status).toBe(201);
    shop.advance(day + 60_000);
    expect((await orderWith('NOW')).body.error.details).toEqual({ problem: 'ended' });
  });

  it('with five uses left is given to five of twenty who come at once', async () => {
    await add('LAST5', { max_uses: 5 });
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, buyer) => orderWith('LAST5', `buyer${buyer}@example.com`)),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(5);
    const refused = replies.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => body.error.details.problem))).toEqual(new Set(['used_up']));
    expect(await discountUses(shop, 'LAST5')).toBe(5);
  });

  it('for one use per person counts a person once, however the address is written', async () => {
    await add('ONCE', { max_uses_per_email: 1 });
    expect((await orderWith('ONCE', 'grace@example.com')).status).toBe(201);
    for (const same of ['grace@example.com', 'Grace@Example.COM', 'ｇrace@example.com']) {
      const { status, body } = await orderWith('ONCE', same);
      expect([status, body.error.details.problem]).toEqual([409, 'used_up_for_email']);
    }
    expect((await orderWith('ONCE', 'hopper@example.com')).status).toBe(201);
  });

  it('for one use per person is used once by one person who orders ten times at once', async () => {
    await add('ONCE-RACED', { max_uses_per_email: 1 });
    const replies = await Promise.all(Array.from({ length: 10 }, () => orderWith('ONCE-RACED')));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await discountUses(shop, 'ONCE-RACED')).toBe(1);
  });

  it('is used once by one request that is sent ten times', async () => {
    await add('ONE-KEY', { max_uses: 3 });
    const key = newKey();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => orderWith('ONE-KEY', 'ada@example.com', key)),
    );
    expect(new Set(replies.map(({ body }) => body.order.id)).size).toBe(1);
    expect(await discountUses(shop, 'ONE-KEY')).toBe(1);
  });

  it('comes back when its order is canceled or expires', async () => {
    await add('BACK', { max_uses: 1, max_uses_per_email: 1 });
    const first = await orderWith('BACK');
    expect((await orderWith('BACK')).status).toBe(409);
    const path = `/api/orders/${first.body.order.id}/cancel`;
    const canceled = await call<{ order: Order }>(shop, 'POST', path, { token: first.body.accessToken });
    expect(canceled.body.order.status).toBe('canceled');
    expect(await discountUses(shop, 'BACK')).toBe(0);

    expect((await orderWith('BACK')).status).toBe(201);
    shop.advance(3_600_001);
    while ((await shop.runJobs()) > 0);
    expect(await discountUses(shop, 'BACK')).toBe(0);
    expect((await orderWith('BACK')).status).toBe(201);
  });

  it('does not change the price of an order that has it, whatever becomes of the code', async () => {
    await add('GONE', { value: 2000 });
    const { body } = await orderWith('GONE');
    await shop.app.database.transaction(async (tx) => {
      await tx.updateTable('discounts').set({ value: 1 }).where('code', '=', 'GONE').execute();
    });
    const path = `/api/orders/${body.order.id}`;
    const seen = await call<{ order: Order }>(shop, 'GET', path, { token: body.accessToken });
    expect(seen.body.order.discount.amount).toBe(960);
    expect((await order(shop)).order.discount.amount).toBe(0);
  });
});
