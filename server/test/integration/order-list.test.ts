import type { OrderList, OrderListRow } from '@paydesk/contract/admin/orders';
import type { PlacedOrder } from '@paydesk/contract/orders';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBreak } from '../../src/db/books.ts';
import { dateOf, day, dayOf, hour } from '../../src/domain/zone.ts';
import { operate, paidOrder, refund } from '../support/operators.ts';
import {
  call,
  cart,
  databases,
  operatorToken,
  order,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';

const zone = 'Asia/Kolkata';
const by = (email: string, quantity = 1) =>
  cart([{ productId: 'prod_stoneware-mug', quantity }], {
    contact: { email, firstName: 'Ada', lastName: 'Lovelace' },
  });

describe.each(databases)('the list of orders, on %s', (kind) => {
  let shop: TestShop;
  let unpaid: PlacedOrder;
  let paid: { placed: PlacedOrder; intent: string };
  let back: { placed: PlacedOrder; intent: string };
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env: { SHOP_TIMEZONE: zone } });
    // Eight in the evening in UTC, when the shop's next day has begun.
    shop.advance(day - ((shop.app.clock.now() - 20 * hour) % day));
    unpaid = await order(shop, by('first@example.com', 2));
    paid = await paidOrder(shop, { body: by('second@example.com', 3) });
    back = await paidOrder(shop, { body: by('=cmd@example.com') });
    await refund(shop, back.placed);
    await settleJobs(shop);
  });
  afterAll(() => shop.stop());

  const list = async (query: Record<string, string>): Promise<OrderList> => {
    const reply = await operate<OrderList>(shop, 'GET', `/orders?${new URLSearchParams(query)}`);
    expect(reply.status).toBe(200);
    return reply.body;
  };
  const ids = async (query: Record<string, string>) => (await list(query)).orders.map(({ id }) => id);
  const idOf = ({ order: { id } }: PlacedOrder) => id;

  it('is newest first, and says of each order what matters', async () => {
    const { orders, newer, older, understood } = await list({});
    expect(orders.map(({ id }) => id)).toEqual([back.placed, paid.placed, unpaid].map(idOf));
    expect([newer, older, understood]).toEqual([null, null, null]);
    expect(orders[1]).toEqual({
      id: idOf(paid.placed),
      number: paid.placed.order.number,
      placedAt: paid.placed.order.placedAt,
      customer: 'Ada Lovelace',
      email: 'second@example.com',
      status: 'paid',
      fulfilment: 'unfulfilled',
      itemCount: 3,
      total: paid.placed.order.total,
      received: paid.placed.order.total,
      refunded: { amount: 0, currency: 'usd' },
      payment: { provider: 'stripe', flow: 'elements', status: 'succeeded' },
      hasDispute: false,
      hasBreak: false,
    } satisfies OrderListRow);
    expect(orders[2]).toMatchObject({ status: 'pending', payment: null });
  });

  it('is searched by whatever somebody has at hand', async () => {
    const { number, id } = paid.placed.order;
    const loose = `#${number.replace('-', ' ').toLowerCase()}`;
    expect(await list({ q: loose })).toMatchObject({
      orders: [{ id }],
      understood: { as: 'order_number', text: number },
    });
    expect(await list({ q: ' Second@Example.com ' })).toMatchObject({
      orders: [{ id }],
      understood: { as: 'email', text: 'second@example.com' },
    });
    expect(await list({ q: id })).toMatchObject({ orders: [{ id }], understood: { as: 'order' } });
    const secret = `${paid.intent}_secret_abc`;
    expect(await list({ q: secret })).toMatchObject({
      orders: [{ id }],
      understood: { as: 'payment', text: paid.intent },
    });
    expect(await list({ q: 'pi_nobodyhasthis' })).toMatchObject({ orders: [], understood: { as: 'id' } });
    expect(await list({ q: 'mugs in blue' })).toMatchObject({ orders: [], understood: null });
  });

  it('is searched by each name that the parts of an order have', async () => {
    const read = shop.app.database.read;
    const [payment, refunded, event] = await Promise.all([
      read
        .selectFrom('payments')
        .selectAll()
        .where('order_id', '=', idOf(back.placed))
        .executeTakeFirstOrThrow(),
      read
        .selectFrom('refunds')
        .selectAll()
        .where('order_id', '=', idOf(back.placed))
        .executeTakeFirstOrThrow(),
      read
        .selectFrom('inbox')
        .selectAll()
        .where('order_id', '=', idOf(back.placed))
        .executeTakeFirstOrThrow(),
    ]);
    const names: [string | null, string][] = [
      [payment.id, 'payment'],
      [payment.charge_ref, 'charge'],
      [refunded.id, 'refund'],
      [refunded.refund_ref, 'refund'],
      [event.event_id, 'event'],
    ];
    for (const [name, as] of names)
      expect(await list({ q: name! }), as).toMatchObject({
        orders: [{ id: idOf(back.placed) }],
        understood: { as },
      });
  });

  it('is narrowed by status, view, day, amount and address, and by all of them together', async () => {
    const [first, second, third] = [unpaid, paid.placed, back.placed].map(idOf);
    const today = dayOf(zone, Date.parse(unpaid.order.placedAt));
    const total = String(unpaid.order.total.amount);
    expect(await ids({ status: 'pending' })).toEqual([first]);
    expect(await ids({ status: 'refunded,pending' })).toEqual([third, first]);
    expect(await ids({ status: 'paid' })).toEqual([second]);
    expect(await ids({ view: 'unpaid' })).toEqual([first]);
    expect(await ids({ view: 'unpaid', status: 'paid' })).toEqual([]);
    expect(await ids({ view: 'needs-action' })).toEqual([second]);
    expect(await ids({ view: 'disputed' })).toEqual([]);
    expect(await ids({ from: dateOf(today), to: dateOf(today) })).toEqual([third, second, first]);
    expect(await ids({ from: dateOf(today + 1) })).toEqual([]);
    expect(await ids({ to: dateOf(today - 1) })).toEqual([]);
    expect(await ids({ to: '2020-01-01' })).toEqual([]);
    expect(await ids({ from: '2100-01-01' })).toEqual([]);
    expect(await ids({ min: total, max: total })).toEqual([first]);
    expect(await ids({ email: 'SECOND@example.com', status: 'paid', from: dateOf(today), min: '1' })).toEqual(
      [second],
    );
    expect(await ids({ email: 'second@example.com', q: 'first@example.com' })).toEqual([]);
    expect(await ids({ q: unpaid.order.number, status: 'paid' })).toEqual([]);
  });

  it('shows what needs somebody, such as a break', async () => {
    await shop.app.database.transaction((tx) =>
      openBreak(tx, {
        id: 'brk_test',
        kind: 'paid_twice',
        object_id: 'pi_x',
        order_id: idOf(unpaid),
        amount: 1,
        currency: 'usd',
        detail: 'x',
        opened_at: 1,
      }),
    );
    expect(await ids({ view: 'needs-action' })).toEqual([paid.placed, unpaid].map(idOf));
    expect((await list({ view: 'unpaid' })).orders[0]).toMatchObject({ hasBreak: true, hasDispute: false });
  });

  it('refuses what it does not understand, and begins at the newest where a place is unknown', async () => {
    const refused = [
      'status=lost',
      'view=mine',
      'from=yesterday',
      'from=2026-02-31',
      'min=-1',
      'min=1.5',
      'page=2',
    ];
    for (const query of refused) {
      const reply = await operate(shop, 'GET', `/orders?${query}`);
      expect([query, reply.status, reply.body.error?.code]).toEqual([query, 400, 'invalid_request']);
    }
    expect(await ids({ after: 'nonsense' })).toEqual(await ids({}));
  });

  it('leaves as a file that spreadsheets read and do not run', async () => {
    const reply = await call<string>(shop, 'GET', '/api/admin/orders.csv?status=refunded', {
      token: operatorToken,
    });
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(reply.headers.get('content-disposition')).toMatch(
      /^attachment; filename="orders-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const [head, row, end] = reply.body.split('\r\n');
    expect(head).toMatch(/^(\uFEFF)?order,placed at,status/);
    expect(row).toContain(`,refunded,unfulfilled,Ada Lovelace,'=cmd@example.com,US,1,USD,`);
    expect(end).toBe('');
    expect((await operate(shop, 'GET', '/orders.csv?from=2026-02-31')).status).toBe(400);
  });
});
