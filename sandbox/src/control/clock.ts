/** `/_sandbox/clock`: the time of everything in the sandbox, moved by hand. */
import { isMovable, type MovableClock } from '../clock.ts';
import { ApiError, invalidRequest } from '../wire/errors.ts';
import type { FormHash } from '../wire/form.ts';
import { boolean, integer, readFields, text } from '../wire/schema.ts';
import type { World } from '../world.ts';

const fields = {
  advance: text(),
  advance_ms: integer(0),
  freeze: boolean(),
  now: text(),
  resume: boolean(),
};
const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

export function showClock(world: World): object {
  const clock = movable(world);
  const { frozenAt, offset } = clock.state();
  return {
    object: 'clock',
    now: clock.now(),
    iso: new Date(clock.now()).toISOString(),
    frozen: frozenAt !== null,
    offset_ms: frozenAt === null ? offset : null,
    next_timer_at: clock.nextAt(),
  };
}

/**
 * Moves, holds or lets go. Resolves when everything that fell due on the way has happened, and when the deliveries
 * among it were answered. @throws ApiError 400, and 409 while another move is under way
 */
export async function moveClock(world: World, form: FormHash): Promise<object> {
  const clock = movable(world);
  const params = readFields(fields, form);
  if (clock.isMoving()) throw beingMoved();
  if (Object.keys(form).length === 0) {
    throw invalidRequest('Give one of advance, advance_ms, now, freeze, resume.');
  }
  if (params.freeze && params.resume) throw invalidRequest('Time cannot both stand still and go on.');
  const target = targetOf(clock.now(), params);
  if (params.freeze) clock.freeze();
  if (target !== null && target < clock.now()) clock.setTo(target);
  else if (target !== null) await clock.advanceTo(target, () => world.dispatcher.settled());
  if (params.resume) clock.resume();
  world.store.storage?.setFact('clock', JSON.stringify(clock.state()));
  return showClock(world);
}

/** Milliseconds since 1970; null when time is not to be moved. */
function targetOf(
  now: number,
  params: { advance?: string; advance_ms?: number; now?: string },
): number | null {
  const given = [params.advance, params.advance_ms, params.now].filter((value) => value !== undefined);
  if (given.length > 1) throw invalidRequest('Give only one of advance, advance_ms, now.');
  if (params.advance_ms !== undefined) return now + params.advance_ms;
  if (params.advance !== undefined) return now + readDuration(params.advance);
  return params.now === undefined ? null : readMoment(params.now);
}

/** `90s`, `3d`, `1d12h`. */
export function readDuration(written: string): number {
  if (!/^(\d+(ms|[smhdw]))+$/.test(written)) {
    throw invalidRequest(
      `advance is a time such as 90s, 12h, 3d or 1d12h, not ${written}.`,
      undefined,
      'advance',
    );
  }
  let sum = 0;
  for (const [, count, unit] of written.matchAll(/(\d+)(ms|[smhdw])/g)) {
    sum += Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
  }
  return sum;
}

/** Milliseconds since 1970, or a date as ISO 8601 writes it. */
function readMoment(written: string): number {
  const moment = /^\d+$/.test(written) ? Number(written) : Date.parse(written);
  // Later moments are no dates any more.
  if (!Number.isNaN(moment) && moment <= 8.64e15) return moment;
  throw invalidRequest('now must be milliseconds since 1970 or an ISO date.', undefined, 'now');
}

function movable(world: World): MovableClock {
  if (isMovable(world.clock)) return world.clock;
  throw invalidRequest('This sandbox was started with a clock that cannot be moved.');
}

function beingMoved(): ApiError {
  return new ApiError(409, {
    type: 'invalid_request_error',
    message: 'The clock is being moved already. Wait for that call to be answered.',
  });
}
