import type { AdminDiscount } from '@paydesk/contract/admin/discounts';
import type { Quote } from '@paydesk/contract/quote';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBooks } from '../support/books.ts';
import { operate } from '../support/operators.ts';
import { call, cart, databases, order, startTestShop, type TestShop } from '../support/shop.ts';

describe.each(databases)('a discount code on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  const ask = <T>(path: string, body?: unknown) =>
    operate<T>(shop, body === undefined ? 'GET' : 'POST', path, body === undefined ? {} : { body });
  const codeOf = async (path: string, body: unknown) => {
    const reply = await ask(path, body);
    return `${reply.status} ${reply.body.error?.code}`;
  };
  type Answer = { discount: AdminDiscount; changes: { what: string; fields: object[] }[] };
  const make = (body: object) => ask<Answer>('/discounts', { kind: 'percent', value: 1_000, ...body });
  const problem = async (discountCode: string) => {
    const body = { items: [{ productId: 'prod_stoneware-mug', quantity: 1 }], discountCode };
    const quote = (await call<Quote>(shop, 'POST', '/api/quote', { body })).body;
    return quote.discountProblem?.code ?? quote.discount.amount;
  };

  it('works when it is made, counts its uses, changes its limits, and ends at once', async () => {
    const made = await make({ code: 'may-10', note: 'Newsletter', maxUses: 5 });
    expect(made.status).toBe(201);
    expect(made.body.discount).toMatchObject({ code: 'MAY-10', state: 'active', uses: 0, version: 1 });
    expect(await problem('may-10')).toBe(240);
    for (let use = 0; use < 2; use++) await order(shop, cart(undefined, { discountCode: 'MAY-10' }));
    const edit = (body: object) => ask<Answer>('/discounts/MAY-10', body);
    expect((await edit({ version: 1, maxUses: 1 })).body.error?.code).toBe('discount_used_more');
    expect((await edit({ version: 1, maxUses: 2 })).body.discount).toMatchObject({
      uses: 2,
      state: 'used_up',
    });
    expect((await edit({ version: 1, maxUses: 9 })).body.error?.code).toBe('discount_changed');
    expect((await edit({ version: 2, maxUses: null })).body.discount.state).toBe('active');
    expect((await edit({ version: 3, value: 1 })).status).toBe(400);
    const ended = await ask<Answer>('/discounts/MAY-10/end', { version: 3 });
    expect(ended.body.discount.state).toBe('ended');
    expect(ended.body.changes.map(({ what }) => what)).toEqual(['ended', 'changed', 'changed', 'created']);
    expect(await problem('MAY-10')).toBe('ended');
  });

  it('is refused where it makes no sense', async () => {
    const times = { startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' };
    expect(await codeOf('/discounts', { code: 'WELCOME10', kind: 'fixed', value: 5 })).toBe(
      '409 discount_code_taken',
    );
    for (const bad of [{ value: 10_001 }, times])
      expect((await make({ code: 'NOSENSE', ...bad })).body.error?.code).toBe('invalid_discount');
    for (const bad of [{ value: 0 }, { code: 'a b' }, { uses: 3 }, { endsAt: 'tomorrow' }, { maxUses: 0 }])
      expect((await make({ code: 'NOSENSE', ...bad })).body.error?.code).toBe('invalid_request');
    expect(await codeOf('/discounts/NOBODY', { version: 1 })).toBe('404 discount_not_found');
  });

  it('is listed by its state, as the rows say it', async () => {
    await make({ code: 'LATER1', startsAt: '2090-01-01T00:00:00Z' });
    await make({
      code: 'LATER2',
      startsAt: '2090-01-01T00:00:00Z',
      endsAt: '2091-01-01T00:00:00Z',
      maxUses: 1,
    });
    for (const state of ['active', 'scheduled', 'ended', 'used_up']) {
      const { body } = await ask<{ discounts: AdminDiscount[] }>(`/discounts?state=${state}`);
      expect(new Set(body.discounts.map((one) => one.state))).toEqual(
        new Set(body.discounts.length > 0 ? [state] : []),
      );
    }
    const { body } = await ask<{ discounts: AdminDiscount[] }>('/discounts?q=later&state=scheduled');
    expect(body.discounts.map(({ code }) => code)).toEqual(['LATER1', 'LATER2']);
  });
});
