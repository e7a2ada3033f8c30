import { day, hour, minute } from './story.ts';

/** How much of a day's trade each hour sees. */
const hours = [2, 1, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 6, 6, 5, 5, 5, 6, 7, 8, 8, 7, 5, 3];
const wholeDay = hours.reduce((sum, each) => sum + each, 0);

/** Enough for one of each that is under way just now, and never more than a busy shop has open. */
export function recentOf(orders: number): number {
  return Math.min(orders, Math.max(14, Math.min(490, Math.floor(orders / 1_000))));
}

/** When the order of that number is placed: more and more from day to day, most in the evening, the last ones just now. */
export function placedAt(
  index: number,
  { orders, days, until }: { orders: number; days: number; until: number },
): number {
  const recent = recentOf(orders);
  const old = orders - recent;
  if (index >= old) return Math.floor(until - 50 * minute + ((index - old) * 40 * minute) / recent);
  const end = until - 2 * hour;
  const start = end - days * day;
  const passed = days * ((index + 0.5) / old) ** 0.85;
  return Math.floor(start + (Math.floor(passed) + withinDay(passed % 1, start)) * day);
}

/** Where in a day that begins at `start` that share of its orders has been placed; both from 0 to 1. */
function withinDay(share: number, start: number): number {
  const first = new Date(start).getUTCHours();
  let left = share * wholeDay;
  for (let each = 0; each < 24; each += 1) {
    const weight = hours[(first + each) % 24]!;
    if (left < weight) return (each + left / weight) / 24;
    left -= weight;
  }
  return 1;
}
