/** Days and hours as the shop's clock on the wall shows them. A zone is an IANA name such as Europe/Berlin; times are epoch milliseconds. */

export const hour = 3_600_000;
export const day = 24 * hour;

// Making a formatter costs a hundred times what using it does, so each is made once.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const numeric = 'numeric';
  const parts = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric } as const;
  const options = { ...parts, second: numeric, hourCycle: 'h23', timeZone: zone } as const;
  const made = new Intl.DateTimeFormat('en-US', options);
  formatters.set(zone, made);
  return made;
}

/** How far the zone's clocks are ahead of UTC at that moment, in milliseconds. */
function offsetAt(zone: string, at: number): number {
  const second = Math.floor(at / 1_000) * 1_000;
  const of: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(second)) of[type] = Number(value);
  return Date.UTC(of.year!, of.month! - 1, of.day!, of.hour!, of.minute!, of.second!) - second;
}

/** What the wall shows, as if it were UTC: only differences and calendar fields of it mean anything. */
export function wallOf(zone: string, at: number): number {
  return at + offsetAt(zone, at);
}

/** When the wall shows this: the first time where it does so twice, and when it jumps where it never does. */
export function whenWallShows(zone: string, wall: number): number {
  const before = offsetAt(zone, wall - day);
  const first = wall - before;
  if (offsetAt(zone, first) === before) return first;
  const after = offsetAt(zone, wall + day);
  const second = wall - after;
  return offsetAt(zone, second) === after ? second : first;
}

/** The day in which that moment lies, counted from 1970. */
export function dayOf(zone: string, at: number): number {
  return Math.floor(wallOf(zone, at) / day);
}

/** When that day began. */
export function startOfDay(zone: string, dayNumber: number): number {
  return whenWallShows(zone, dayNumber * day);
}

/** 2026-11-26 */
export function dateOf(dayNumber: number): string {
  return new Date(dayNumber * day).toISOString().slice(0, 10);
}

/** The day of that date; null for one that no calendar has, such as 2026-02-30. */
export function dayOfDate(date: string): number | null {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && dateOf(at / day) === date ? at / day : null;
}

/**
 * How far after UTC's hours those of the zone begin, in milliseconds: 0 nearly everywhere, half an hour in India. Days
 * consist of such hours.
 */
export function phaseOf(zone: string, at: number): number {
  return modulo(-offsetAt(zone, at), hour);
}

/** When the hour of this phase began in which that moment lies. */
export function startOfHour(at: number, phase: number): number {
  return at - modulo(at - phase, hour);
}

function modulo(value: number, unit: number): number {
  return ((value % unit) + unit) % unit;
}
