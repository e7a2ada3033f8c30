import type {
  FigurePoint,
  Figures,
  FiguresQuery,
  Period,
  SoldProduct,
} from '@paydesk/contract/admin/figures';
import type { Range } from '../../db/figures.ts';
import { findNames } from '../../db/today.ts';
import type { Sum } from '../../domain/figures.ts';
import { dateOf, dayOf, hour, startOfDay, wallOf } from '../../domain/zone.ts';
import { AppError } from '../errors.ts';
import { iso } from '../iso.ts';
import { noSuchDay, readDay } from '../read-day.ts';
import type { FiguresApp } from './count-events.ts';
import { presentElsewhere, presentFailures, presentLag, presentSums } from './present-sums.ts';
import { daysOf, eachPeriod, hoursOf, type Present, presentFigures, soldIn } from './read-figures.ts';

/** In days: how many are shown where nobody says, and how many at most. */
const lengths: Record<Period, { usual: number; longest: number }> = {
  hour: { usual: 1, longest: 14 },
  day: { usual: 30, longest: 400 },
  week: { usual: 26 * 7, longest: 160 * 7 },
};
const mostProducts = 10;

/**
 * Figures by hour, day or week of the shop, from one of its days to another.
 *
 * @throws AppError invalid_request for days that no calendar has, that are the wrong way round, or that are too many
 */
export async function listFigures(app: FiguresApp, query: FiguresQuery): Promise<Figures> {
  const { timezone, currency } = app.shop;
  const period = query.period ?? 'day';
  const days = readSpan(query, period, dayOf(timezone, app.clock.now()));
  const present = await presentFigures(app);
  const [points, sold] = await Promise.all([
    period === 'hour' ? byHour(app, present, days) : byDays(app, present, days, period === 'week' ? 7 : 1),
    soldIn(app, present, days),
  ]);
  const all = points.flatMap(({ figures }) => figures);
  return {
    currency,
    timezone,
    summedUntil: present.summedUntil === null ? null : iso(present.summedUntil),
    isSumming: present.isSumming,
    period,
    from: dateOf(days.from),
    to: dateOf(days.to - 1),
    points: points.map((point) => presentPoint(point, currency)),
    total: presentSums(all, currency),
    elsewhere: presentElsewhere(all, currency),
    failures: presentFailures(all),
    products: await bestSold(app, sold),
  };
}

/** Days of the shop, counted from 1970. */
function readSpan(query: FiguresQuery, period: Period, today: number): Range {
  const { usual, longest } = lengths[period];
  const last = Math.min(query.to === undefined ? today : readShopDay(query.to), today);
  if (query.from !== undefined && query.days !== undefined)
    throw refused('Name the first day or how many, not both.');
  const wanted = query.from === undefined ? last - (query.days ?? usual) + 1 : readShopDay(query.from);
  const from = period === 'week' ? mondayOf(wanted) : wanted;
  if (from > last) throw refused('The last day lies before the first, or the first in the future.');
  if (last - wanted >= longest)
    throw refused(
      `Figures by the ${period} are for ${longest} days at most. Choose fewer days or longer periods.`,
    );
  return { from, to: last + 1 };
}

/** Nothing was sold on Stripe before, and no calendar of a shop reaches further. */
function readShopDay(date: string): number {
  if (date < '2010-01-01' || date > '2200-01-01') throw noSuchDay(date);
  return readDay(date);
}

function refused(message: string): AppError {
  return new AppError('invalid_request', { message });
}

/** 1970 began on a Thursday. */
function mondayOf(day: number): number {
  return day - ((day + 3) % 7);
}

type Point = { start: number; label: string; figures: Sum[] };

function presentPoint({ start, label, figures }: Point, currency: string): FigurePoint {
  return { start: iso(start), label, ...presentSums(figures, currency), lag: presentLag(figures) };
}

async function byHour(app: FiguresApp, present: Present, days: Range): Promise<Point[]> {
  const { timezone } = app.shop;
  const range = { from: startOfDay(timezone, days.from), to: startOfDay(timezone, days.to) };
  const figures = groupBy(await hoursOf(app, present, eachPeriod, range), (one) => one.hour);
  const points: Point[] = [];
  for (let start = range.from; start < range.to && start <= present.now; start += hour) {
    const label = new Date(wallOf(timezone, start)).toISOString().slice(0, 16).replace('T', ' ');
    points.push({ start, label, figures: figures.get(start) ?? [] });
  }
  return points;
}

async function byDays(app: FiguresApp, present: Present, days: Range, length: 1 | 7): Promise<Point[]> {
  const found = await daysOf(app, present, eachPeriod, days);
  const figures = groupBy(found, ({ day }) => (length === 7 ? mondayOf(day) : day));
  const points: Point[] = [];
  for (let day = days.from; day < days.to; day += length)
    points.push({
      start: startOfDay(app.shop.timezone, day),
      label: dateOf(day),
      figures: figures.get(day) ?? [],
    });
  return points;
}

/** What brought most in the shop's currency. */
async function bestSold(app: FiguresApp, sums: readonly Sum[]): Promise<SoldProduct[]> {
  const sold = new Map<string, { units: number; amount: number }>();
  for (const { key, currency, count, amount } of sums) {
    if (currency !== app.shop.currency) continue;
    const sum = sold.get(key) ?? { units: 0, amount: 0 };
    sold.set(key, { units: sum.units + count, amount: sum.amount + amount });
  }
  const best = [...sold]
    .map(([productId, sum]) => ({ productId, ...sum }))
    .toSorted((one, other) => other.amount - one.amount || one.productId.localeCompare(other.productId))
    .slice(0, mostProducts);
  const names = await findNames(
    app.database.read,
    best.map(({ productId }) => productId),
  );
  return best.map((product) => ({ ...product, name: names.get(product.productId) ?? product.productId }));
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
