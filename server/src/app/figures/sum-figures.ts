import { findCountedAt, firstPlacedAt } from '../../db/counted.ts';
import type { Database } from '../../db/database.ts';
import { deleteFigures, type Range, replaceFigures, sumDay } from '../../db/figures.ts';
import type { Tx } from '../../db/schema.ts';
import { readSetting, swapSetting, writeSetting } from '../../db/settings.ts';
import type { Figure } from '../../domain/figures.ts';
import { dayOf, hour, phaseOf, startOfDay, startOfHour } from '../../domain/zone.ts';
import { countEvents, type FiguresApp } from './count-events.ts';

/** Settings, because `npm run check` reads them too: up to where hours are summed, and whose days they make. */
const untilKey = 'figures_until';
const zoneKey = 'figures_timezone';

/** An hour is over this long after its end, in milliseconds: by then all transactions that began in it have ended. */
const settling = 2 * 60_000;
/** Hours that are summed again with the one that has just ended, for events of a process whose clock is behind. */
const again = 2 * hour;
/** Events that are summed in one step, so that nobody waits: some fifty milliseconds. A step has one hour at least. */
const eventsAStep = 1_000;

/** How far the sums reach; null before the first, and where they are of the days of another zone. */
export async function summedUntil({
  database,
  timezone,
}: {
  database: Pick<Database, 'read'>;
  timezone: string;
}): Promise<number | null> {
  const [until, zone] = await Promise.all([
    readSetting(database.read, untilKey),
    readSetting(database.read, zoneKey),
  ]);
  return until === undefined || zone !== timezone ? null : Number(until);
}

/** When the last hour ended that is over. */
export function overUntil(now: number, phase: number): number {
  return startOfHour(now - settling, phase);
}

/**
 * Sums the next hours that are over, once: whoever else does the same at the same time writes the same or nothing. True
 * where there is more to do.
 */
export async function sumNextHours(app: FiguresApp): Promise<boolean> {
  const now = app.clock.now();
  const phase = phaseOf(app.shop.timezone, now);
  if (await isOfAnotherZone(app)) await beginAgain(app);
  const until = await summedUntil({ database: app.database, timezone: app.shop.timezone });
  const over = overUntil(now, phase);
  const from = until ?? (await firstHour(app, phase));
  if (from === null || from >= over) return false;
  const to = await endOfStep(app, { from, to: over }, phase);
  const figures = await countEvents(app, { from, to, phase });
  const isOurs = await app.database.transaction(async (tx) => {
    if (!(await swapSetting(tx, untilKey, until === null ? undefined : String(until), String(to))))
      return false;
    await writeSetting(tx, zoneKey, app.shop.timezone);
    await write(app, tx, { from, to }, figures);
    return true;
  });
  if (isOurs && to === over) await sumAgain(app, { from: from - again, to: from }, phase);
  return isOurs && to < over;
}

/** Has all hours summed again, by the jobs, step by step. */
export async function forgetFigures({ database }: Pick<FiguresApp, 'database'>): Promise<void> {
  await database.transaction(forget);
}

/** Sums hours anew whose events may have become more. */
async function sumAgain(app: FiguresApp, range: Range, phase: number): Promise<void> {
  const figures = await countEvents(app, { ...range, phase });
  await app.database.transaction((tx) => write(app, tx, range, figures));
}

async function write(app: FiguresApp, tx: Tx, range: Range, figures: readonly Figure[]): Promise<void> {
  const { timezone } = app.shop;
  await replaceFigures(tx, range, figures);
  for (let day = dayOf(timezone, range.from); day <= dayOf(timezone, range.to - 1); day += 1)
    await sumDay(tx, day, { from: startOfDay(timezone, day), to: startOfDay(timezone, day + 1) });
}

async function isOfAnotherZone({ database, shop }: FiguresApp): Promise<boolean> {
  const zone = await readSetting(database.read, zoneKey);
  return zone !== undefined && zone !== shop.timezone;
}

/** Another zone has other days, so what was summed is of no use to it. */
async function beginAgain({ database, shop, log }: FiguresApp): Promise<void> {
  log.warn({ timezone: shop.timezone }, 'the shop has other days than before: all figures are summed again');
  await database.transaction(forget);
}

async function forget(tx: Tx): Promise<void> {
  await deleteFigures(tx);
  await tx.deleteFrom('settings').where('key', 'in', [untilKey, zoneKey]).execute();
}

async function firstHour(app: FiguresApp, phase: number): Promise<number | null> {
  const first = await firstPlacedAt(app.database.read);
  return first === undefined ? null : startOfHour(first, phase);
}

/** Whole hours with at most so many events, but one at least. */
async function endOfStep({ database }: FiguresApp, { from, to }: Range, phase: number): Promise<number> {
  const beyond = await findCountedAt(database.read, from, eventsAStep);
  if (beyond === undefined || beyond >= to) return to;
  return Math.max(from + hour, startOfHour(beyond, phase));
}
