import type { StockLeft, Today, Waiting } from '@paydesk/contract/admin/today';
import type { Currency } from '@paydesk/contract/money';
import { countOpenBreaks } from '../../db/comparison.ts';
import { firstPlacedAt } from '../../db/counted.ts';
import {
  countHolds,
  countInbox,
  countOutbox,
  findAvailable,
  findUnanswered,
  type Queued,
} from '../../db/today.ts';
import type { Figure } from '../../domain/figures.ts';
import { dateOf, day, hour, startOfDay, startOfHour, wallOf, whenWallShows } from '../../domain/zone.ts';
import { iso } from '../iso.ts';
import { countSales, type FiguresApp } from './count-events.ts';
import { presentElsewhere, presentFailures, presentLag, presentSums } from './present-sums.ts';
import { eachPeriod, hoursOf, type Present, presentFigures, soldIn } from './read-figures.ts';

/** Days whose sales say how long the stock will last, today among them. */
const lookBack = 14;
/** What lasts longer than this does not run out, in days. */
const soon = 14;
const mostProducts = 10;

/** How the shop does now. A part that cannot be read is null and leaves the others alone. */
export async function readToday(app: FiguresApp): Promise<Today> {
  const { currency, timezone } = app.shop;
  const present = await presentFigures(app);
  const { now } = present;
  const [sales, holds, work, breaks, disputes, stock, lag, first] = await Promise.all([
    tolerant(app, 'sales', () => salesOf(app, present)),
    tolerant(app, 'holds', () => holdsOf(app)),
    tolerant(app, 'work', () => workOf(app, now)),
    tolerant(app, 'breaks', () => breaksOf(app)),
    tolerant(app, 'disputes', () => disputesOf(app)),
    tolerant(app, 'stock', () => stockOf(app, present)),
    tolerant(app, 'lag', () => lagOf(app, present)),
    firstPlacedAt(app.database.read),
  ]);
  return {
    at: iso(now),
    date: dateOf(present.today),
    timezone,
    currency,
    isSumming: present.isSumming,
    hasOrders: first !== undefined,
    sales: sales?.shown ?? null,
    failures: sales && { today: sales.failures },
    holds,
    work,
    breaks,
    disputes,
    stock,
    lag,
  };
}

async function tolerant<T>(app: FiguresApp, part: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    // Without a database there is nothing to show at all, and whoever asked is told so.
    if (app.database.isUnavailable(error)) throw error;
    app.log.error({ err: error, part }, 'a part of the operators’ page could not be read');
    return null;
  }
}

async function salesOf(app: FiguresApp, present: Present) {
  const { currency, timezone } = app.shop;
  const { now, phase } = present;
  const hoursOfDay = (number: number) => ({
    from: startOfDay(timezone, number),
    to: startOfDay(timezone, number + 1),
  });
  const today = hoursOfDay(present.today);
  const weekAgo = hoursOfDay(present.today - 7);
  // The same time on the wall, also where the clocks were changed since.
  const sameTime = whenWallShows(timezone, wallOf(timezone, now) - 7 * day);
  const [own, then, begun] = await Promise.all([
    hoursOf(app, present, eachPeriod, today),
    hoursOf(app, present, eachPeriod, weekAgo),
    countSales(app, { from: startOfHour(sameTime, phase), to: sameTime, phase }),
  ]);
  const before = then.filter((figure) => figure.hour < startOfHour(sameTime, phase));
  const shown = {
    today: presentSums(own, currency),
    lastWeek: presentSums([...before, ...begun], currency),
    hours: byHour(app, { now, today, own, weekAgo, then }),
    elsewhere: presentElsewhere(own, currency),
  };
  return { shown, failures: presentFailures(own) };
}

type Days = {
  now: number;
  today: { from: number; to: number };
  own: readonly Figure[];
  weekAgo: { from: number; to: number };
  then: readonly Figure[];
};

/** Both days as they grew, hour by hour. */
function byHour({ shop: { currency, timezone } }: FiguresApp, { now, today, own, weekAgo, then }: Days) {
  const until = (figures: readonly Figure[], end: number) =>
    presentSums(
      figures.filter((figure) => figure.hour < end),
      currency,
    ).net;
  const hours = [];
  for (let start = today.from; start < today.to; start += hour) {
    const end = start + hour - today.from;
    hours.push({
      label: new Date(wallOf(timezone, start)).toISOString().slice(11, 16),
      net: start <= now ? until(own, today.from + end) : null,
      netLastWeek: until(then, weekAgo.from + end),
    });
  }
  return hours;
}

async function holdsOf({ database }: FiguresApp): Promise<Today['holds']> {
  const { orders, units, next } = await countHolds(database.read);
  return { orders, units, nextEndsAt: next === null ? null : iso(next) };
}

async function workOf({ database }: FiguresApp, now: number): Promise<Today['work']> {
  const [inbox, { effects, mails }] = await Promise.all([
    countInbox(database.read),
    countOutbox(database.read, now),
  ]);
  return { inbox: waiting(inbox, now), outbox: waiting(effects, now), mail: waiting(mails, now) };
}

function waiting({ count, oldest }: Queued, now: number): Waiting {
  const lateSeconds = oldest === null ? 0 : Math.max(0, Math.floor((now - oldest) / 1_000));
  return { count, oldestAt: oldest === null ? null : iso(oldest), lateSeconds };
}

async function breaksOf({ database }: FiguresApp): Promise<Today['breaks']> {
  const kinds = await countOpenBreaks(database.read);
  const count = (of: typeof kinds) => of.reduce((sum, each) => sum + each.count, 0);
  return {
    open: count(kinds),
    gaveUp: count(kinds.filter(({ kind }) => kind === 'effect_gave_up')),
    kinds: kinds.toSorted((one, other) => other.count - one.count || one.kind.localeCompare(other.kind)),
  };
}

async function disputesOf({ database }: FiguresApp): Promise<Today['disputes']> {
  const rows = await findUnanswered(database.read);
  const due = rows.flatMap((row) => row.evidence_due_at ?? []);
  const amounts = new Map<string, number>();
  for (const { amount, currency } of rows) amounts.set(currency, (amounts.get(currency) ?? 0) + amount);
  return {
    needEvidence: rows.length,
    nextDueAt: due.length === 0 ? null : iso(Math.min(...due)),
    amounts: [...amounts].map(([currency, amount]) => ({ amount, currency: currency as Currency })),
  };
}

/** What will be sold out soon at the pace of the last days, and what is sold out. */
async function stockOf(app: FiguresApp, present: Present): Promise<Today['stock']> {
  const days = { from: present.today - lookBack + 1, to: present.today + 1 };
  const [products, sums] = await Promise.all([findAvailable(app.database.read), soldIn(app, present, days)]);
  const sold = new Map<string, number>();
  for (const { key, count } of sums) sold.set(key, (sold.get(key) ?? 0) + count);
  const left = products.map((product): StockLeft => {
    const perDay = (sold.get(product.id) ?? 0) / lookBack;
    const { id: productId, slug, name, available } = product;
    const daysLeft = perDay === 0 ? null : round(available / perDay);
    return { productId, slug, name, available, soldPerWeek: round(perDay * 7), daysLeft };
  });
  const runsOut = left.filter(({ available, daysLeft }) => available <= 0 || (daysLeft ?? soon + 1) <= soon);
  const urgency = ({ available, daysLeft }: StockLeft) => (available <= 0 ? -1 : (daysLeft ?? 0));
  runsOut.sort((one, other) => urgency(one) - urgency(other) || other.soldPerWeek - one.soldPerWeek);
  return { runsOut: runsOut.slice(0, mostProducts) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

async function lagOf(app: FiguresApp, present: Present): Promise<Today['lag']> {
  const span = { from: startOfHour(present.now - day, present.phase), to: present.now + 1 };
  return { lastDay: presentLag(await hoursOf(app, present, ['lag'], span)) };
}
