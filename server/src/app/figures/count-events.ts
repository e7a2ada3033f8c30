import {
  countFailures,
  countOrders,
  countPlaced,
  findTold,
  sumProducts,
  sumReceipts,
  sumRefunds,
  type Told,
} from '../../db/counted.ts';
import type { Range } from '../../db/figures.ts';
import { delayKey, type Figure, merged } from '../../domain/figures.ts';
import type { App, SignedEvent } from '../ports.ts';

export type FiguresApp = Pick<App, 'database' | 'clock' | 'providers' | 'shop' | 'log'>;

/** Successes whose delay is looked at, an hour: enough for the slowest twentieth, and soon read. */
const sampled = 100;
/** Notifications that are read at once; past that, failures are counted without their reason. Reading one takes some hundredths of a millisecond. */
const mostTold = 2_000;
/** Under which failures are counted whose reason nobody told, or nobody has read. */
const noReason = 'unknown';
/** A code is a word; what is longer is none of ours. */
const longestCode = 60;

/** The sums of everything that happened between two moments, hour by hour, read from the timeline. */
export async function countEvents(app: FiguresApp, range: Range & { phase: number }): Promise<Figure[]> {
  if (range.from >= range.to) return [];
  const { read } = app.database;
  const sums = await Promise.all([countSales(app, range), sumProducts(read, range), readTold(app, range)]);
  return merged(sums.flat());
}

/** Of these, orders and money. */
export async function countSales(app: FiguresApp, range: Range & { phase: number }): Promise<Figure[]> {
  if (range.from >= range.to) return [];
  const { read } = app.database;
  const sums = await Promise.all([
    countPlaced(read, range),
    countOrders(read, range),
    sumReceipts(read, range),
    sumRefunds(read, range),
  ]);
  return merged(sums.flat());
}

/** Why attempts failed and how long news took, which only the notifications themselves say. */
async function readTold(app: FiguresApp, range: Range & { phase: number }): Promise<Figure[]> {
  const { read } = app.database;
  const [failures, told] = await Promise.all([
    countFailures(read, range),
    findTold(read, range, { perHour: sampled, limit: mostTold }),
  ]);
  const all = failures.map(({ hour, code, count }) => counted('failed', hour, keyOf(code), count));
  return [...all, ...told.flatMap((one) => figuresOf(app, one))];
}

function figuresOf(app: FiguresApp, told: Told): Figure[] {
  const event = readEvent(app, told);
  if (!event) return [];
  const figures: Figure[] = [];
  // An operator's booking says when the bank had the money, not when somebody told us.
  if (event.createdAt !== null && told.source !== 'operator') {
    const delay = Math.max(0, told.receivedAt - event.createdAt);
    figures.push(counted('lag', told.hour, delayKey(delay), 1));
  }
  // It was counted without a reason before; the two cancel out where there is none.
  if (told.type === 'payment.failed')
    figures.push(
      counted('failed', told.hour, keyOf(codeOf(event)), 1),
      counted('failed', told.hour, noReason, -1),
    );
  return figures;
}

/** What nobody can read any more, such as a notification of a provider that is gone, is no reason to have no figures. */
function readEvent(app: FiguresApp, { provider, payload }: Told): SignedEvent | null {
  try {
    return app.providers.get(provider)?.readStored(payload) ?? null;
  } catch {
    return null;
  }
}

function codeOf({ fact }: SignedEvent): string | null {
  return fact !== null && 'failureCode' in fact ? fact.failureCode : null;
}

function keyOf(code: string | null): string {
  return code === null ? noReason : code.slice(0, longestCode);
}

function counted(name: 'failed' | 'lag', hour: number, key: string, count: number): Figure {
  return { name, hour, key, currency: '', count, amount: 0 };
}
