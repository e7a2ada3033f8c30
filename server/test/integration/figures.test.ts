import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Figures } from '@paydesk/contract/admin/figures';
import type { Today } from '@paydesk/contract/admin/today';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetFigures, sumNextHours } from '../../src/app/figures/sum-figures.ts';
import { findBroken, invariants } from '../../src/db/invariants.ts';
import { dayOf, hour, startOfDay } from '../../src/domain/zone.ts';
import { runFigures } from '../../src/jobs/figures.ts';
import { declined, intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { deliver, eventOf } from '../support/events.ts';
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
import { runSql } from '../support/stored.ts';

const zone = 'Asia/Kolkata';
const mug = 'prod_stoneware-mug';
/** One mug to the US. */
const total = 3_192;

describe.each(databases)('the figures of the shop, on %s', (kind) => {
  let shop: TestShop;
  const today = async () => (await operate<Today>(shop, 'GET', '/today')).body;
  const figures = async (query = '') => (await operate<Figures>(shop, 'GET', `/figures${query}`)).body;
  const sumAll = async () => {
    while (await sumNextHours(shop.app));
  };
  const stored = async () => [
    await runSql(shop, 'SELECT * FROM figures ORDER BY name, hour, key'),
    await runSql(shop, 'SELECT * FROM figure_days ORDER BY name, day, key'),
  ];

  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual', env: { SHOP_TIMEZONE: zone } });
  });
  afterAll(() => shop.stop());

  /** Half past the nineteenth hour of the shop's next day, so that no test runs into another hour. */
  const waitForEvening = () => {
    const { now } = shop.app.clock;
    shop.advance(startOfDay(zone, dayOf(zone, now()) + 1) + 18.5 * hour - now());
  };

  it('are there for a shop that has sold nothing', async () => {
    expect(await today()).toMatchObject({
      hasOrders: false,
      isSumming: false,
      sales: { today: { placed: 0, net: 0 }, lastWeek: { net: 0 }, elsewhere: [] },
      failures: { today: [] },
      holds: { orders: 0, units: 0, nextEndsAt: null },
      breaks: { open: 0, gaveUp: 0 },
      lag: { lastDay: { half: null, most: null, events: 0 } },
    });
    expect((await figures()).points).toHaveLength(30);
    expect(await sumNextHours(shop.app)).toBe(false);
  });

  it('show a purchase, a decline, a refund and a hold at once', async () => {
    waitForEvening();
    const { placed } = await paidOrder(shop, { body: cart([{ productId: mug, quantity: 1 }]) });
    const { intent } = await decline(shop);
    await refund(shop, placed, { amount: 500 });
    await settleJobs(shop);
    await order(shop);
    const shown = await today();
    expect(shown).toMatchObject({ hasOrders: true, timezone: zone, currency: 'usd' });
    expect(shown.sales?.today).toEqual({
      placed: 3,
      paid: 1,
      canceled: 0,
      expired: 0,
      failed: 1,
      disputed: 0,
      receipts: 1,
      received: total,
      refunds: 1,
      refunded: 500,
      net: total - 500,
    });
    expect(shown.failures?.today).toEqual([{ code: await codeOf(shop, intent), count: 1 }]);
    expect(shown.holds).toMatchObject({ orders: 2, units: 2, nextEndsAt: expect.any(String) });
    expect(shown.lag?.lastDay.events).toBeGreaterThanOrEqual(2);
    const hours = shown.sales!.hours;
    expect(hours.map(({ net }) => net)).toEqual([
      ...Array.from({ length: 18 }, () => 0),
      total - 500,
      ...Array.from({ length: 5 }, () => null),
    ]);
    expect(hours[18]).toMatchObject({ label: '18:00', netLastWeek: 0 });
  });

  it('are the same when the hour is over and summed, once or twice', async () => {
    const before = await figures('?period=hour');
    expect(await sumNextHours(shop.app)).toBe(false);
    expect(await stored()).toEqual([[], []]);
    shop.advance(hour);
    await sumAll();
    const sums = await stored();
    expect(sums[0]!.length).toBeGreaterThan(5);
    const after = await figures('?period=hour');
    expect(after.points[18]).toEqual(before.points[18]);
    expect(after).toMatchObject({
      failures: before.failures,
      products: before.products,
      total: before.total,
    });
    expect(before.products).toEqual([{ productId: mug, name: 'Stoneware mug', units: 1, amount: 2_400 }]);
    await forgetFigures(shop.app);
    await Promise.all([sumAll(), sumAll()]);
    expect(await stored()).toEqual(sums);
    expect(await broken(shop)).toEqual([]);
  });

  it('take what belongs to an hour that was summed already, when its process’s clock was behind', async () => {
    await paidOrder(shop);
    shop.advance(hour);
    await sumAll();
    // Half an hour ago by the clock of a process that is behind, after that hour was summed.
    shop.advance(-hour);
    await paidOrder(shop);
    shop.advance(2 * hour);
    expect(await broken(shop)).toEqual(['figures agree with the books']);
    await sumAll();
    expect(await broken(shop)).toEqual([]);
    expect((await figures('?period=hour')).total).toMatchObject({ paid: 3, received: 3 * total });
  });

  it('compare with the same weekday a week before, until the same time of the day', async () => {
    shop.advance(7 * 24 * hour);
    shop.advance(startOfDay(zone, dayOf(zone, shop.app.clock.now())) + 18.75 * hour - shop.app.clock.now());
    await sumAll();
    const { sales } = await today();
    expect(sales?.today).toMatchObject({ placed: 0, net: 0 });
    // What was bought later in that evening is in the day's line, but not in the sum until now.
    expect(sales?.lastWeek).toMatchObject({ placed: 3, paid: 1, net: total - 500 });
    expect(sales?.hours[23]).toMatchObject({ net: null, netLastWeek: 3 * total - 500 });
    expect(await today()).toMatchObject({ failures: { today: [] }, lag: { lastDay: { events: 0 } } });
  });

  it('come by day and by week of the shop, which begins on a Monday', async () => {
    const days = await figures('?period=day');
    expect(days.points).toHaveLength(30);
    expect(days.points.filter(({ placed }) => placed > 0)).toMatchObject([
      { placed: 5, net: 3 * total - 500 },
    ]);
    expect(days.points.at(-1)).toMatchObject({ label: days.to });
    expect(new Date(days.points[0]!.start).toISOString()).toMatch(/T18:30:00/);
    const weeks = await figures('?period=week');
    expect(new Set(weeks.points.map(({ label }) => new Date(label).getUTCDay()))).toEqual(new Set([1]));
    expect(weeks.total).toEqual(days.total);
  });

  it('say which product runs out, and how soon', async () => {
    await shop.app.database.transaction((tx) =>
      tx.updateTable('products').set({ on_hand: 3, reserved: 0 }).where('id', '=', mug).execute(),
    );
    const { stock } = await today();
    // Three in fourteen days.
    expect(stock?.runsOut).toContainEqual(
      expect.objectContaining({ productId: mug, available: 3, soldPerWeek: 1.5, daysLeft: 14 }),
    );
  });

  it.each([
    ['?from=2026-02-30', 'There is no day 2026-02-30.'],
    ['?from=1900-01-01', 'There is no day 1900-01-01.'],
    ['?from=2026-02-03&to=2026-02-02', 'The last day lies before the first, or the first in the future.'],
    ['?period=hour&from=2026-01-01&to=2026-02-02', 'Figures by the hour are for 14 days at most.'],
    ['?from=2026-02-01&days=3', 'Name the first day or how many, not both.'],
    ['?days=0', 'shape'],
    ['?from=yesterday', 'shape'],
    ['?period=month', 'shape'],
    ['?since=2026-01-01', 'shape'],
  ])('are refused for %s', async (query, words) => {
    const { status, body } = await operate<{ error: { message: string } }>(shop, 'GET', `/figures${query}`);
    expect([status, body.error?.code]).toEqual([400, 'invalid_request']);
    expect((body.error as unknown as { message: string }).message).toContain(words);
  });

  it.each(['sales', 'outcomes', 'failures', 'products', 'lag'])('come as a file of %s', async (chart) => {
    const path = `/api/admin/figures.csv?chart=${chart}&period=day`;
    const { status, headers, body } = await call<string>(shop, 'GET', path, { token: operatorToken });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="\w+-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const lines = body.trim().split('\r\n');
    expect(new Set(lines.map((line) => line.split(',').length)).size).toBe(1);
    if (chart === 'sales') expect(body).toContain(',5,3,95.76,5.00,90.76,usd');
  });

  it('say why a payment failed that no event told of, because Stripe was asked', async () => {
    waitForEvening();
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, declined);
    await operate(shop, 'POST', `/orders/${placed.order.id}/check`);
    const code = await codeOf(shop, intentOf(payment));
    expect((await today()).failures?.today).toEqual([{ code, count: 1 }]);
  });

  it('begin again when the shop gets other days', async () => {
    const moved = { ...shop.app, shop: { ...shop.app.shop, timezone: 'America/New_York' } };
    while (await sumNextHours(moved));
    expect(await broken(shop)).toEqual([]);
    const hours = await shop.app.database.read.selectFrom('figures').select('hour').execute();
    expect(hours.every((row) => Number(row.hour) % hour === 0)).toBe(true);
    await sumAll();
    expect(await broken(shop)).toEqual([]);
  });

  it('are forgotten by an operator who wants them summed again', async () => {
    expect(await figuresCommand(shop)).toMatch(
      /^Summed until \d{4}-\d\d-\d\dT\d\d:30:00\.000Z, in the days of Asia\/Kolkata\.$/,
    );
    expect(await figuresCommand(shop, '--again')).toContain('The jobs of the shop make them anew.');
    expect(await stored()).toEqual([[], []]);
    expect(await today()).toMatchObject({ isSumming: true });
    await sumAll();
    expect(await today()).toMatchObject({ isSumming: false });
  });

  it('are summed by one job at a time, and never twice', async () => {
    await forgetFigures(shop.app);
    await Promise.all([runFigures(shop.app), runFigures(shop.app), runFigures(shop.app)]);
    expect(await broken(shop)).toEqual([]);
    expect((await stored())[0]!.length).toBeGreaterThan(5);
  });

  it('keep a page that watches informed, at most once a second', async () => {
    const answer = await fetch(`${shop.url}/api/admin/live`, {
      headers: { authorization: `Bearer ${operatorToken}` },
      signal: AbortSignal.timeout(10_000),
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => (await reader.read()).value;
    expect(await next()).toBe(': watching\n\n');
    shop.app.live.changed('ord_1');
    shop.app.live.changed('ord_2', 'ord_3');
    expect(await next()).toBe('event: changed\ndata: {}\n\n');
    // The second one waited for its second.
    expect(await next()).toBe('event: changed\ndata: {}\n\n');
    await reader.cancel();
  });
});

/** An order whose card was declined, and told so. */
async function decline(shop: TestShop): Promise<{ intent: string }> {
  const { payment } = await orderWithPayment(shop);
  const intent = intentOf(payment);
  await pay(shop, payment, declined);
  await deliver(shop, await eventOf(shop, 'payment_intent.payment_failed', intent));
  await settleJobs(shop);
  return { intent };
}

async function codeOf(shop: TestShop, intent: string): Promise<string> {
  const { data } = await eventOf(shop, 'payment_intent.payment_failed', intent);
  const error = data.object.last_payment_error;
  return error.decline_code ?? error.code;
}

/** Runs the command as an operator does. */
async function figuresCommand(shop: TestShop, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, DATABASE_URL: shop.databaseUrl, SHOP_TIMEZONE: zone };
  const { stdout } = await promisify(execFile)(process.execPath, ['server/src/figures.ts', ...args], {
    env,
    timeout: 30_000,
  });
  return stdout.trim();
}

/** The rules about figures and money that do not hold. */
async function broken(shop: TestShop): Promise<string[]> {
  const found = [];
  for (const invariant of invariants.filter(({ name }) => name.startsWith('figures')))
    if ((await findBroken(shop.app.database.read, invariant, 5)).count > 0) found.push(invariant.name);
  return found;
}
