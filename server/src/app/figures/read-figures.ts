import { firstPlacedAt } from '../../db/counted.ts';
import { type Range, readDays, readHours, sumDays } from '../../db/figures.ts';
import { type DayFigure, type Figure, type FigureName, figureNames, type Sum } from '../../domain/figures.ts';
import { dayOf, hour, phaseOf, startOfDay, startOfHour } from '../../domain/zone.ts';
import { countEvents, type FiguresApp } from './count-events.ts';
import { overUntil, summedUntil } from './sum-figures.ts';

/** What has not been summed yet is read from the timeline, but not more than this: a shop whose sums are far behind shows what it has. */
const readAtMost = 3 * hour;

/** The figures as they are now: sums of the hours that are over, and beside them what has happened since. */
export type Present = {
  now: number;
  phase: number;
  today: number;
  /** Where the sums end, and `recent` begins. */
  until: number;
  recent: Figure[];
  /** Null where nothing was ever summed. */
  summedUntil: number | null;
  /** Hours that are over lack. */
  isSumming: boolean;
};

export async function presentFigures(app: FiguresApp): Promise<Present> {
  const now = app.clock.now();
  const { timezone } = app.shop;
  const phase = phaseOf(timezone, now);
  const summed = await summedUntil({ database: app.database, timezone });
  const until = Math.max(summed ?? 0, startOfHour(now - readAtMost, phase));
  // A moment may be the very one in which something happened.
  const recent = await countEvents(app, { from: until, to: now + 1, phase });
  const isSumming = summed === null ? await isOlder(app, until) : summed < overUntil(now, phase) - hour;
  return { now, phase, today: dayOf(timezone, now), until, recent, summedUntil: summed, isSumming };
}

/** Whether something happened before that moment. */
async function isOlder(app: FiguresApp, until: number): Promise<boolean> {
  const first = await firstPlacedAt(app.database.read);
  return first !== undefined && first < until;
}

/** All but products, which are summed over the whole of a range. */
export const eachPeriod = figureNames.filter((name) => name !== 'sold');

/** Hour by hour. */
export async function hoursOf(
  { database }: FiguresApp,
  { until, recent }: Present,
  names: readonly FigureName[],
  { from, to }: Range,
): Promise<Figure[]> {
  const summed = await readHours(database.read, names, { from, to: Math.min(to, until) });
  const since = recent.filter((figure) => figure.hour >= from && figure.hour < to);
  return [...summed, ...since.filter(({ name }) => names.includes(name))];
}

/** Day by day. */
export async function daysOf(
  app: FiguresApp,
  present: Present,
  names: readonly FigureName[],
  days: Range,
): Promise<DayFigure[]> {
  const [summed, since] = await Promise.all([
    readDays(app.database.read, names, wholeDays(app, present, days)),
    sinceThen(app, present, names, days),
  ]);
  return [...summed, ...since];
}

/** What was sold, over all of the days. */
export async function soldIn(app: FiguresApp, present: Present, days: Range): Promise<Sum[]> {
  const [summed, since] = await Promise.all([
    sumDays(app.database.read, 'sold', wholeDays(app, present, days)),
    sinceThen(app, present, ['sold'], days),
  ]);
  return [...summed, ...since];
}

/** Those before the one that is being summed: that one would have its next hour twice if it were summed just now. */
function wholeDays({ shop }: FiguresApp, { until }: Present, { from, to }: Range): Range {
  return { from, to: Math.min(to, dayOf(shop.timezone, until)) };
}

async function sinceThen(
  app: FiguresApp,
  present: Present,
  names: readonly FigureName[],
  days: Range,
): Promise<DayFigure[]> {
  const { timezone } = app.shop;
  const first = Math.max(days.from, dayOf(timezone, present.until));
  const range = { from: startOfDay(timezone, first), to: startOfDay(timezone, days.to) };
  const hours = await hoursOf(app, present, names, range);
  return hours.map(({ hour: at, ...figure }) => ({ ...figure, day: dayOf(timezone, at) }));
}
