/**
 * What is summed for each hour of the shop. Money is what was received for orders, less what went back of it; what belongs to no order
 * is in neither. `key` tells apart what one name counts: a product, a code, a delay.
 */
export const figureNames = [
  /** Orders by what happened to them; an order counts in the hour in which it did. */
  'placed',
  'paid',
  'canceled',
  'expired',
  /** Attempts that failed, by the provider's code. */
  'failed',
  'disputed',
  /** Receipts and refunds, with their amounts, by currency. */
  'received',
  'refunded',
  /** Units of a product in orders that were paid, and what they cost without tax. */
  'sold',
  /** Events of a provider by how long they took to reach us, a sample. */
  'lag',
] as const;
export type FigureName = (typeof figureNames)[number];

/** One sum; `amount` in minor units of `currency`, or zero. */
export type Sum = { name: FigureName; key: string; currency: string; count: number; amount: number };

/** That of an hour, by when it began. */
export type Figure = Sum & { hour: number };

/** That of a day of the shop, counted from 1970. */
export type DayFigure = Sum & { day: number };

/** Sums of the same thing in the same hour become one; sums that cancel out are left out. */
export function merged(figures: readonly Figure[]): Figure[] {
  const sums = new Map<string, Figure>();
  for (const figure of figures) {
    const { name, hour, key, currency } = figure;
    const id = JSON.stringify([name, hour, key, currency]);
    const sum = sums.get(id);
    if (sum) Object.assign(sum, { count: sum.count + figure.count, amount: sum.amount + figure.amount });
    else sums.set(id, { ...figure });
  }
  return [...sums.values()].filter(({ count, amount }) => count !== 0 || amount !== 0);
}

/** Upper ends of the delays that are told apart, in milliseconds; the last one takes all that took longer. */
const delays = [1_000, 2_000, 3_000, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000, 86_400_000];

/** Under which key a delay is counted. */
export function delayKey(milliseconds: number): string {
  return String(delays.find((delay) => milliseconds <= delay) ?? delays.at(-1)!);
}

/** The delay that this share of all counted ones kept, in milliseconds, rounded up to one that is told apart; null of none. */
export function delayWithin(counts: readonly { key: string; count: number }[], share: number): number | null {
  const sorted = counts.map(({ key, count }) => ({ delay: Number(key), count }));
  sorted.sort((one, other) => one.delay - other.delay);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  let reached = 0;
  for (const { delay, count } of sorted) {
    reached += count;
    if (reached >= total * share) return delay;
  }
  return null;
}
