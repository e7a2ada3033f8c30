import type { PlacedOrder } from '@paydesk/contract/orders';
import type { StartedPayment } from '@paydesk/contract/payments';
import type { ShortcutReply } from '@paydesk/contract/shortcuts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim, requestKey } from '../../src/app/idempotency.ts';
import { checkBooks } from '../support/books.ts';
import { startPayment } from '../support/customer.ts';
import { call, cart, databases, newKey, order, startTestShop, type TestShop } from '../support/shop.ts';
import { startProcessBeside } from '../support/shop-process.ts';
import { changeProduct, countRows, stockOf } from '../support/stored.ts';

const clock = 'prod_table-clock';
type Answer = PlacedOrder & { error: { code: string; message: string } };

describe.each(databases)('an Idempotency-Key on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { jobs: 'manual', webhooks: false });
  });
  afterAll(async () => {
    await checkBooks(shop);
    await shop.stop();
  });

  const place = (key: string, body: unknown = cart(), at: { url: string } = shop) =>
    call<Answer>(at, 'POST', '/api/orders', { body, key });
  const ordersMade = async (work: () => Promise<unknown>) => {
    const before = await countRows(shop);
    await work();
    return (await countRows(shop)).orders! - before.orders!;
  };

  it('gives the same order and the same token for the same request', async () => {
    const key = newKey();
    const made = await ordersMade(async () => {
      const first = await place(key);
      const again = await place(key);
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(again.body).toEqual(first.body);
      const seen = await call(shop, 'GET', `/api/orders/${first.body.order.id}`, {
        token: again.body.accessToken,
      });
      expect(seen.status).toBe(200);
    });
    expect(made).toBe(1);
  });

  it('does not mind in which order the members of the body come', async () => {
    const key = newKey();
    const body = cart();
    const turned = Object.fromEntries(Object.entries(body).reverse());
    const [first, again] = [await place(key, body), await place(key, JSON.stringify(turned, null, 2))];
    expect(again.body).toEqual(first.body);
  });

  it('is the same key in quotes and without', async () => {
    const key = newKey();
    const [bare, quoted] = [await place(key), await place(`"${key}"`)];
    expect(quoted.body).toEqual(bare.body);
  });

  it.each([
    ['another quantity', cart([{ productId: 'prod_stoneware-mug', quantity: 2 }])],
    ['another product', cart([{ productId: 'prod_teapot', quantity: 1 }])],
    [
      'another person',
      cart(undefined, { contact: { email: 'eve@example.com', firstName: 'E', lastName: 'V' } }),
    ],
    ['a code more', cart(undefined, { discountCode: 'WELCOME10' })],
  ])('is refused for %s', async (_, body) => {
    const key = newKey();
    const first = await place(key);
    const made = await ordersMade(async () => {
      const other = await place(key, body);
      expect([other.status, other.body.error.code]).toEqual([422, 'idempotency_key_reused']);
      expect(JSON.stringify(other.body)).not.toContain(first.body.order.id);
    });
    expect(made).toBe(0);
  });

  it('sent thirty times at once makes one order and holds its stock once', async () => {
    const key = newKey();
    const before = await stockOf(shop, 'prod_stoneware-mug');
    const made = await ordersMade(async () => {
      const replies = await Promise.all(Array.from({ length: 30 }, () => place(key)));
      expect(replies.map(({ status }) => status)).toEqual(Array(30).fill(201));
      expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    });
    expect(made).toBe(1);
    expect((await stockOf(shop, 'prod_stoneware-mug')).reserved).toBe(before.reserved + 1);
  });

  it('sent with thirty different bodies at once makes one order and refuses the others', async () => {
    const key = newKey();
    const made = await ordersMade(async () => {
      const replies = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          place(key, cart([{ productId: 'prod_olive-soap', quantity: index + 1 }])),
        ),
      );
      const statuses = replies.map(({ status }) => status).toSorted();
      expect(statuses).toEqual([201, ...Array(29).fill(422)]);
    });
    expect(made).toBe(1);
  });

  it('of a request that was refused may be used again when the reason is gone', async () => {
    const key = newKey();
    const body = cart([{ productId: clock, quantity: 2 }]);
    expect((await place(key, body)).body.error.code).toBe('out_of_stock');
    await changeProduct(shop, clock, { on_hand: 2 });
    expect((await place(key, body)).status).toBe(201);
  });

  it('still gives the same answer after the order expired and the product is gone', async () => {
    const key = newKey();
    await changeProduct(shop, 'prod_desk-tray', { on_hand: 1 });
    const body = cart([{ productId: 'prod_desk-tray', quantity: 1 }]);
    const first = await place(key, body);
    await changeProduct(shop, 'prod_desk-tray', { price: 1, active: 0 });
    shop.advance(3_600_001);
    while ((await shop.runJobs()) > 0);
    expect((await place(key, body)).body).toEqual(first.body);
  });

  it('is remembered by a process that starts later, and by two that race', async () => {
    const [early, raced] = [newKey(), newKey()];
    const first = await place(early);
    const other = await startProcessBeside(shop);
    try {
      expect((await place(early, cart(), other)).body).toEqual(first.body);
      const made = await ordersMade(async () => {
        const replies = await Promise.all(
          Array.from({ length: 20 }, (_, index) => place(raced, cart(), index % 2 === 0 ? shop : other)),
        );
        expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(201));
        expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      });
      expect(made).toBe(1);
    } finally {
      await other.stop();
    }
  });

  it.each([
    ['too short', 'k'.repeat(19)],
    ['too long', 'k'.repeat(201)],
    ['ten thousand characters', 'k'.repeat(10_000)],
    ['with a space in it', `${'k'.repeat(20)} ${'k'.repeat(20)}`],
    ['of an accent', `${'k'.repeat(20)}é`],
    ['empty', ''],
    ['only quotes', '""'],
    ['with a tab', `${'k'.repeat(20)}\t${'k'.repeat(20)}`],
  ])('that is %s is refused', async (_, key) => {
    const made = await ordersMade(async () => {
      const reply = await place(key);
      expect([reply.status, reply.body.error.code]).toEqual([400, 'invalid_idempotency_key']);
      expect(reply.body.error.message).toBe('An Idempotency-Key has 20 to 200 printable characters.');
    });
    expect(made).toBe(0);
  });

  it('of one customer says nothing to another who guesses it, because the body must be the same', async () => {
    const key = newKey();
    await place(key);
    const guess = await place(key, cart(undefined, { discountCode: 'FIVEOFF' }));
    expect(Object.keys(guess.body)).toEqual(['error']);
  });

  describe('on the way to pay', () => {
    it('gives the same payment and the same secret for the same request', async () => {
      const placed = await order(shop);
      const key = newKey();
      const [first, again] = [
        await startPayment(shop, placed, 'elements', key),
        await startPayment(shop, placed, 'elements', key),
      ];
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(again.body).toEqual(first.body);
      expect(first.body.clientSecret).toMatch(/^pi_\w+_secret_/);
    });

    it('is refused for another flow', async () => {
      const placed = await order(shop);
      const key = newKey();
      await startPayment(shop, placed, 'elements', key);
      const other = await startPayment(shop, placed, 'hosted', key);
      expect([other.status, other.body.error?.code]).toEqual([422, 'idempotency_key_reused']);
    });

    it('belongs to one order: another order may use the same', async () => {
      const key = newKey();
      const [one, other] = [await order(shop), await order(shop)];
      const replies = [
        await startPayment(shop, one, 'elements', key),
        await startPayment(shop, other, 'elements', key),
      ];
      expect(replies.map(({ status }) => status)).toEqual([201, 201]);
      expect(replies[0]?.body.payment.id).not.toBe(replies[1]?.body.payment.id);
    });

    it('is in use while the first request runs, and free again when that request died', async () => {
      const placed = await order(shop);
      const key = newKey();
      const body = { method: 'stripe', flow: 'elements' };
      const running = requestKey(`pay:${placed.order.id}`, key, body)!;
      await shop.app.database.transaction((tx) => claim(tx, running, shop.app.clock.now()));
      // Twice, and another body between: being refused must not end the claim of the one who is at work.
      const refused = await startPayment(shop, placed, 'elements', key);
      expect([refused.status, refused.body.error?.code]).toEqual([409, 'idempotency_key_in_use']);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect((await startPayment(shop, placed, 'hosted', key)).status).toBe(422);
      expect((await startPayment(shop, placed, 'elements', key)).status).toBe(409);
      shop.advance(31_000);
      expect((await startPayment(shop, placed, 'elements', key)).status).toBe(201);
    });

    it('gives the same order, token and secret when both steps are one call', async () => {
      for (const [path, member] of [
        ['/api/create-payment-intent', 'clientSecret'],
        ['/api/payment-intent', 'clientSecret'],
        ['/api/stripe-checkout', 'url'],
      ] as const) {
        const key = newKey();
        const ask = () => call<ShortcutReply>(shop, 'POST', path, { body: cart(), key });
        const [first, again] = [await ask(), await ask()];
        expect([first.status, again.status]).toEqual([201, 201]);
        expect(first.body[member]).toBeDefined();
        expect(again.body).toEqual(first.body);
      }
    });

    it('sent twenty times at once makes one attempt', async () => {
      const placed = await order(shop);
      const key = newKey();
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => startPayment(shop, placed, 'elements', key)),
      );
      const paid = replies.filter(({ status }) => status === 201);
      expect(paid.length).toBeGreaterThan(0);
      expect(new Set(paid.map(({ body }: { body: StartedPayment }) => body.payment.id)).size).toBe(1);
      const others = replies.filter(({ status }) => status !== 201);
      const codes = new Set(others.map(({ body }) => body.error?.code));
      expect([...codes].filter((code) => code !== 'idempotency_key_in_use')).toEqual([]);
      const { order: seen } = (
        await call<PlacedOrder>(shop, 'GET', `/api/orders/${placed.order.id}`, { token: placed.accessToken })
      ).body;
      expect(seen.payments).toHaveLength(1);
    });
  });
});
