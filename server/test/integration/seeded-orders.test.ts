import type { OrderList, OrdersQuery } from '@paydesk/contract/admin/orders';
import { orderStatuses } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedOrders } from '../../../tools/seed/orders/seed-orders.ts';
import { listOrders } from '../../src/app/list-orders.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/dialect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { readEnv } from '../../src/env.ts';
import { checkBooks } from '../support/books.ts';
import { operate } from '../support/operators.ts';
import {
  call,
  databases,
  makeDatabase,
  operatorToken,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';

const until = Date.parse('2026-11-20T12:00:00Z');
const wanted = { orders: 400, days: 60, until, seed: 7 };

describe.each(databases)('a shop with a past, on %s', (kind) => {
  let shop: TestShop;
  let all: Awaited<ReturnType<typeof readAll>>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
    const env = readEnv({ DATABASE_URL: shop.databaseUrl });
    await seedOrders(shop.app.database, env, wanted, () => {});
    all = await readAll(shop.app.database);
  });
  afterAll(() => shop.stop());

  const readAll = async ({ read }: Database) => {
    const [orders, open, disputes] = await Promise.all([
      read.selectFrom('orders').selectAll().orderBy('placed_at', 'desc').orderBy('id', 'desc').execute(),
      read.selectFrom('breaks').selectAll().where('closed_at', 'is', null).execute(),
      read.selectFrom('disputes').selectAll().where('closed_at', 'is', null).execute(),
    ]);
    return orders.map((order) => ({
      ...order,
      broken: open.some(({ order_id }) => order_id === order.id),
      disputes: disputes.filter(({ order_id }) => order_id === order.id),
    }));
  };

  /** All pages of a list, one after the other. */
  const walk = async (query: OrdersQuery) => {
    const ids: string[] = [];
    const pages: OrderList[] = [];
    for (let after: string | null = null; ; ) {
      const search = new URLSearchParams({ ...(query as Record<string, string>), ...(after && { after }) });
      const { status, body } = await operate<OrderList>(shop, 'GET', `/orders?${search}`);
      expect(status).toBe(200);
      pages.push(body);
      ids.push(...body.orders.map(({ id }) => id));
      after = body.older;
      if (after === null) return { ids, pages };
    }
  };

  it('has orders in every state, and keeps every rule of the books', async () => {
    expect(all).toHaveLength(400);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(orderStatuses));
    await checkBooks(shop);
  });

  it('is the same one for the same number', async () => {
    const made = await makeDatabase('SQLite');
    const other = openDatabase(made.url);
    await migrate(other, until);
    await seedOrders(other, readEnv({ DATABASE_URL: made.url }), wanted, () => {});
    const again = await readAll(other);
    expect(again.map(({ id, number, total, audit_hash }) => ({ id, number, total, audit_hash }))).toEqual(
      all.map(({ id, number, total, audit_hash }) => ({ id, number, total, audit_hash })),
    );
    await expect(seedOrders(other, readEnv({ DATABASE_URL: made.url }), wanted, () => {})).rejects.toThrow(
      'There are orders in this database already.',
    );
    await other.close();
    await made.remove();
  });

  it('is not made of a shop with live keys', async () => {
    const env = readEnv({ DATABASE_URL: shop.databaseUrl });
    const live = { ...env, stripe: { ...env.stripe, live: true } };
    await expect(seedOrders(shop.app.database, live, wanted, () => {})).rejects.toThrow('live keys');
  });

  type Known = (typeof all)[number];
  const needsAction = ({ status, fulfilment, broken, disputes }: Known) =>
    status === 'review' ||
    (['paid', 'partially_refunded'].includes(status) && fulfilment === 'unfulfilled') ||
    broken ||
    disputes.some((dispute) => dispute.status.endsWith('needs_response'));
  const day = '2026-10-25';

  const lists: [string, OrdersQuery, (order: Known) => boolean][] = [
    ['all', {}, () => true],
    ['one status', { status: 'refunded' }, ({ status }) => status === 'refunded'],
    ['the most common status', { status: 'paid' }, ({ status }) => status === 'paid'],
    [
      'several statuses',
      { status: 'expired,review,partially_refunded' },
      ({ status }) => ['expired', 'review', 'partially_refunded'].includes(status),
    ],
    ['what needs action', { view: 'needs-action' }, needsAction],
    [
      'what is unpaid',
      { view: 'unpaid' },
      ({ status }) => ['pending', 'processing', 'failed', 'partially_paid'].includes(status),
    ],
    ['what is disputed', { view: 'disputed' }, ({ disputes }) => disputes.length > 0],
    ['days', { from: day, to: '2026-11-10' }, isBetween(day, '2026-11-11')],
    ['one amount', { min: 3_624, max: 3_624 }, ({ total }) => total === 3_624],
    [
      'a few amounts and statuses',
      { min: 10_000, status: 'paid,failed' },
      ({ total, status }) => total >= 10_000 && ['paid', 'failed'].includes(status),
    ],
    ['amounts', { min: 10_000, max: 20_000 }, ({ total }) => total >= 10_000 && total <= 20_000],
    [
      'all of it',
      { view: 'needs-action', status: 'paid,review', from: day, min: 5_000 },
      (order) =>
        needsAction(order) &&
        ['paid', 'review'].includes(order.status) &&
        isBetween(day, '2100-01-01')(order) &&
        order.total >= 5_000,
    ],
  ];

  it.each(lists)(
    'lists %s as looking at each order would, page by page, and exports the same',
    async (_, query, fits) => {
      const expected = all.filter(fits).map(({ id }) => id);
      expect(expected).not.toEqual([]);
      const { ids, pages } = await walk(query);
      expect(ids).toEqual(expected);
      const search = new URLSearchParams(query as Record<string, string>);
      const file = await call<string>(shop, 'GET', `/api/admin/orders.csv?${search}`, {
        token: operatorToken,
      });
      const rows = file.body.split('\r\n').slice(1, -1);
      expect(rows.map((row) => row.slice(row.lastIndexOf(',') + 1))).toEqual(expected);
      const [, second] = pages;
      if (!second) return;
      const back = new URLSearchParams({ ...(query as Record<string, string>), before: second.newer! });
      expect((await operate<OrderList>(shop, 'GET', `/orders?${back}`)).body).toEqual(pages[0]);
    },
  );

  it('stops a search that finds little for now, says where, and goes on from there', async () => {
    const dear = { min: Math.max(...all.map(({ total }) => total)) };
    const expected = all.filter(({ total }) => total === dear.min).map(({ id }) => id);
    const ids: string[] = [];
    let pages = 0;
    for (let after: string | null = ''; after !== null; pages += 1) {
      const page: OrderList = await listOrders(shop.app, { ...dear, after }, { most: 100, few: 0 });
      expect(page.searchedTo === null).toBe(page.older === null);
      ids.push(...page.orders.map(({ id }) => id));
      after = page.older;
    }
    expect(ids).toEqual(expected);
    // The first look is at 250, whatever is left of what may be looked at.
    expect(pages).toBe(2);
  });

  it('goes back page by page as it went forth', async () => {
    const { pages } = await walk({});
    for (let index = pages.length - 1; index > 1; index -= 1) {
      const { body } = await operate<OrderList>(shop, 'GET', `/orders?before=${pages[index]!.newer}`);
      expect(body.orders).toEqual(pages[index - 1]!.orders);
    }
  });

  it('lists what somebody has bought, and counts what has come since', async () => {
    const { email } = all.find(
      (order, index) => all.findIndex((each) => each.email === order.email) !== index,
    )!;
    const own = all.filter((order) => order.email === email).map(({ id }) => id);
    expect((await walk({ email })).ids).toEqual(own);
    const { pages } = await walk({});
    const count = async (query: Record<string, string>) =>
      (await operate(shop, 'GET', `/orders/new?${new URLSearchParams(query)}`)).body;
    expect(await count({ than: pages[0]!.top! })).toEqual({ count: 0, more: false });
    expect(await count({ than: pages[1]!.top! })).toEqual({ count: 50, more: false });
    expect(await count({ than: pages[2]!.top! })).toEqual({ count: 50, more: true });
    expect(await count({ than: pages[1]!.top!, status: 'review' })).toEqual({ count: 2, more: false });
  });
});

function isBetween(from: string, before: string) {
  return ({ placed_at: at }: { placed_at: number }) => at >= Date.parse(from) && at < Date.parse(before);
}
