import type { Break, Breaks } from '@paydesk/contract/admin/breaks';
import type { ErrorCode } from '@paydesk/contract/errors';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnv } from '../../src/env.ts';
import { makeServer } from '../../src/http/server.ts';
import { publicConfig } from '../../src/shop.ts';
import { checkBooks, snapshot } from '../support/books.ts';
import { started } from '../support/customer.ts';
import { disputedCards, tell } from '../support/disputes.ts';
import { deliver, eventOf, eventsAbout, retold } from '../support/events.ts';
import { card, operate, paidOrder, refund, trace } from '../support/operators.ts';
import {
  call,
  databases,
  newKey,
  operatorToken,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';

const mug = 'prod_stoneware-mug';

describe.each(databases)('operators, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
  });
  afterAll(() => shop.stop());

  /** Every call of theirs that the shop documents, with an order's id wherever one belongs. */
  const documented = async (id: string) => {
    const { body } = await call<{ paths: Record<string, object> }>(shop, 'GET', '/api/docs/json');
    return Object.entries(body.paths)
      .filter(([path]) => path.startsWith('/api/admin/'))
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => [method.toUpperCase(), path.replace(/\{\w+\}/g, id)] as const),
      );
  };

  it('alone are let in to each of their calls', async () => {
    const { placed } = await paidOrder(shop);
    const calls = await documented(placed.order.id);
    expect(calls.length).toBeGreaterThanOrEqual(5);
    const strangers = [
      {},
      { token: placed.accessToken },
      { token: `${operatorToken}x` },
      { token: operatorToken.slice(0, -1) },
      { headers: { authorization: `Basic ${operatorToken}` } },
      { headers: { authorization: operatorToken } },
      { headers: { cookie: `operator=${operatorToken}` } },
    ];
    const before = await snapshot(shop);
    for (const [method, path] of calls)
      for (const stranger of strangers) {
        const body = method === 'GET' ? {} : { body: { reason: 'because' } };
        const reply = await call<{ error: { code: string } }>(shop, method, path, { ...body, ...stranger });
        expect([path, reply.status, reply.body.error.code]).toEqual([path, 401, 'operator_required']);
      }
    expect(await snapshot(shop)).toEqual(before);
  });

  it('are nobody where no token is set', async () => {
    const env = readEnv({});
    const server = await makeServer(shop.app, {
      config: publicConfig(env, shop.app.shop),
      logger: pino({ level: 'silent' }),
      trustProxy: false,
      operatorToken: null,
      ordersPerMinute: 0,
      paymentsPerMinute: 0,
    });
    for (const authorization of [undefined, 'Bearer ', 'Bearer null', `Bearer ${operatorToken}`]) {
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await server.inject({ method: 'GET', url: '/api/admin/breaks', headers });
      expect(answer.statusCode).toBe(401);
    }
    await server.close();
  });

  it('are refused from the page of another site', async () => {
    const { placed } = await paidOrder(shop);
    const reply = await call<{ error: { code: string } }>(
      shop,
      'POST',
      `/api/admin/orders/${placed.order.id}/refunds`,
      { token: operatorToken, body: { reason: 'x' }, headers: { origin: 'https://evil.example' } },
    );
    expect([reply.status, reply.body.error.code]).toEqual([403, 'origin_not_allowed']);
  });

  it('name an order by its id or by its number, as people write it', async () => {
    const { placed } = await paidOrder(shop);
    const { id, number } = placed.order;
    for (const name of [id, number, number.toLowerCase(), number.replace('-', '')]) {
      const { status, body } = await operate<{ order: { id: string } }>(shop, 'GET', `/orders/${name}`);
      expect([status, body.order.id]).toEqual([200, id]);
    }
    for (const name of ['ord_none', '0000-0000', 'constructor']) {
      const { status, body } = await operate(shop, 'GET', `/orders/${name}`);
      expect([status, body.error?.code]).toEqual([404, 'order_not_found']);
    }
  });

  it('see everything that touched an order, and no secret', async () => {
    const { placed, intent } = await paidOrder(shop);
    await refund(shop, placed, { amount: 300 });
    for (const event of await eventsAbout(shop, intent)) await deliver(shop, event);
    await settleJobs(shop);
    const seen = await trace(shop, placed);
    expect(seen.hold).toBe('sold');
    expect(seen.payments).toMatchObject([{ paymentReference: intent, unapplied: 0 }]);
    expect(seen.refunds).toMatchObject([{ requestedBy: 'operator', appliesTo: 'order' }]);
    const keys = seen.effects.map(({ key }) => key.split(':')[0]);
    expect(keys).toEqual(
      expect.arrayContaining(['order.close', 'payment.create', 'refund.create', 'mail.paid']),
    );
    expect(seen.ledger.map(({ journal }) => journal)).toEqual(
      expect.arrayContaining(['receipt', 'refund_req', 'refund_done']),
    );
    expect(seen.ledger.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(0);
    expect(seen.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['payment_intent.succeeded', 'charge.refunded', 'refund.created']),
    );
    expect(JSON.stringify(seen)).not.toMatch(/_secret_|sk_test|whsec|token/);
  });

  it('list breaks and close them once, with what they decided', async () => {
    const { placed, event } = await mismatch();
    const list = async (state: string) =>
      (await operate<Breaks>(shop, 'GET', `/breaks?state=${state}`)).body.breaks.filter(
        ({ orderId }) => orderId === placed.order.id,
      );
    const [one] = await list('open');
    expect(one).toMatchObject({ kind: 'payment_amount_differs', closedAt: null });
    expect(await list('closed')).toEqual([]);
    const close = async (resolution: string) =>
      await operate<{ break: Break }>(shop, 'POST', `/breaks/${one!.id}/close`, { body: { resolution } });
    expect((await close('The bank explained it.')).body.break).toMatchObject({
      closedBy: 'operator',
      resolution: 'The bank explained it.',
    });
    expect((await close('Something else.')).body.break.resolution).toBe('The bank explained it.');
    expect([await list('open'), (await list('closed')).length]).toEqual([[], 1]);
    const unknown = await operate(shop, 'POST', '/breaks/brk_none/close', { body: { resolution: 'x' } });
    expect([unknown.status, unknown.body.error?.code]).toEqual([404, 'break_not_found']);
    expect((await operate(shop, 'GET', '/breaks?state=odd')).status).toBe(400);
    await deliver(shop, event);
  });

  /** Money whose amount is not the order's: only a person can say whose it is. */
  const mismatch = async () => {
    const placed = await order(shop);
    const payment = await started(shop, placed);
    const id = payment.clientSecret!.split('_secret_')[0]!;
    await tell(shop, `/v1/payment_intents/${id}/confirm`, {
      payment_method: 'pm_card_visa',
      return_url: 'http://localhost/back',
    });
    const event = await eventOf(shop, 'payment_intent.succeeded', id);
    await deliver(shop, retold(event, { amount_received: event.data.object.amount - 100 }));
    return { placed, event, paymentId: payment.payment.id, received: event.data.object.amount - 100 };
  };

  it('give money back that belongs to no order, by naming its payment, and its break closes', async () => {
    const { placed, paymentId, received } = await mismatch();
    expect((await refund(shop, placed)).body.error?.code).toBe('order_not_refundable');
    const { status, body } = await refund(shop, placed, { paymentId });
    expect([status, body.refunds[0]!.amount.amount]).toEqual([201, received]);
    expect(body.order).toMatchObject({ status: 'review', refunded: { amount: 0 } });
    expect(body.order.payments[0]).toMatchObject({ status: 'refunded', refunded: { amount: received } });
    const { breaks } = await trace(shop, placed);
    expect(breaks).toMatchObject([{ closedBy: 'shop', resolution: expect.stringMatching(/^refunded/) }]);
  });

  it('end an order under review, which gives back what came and lets its stock go', async () => {
    const { placed, received } = await mismatch();
    const { id } = placed.order;
    const cancel = async () =>
      await operate<{ order: { status: string } }>(shop, 'POST', `/orders/${id}/cancel`, {
        body: { reason: 'We could not find out whose money it is.' },
      });
    expect((await call(shop, 'POST', `/api/orders/${id}/cancel`, { token: placed.accessToken })).status).toBe(
      409,
    );
    expect((await cancel()).body.order.status).toBe('canceled');
    expect((await cancel()).status).toBe(200);
    await settleJobs(shop);
    const { refunds, timeline } = await readOrder(shop, placed);
    expect(refunds).toMatchObject([
      { status: 'succeeded', cause: 'order_canceled', amount: { amount: received } },
    ]);
    expect(timeline.find(({ type }) => type === 'order.canceled')).toMatchObject({
      actor: 'operator',
      message:
        'The shop cancelled the order: We could not find out whose money it is. What was paid goes back, and the items are no longer reserved.',
    });
    expect((await trace(shop, placed)).hold).toBe('released');
  });

  it('cancel an unpaid order without a word, but no paid one', async () => {
    const placed = await order(shop);
    const reply = await call<{ order: { status: string } }>(
      shop,
      'POST',
      `/api/admin/orders/${placed.order.number}/cancel`,
      { token: operatorToken },
    );
    expect([reply.status, reply.body.order.status]).toEqual([200, 'canceled']);
    const { placed: paid } = await paidOrder(shop);
    const refused = await operate(shop, 'POST', `/orders/${paid.order.id}/cancel`);
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'order_not_cancelable']);
  });

  const wrong: [title: string, body: object, status: number, code: ErrorCode][] = [
    ['zero', { amount: 0 }, 400, 'invalid_request'],
    ['a negative amount', { amount: -1 }, 400, 'invalid_request'],
    ['half a cent', { amount: 0.5 }, 400, 'invalid_request'],
    ['an amount in quotes', { amount: '500' }, 400, 'invalid_request'],
    ['nothing in a currency', { amount: { amount: 0, currency: 'usd' } }, 400, 'invalid_request'],
    ['too much', { amount: 10_000_000 }, 409, 'refund_too_large'],
    ['more than numbers hold', { amount: 9_007_199_254_740_992 }, 409, 'refund_too_large'],
    ['another currency', { amount: { amount: 100, currency: 'eur' } }, 400, 'refund_currency_differs'],
    ['no currency at all', { amount: { amount: 100, currency: '' } }, 400, 'refund_currency_differs'],
    ['a payment that is not its own', { paymentId: 'pay_other' }, 404, 'payment_not_found'],
    ['units that were never sold', { restock: [{ productId: mug, quantity: 2 }] }, 409, 'restock_too_many'],
    ['units of something else', { restock: [{ productId: 'prod_x', quantity: 1 }] }, 409, 'restock_too_many'],
    ['no units', { restock: [] }, 400, 'invalid_request'],
    ['no reason', { reason: undefined }, 400, 'invalid_request'],
    ['an empty reason', { reason: ' ' }, 400, 'invalid_request'],
    ['a reason of two lines', { reason: 'a\nb' }, 400, 'invalid_request'],
    ['a reason without end', { reason: 'x'.repeat(201) }, 400, 'invalid_request'],
    ['more than is asked', { status: 'succeeded' }, 400, 'invalid_request'],
  ];

  it('are told what is wrong with a refund, and nothing is changed', async () => {
    const { placed } = await paidOrder(shop);
    const before = await snapshot(shop);
    for (const [title, body, status, code] of wrong) {
      const reply = await refund(shop, placed, body);
      expect([title, reply.status, reply.body.error?.code]).toEqual([title, status, code]);
      expect(await snapshot(shop)).toEqual(before);
    }
    const short = await refund(shop, placed, { amount: 100 }, 'short');
    expect([short.status, short.body.error?.code]).toEqual([400, 'invalid_idempotency_key']);
    // A refused wish leaves its key free for a better one.
    const key = newKey();
    await refund(shop, placed, { amount: 10_000_000 }, key);
    expect((await refund(shop, placed, { amount: 100 }, key)).status).toBe(201);
  });

  it('cannot refund an order that is not paid, is refunded already, is unknown or is disputed', async () => {
    const codeOf = async (id: string, body: object = {}) => {
      const path = `/orders/${id}/refunds`;
      const reply = await operate(shop, 'POST', path, { body: { reason: 'x', ...body } });
      return `${reply.status} ${reply.body.error?.code}`;
    };
    const unpaid = await order(shop);
    expect(await codeOf(unpaid.order.id, { amount: 1 })).toBe('409 order_not_refundable');
    expect(await codeOf('ord_none')).toBe('404 order_not_found');
    const { placed: whole } = await paidOrder(shop);
    await refund(shop, whole);
    expect(await codeOf(whole.order.id)).toBe('409 order_not_refundable');
    const { placed: disputed, intent } = await paidOrder(shop, { means: card(disputedCards.fraudulent) });
    for (const event of await eventsAbout(shop, intent)) await deliver(shop, event);
    await settleJobs(shop);
    expect((await readOrder(shop, disputed)).disputes).toHaveLength(1);
    const { id: paymentId } = (await readOrder(shop, disputed)).payments[0]!;
    expect(await codeOf(disputed.order.id, { amount: 1 })).toBe('409 payment_disputed');
    expect(await codeOf(disputed.order.id, { paymentId })).toBe('409 payment_disputed');
  });

  it('leave books that are in order', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
  });
});
