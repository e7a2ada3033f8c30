import type { FigurePoint, Figures, Period } from '@paydesk/contract/admin/figures';
import { type Currency, currencyDigits, formatMoney } from '@paydesk/contract/money';

/** Money of the shop's currency, in full. */
export function money(amount: number, currency: string): string {
  return formatMoney({ amount, currency });
}

/** The same on an axis, where there is room for "$1.2k". */
export function shortMoney(amount: number, currency: string): string {
  const digits = currencyDigits[currency as Currency] ?? 2;
  const text = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: currency.toUpperCase(),
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  }).format(amount / 10 ** digits);
  return text.replace('-', '−').replace('K', 'k');
}

/** "80 %", or a dash where there is nothing to divide by. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`;
}

/** How much more or less than then: "+12 %"; null where there was nothing then. */
export function change(now: number, then: number): string | null {
  if (then <= 0) return null;
  const rounded = Math.round(((now - then) / then) * 100);
  return rounded === 0 ? 'as much' : `${rounded > 0 ? '+' : '−'}${Math.abs(rounded)} %`;
}

/** `card_declined` as people say it. */
export function codeWords(code: string): string {
  if (code === 'unknown') return 'No reason given';
  const words = code.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
const wholeDate = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** A point of a chart, as short as fits under it: "14:00", "26 Nov". `label` is what the shop's wall shows. */
export function pointWords(label: string, period: Period): string {
  return period === 'hour' ? label.slice(11) : dayAndMonth.format(atUtc(label));
}

/** The same in full, for whoever points at it: "week of 26 Nov". */
export function longPointWords(label: string, period: Period): string {
  if (period === 'hour') return label.slice(11);
  return period === 'week' ? `week of ${dayAndMonth.format(atUtc(label))}` : wholeDate.format(atUtc(label));
}

/** "on Thursday 26 November", "in the week of 23 Nov", "at 14:00". */
export function whenWords({ label }: FigurePoint, period: Period): string {
  const words = { hour: 'at ', day: 'on ', week: 'in the ' };
  return words[period] + longPointWords(label, period);
}

/** 30,000 */
export function countWords(count: number): string {
  return count.toLocaleString('en-US');
}

export function dateWords(date: string): string {
  return wholeDate.format(atUtc(date));
}

export function weekdayWords(date: string): string {
  return weekday.format(atUtc(date));
}

function atUtc(label: string): Date {
  return new Date(`${label.slice(0, 10)}T00:00:00Z`);
}

/** "2 s", "5 min": a delay as people say it. */
export function delayWords(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  const seconds = milliseconds / 1_000;
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3_600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

/** What a chart of sales shows, in one sentence. `during`: "today", "in the last 30 days". */
export function salesSummary({ points, total, currency, period }: Figures, during: string): string {
  const best = largest(points, ({ net }) => net);
  const sum = `${money(total.net, currency)} ${during}`;
  if (!best || best.net <= 0) return `${sum}.`;
  return `${sum}; most ${whenWords(best, period)} with ${money(best.net, currency)}.`;
}

export function largest(
  points: readonly FigurePoint[],
  of: (point: FigurePoint) => number,
): FigurePoint | null {
  return points.reduce<FigurePoint | null>(
    (best, point) => (best && of(best) >= of(point) ? best : point),
    null,
  );
}
