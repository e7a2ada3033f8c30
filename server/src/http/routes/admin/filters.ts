import Type from 'typebox';
import { AppError } from '../../../app/errors.ts';
import { findNamedOrder } from '../../../app/name-order.ts';
import type { App } from '../../../app/ports.ts';
import { dayOfDate, startOfDay } from '../../../domain/zone.ts';

/** For a call that needs no words: it may come without a body, and takes none that says anything. */
export const wordless = {
  body: Type.Object({}, { additionalProperties: false }),
  preValidation: async (request: { body: unknown }): Promise<void> => {
    request.body ??= {};
  },
};

/** What forms send for a field that was left empty is nothing asked for. */
export function asked<T extends string>(value: T | undefined): Exclude<T, ''> | undefined {
  const text = value?.trim();
  return text === undefined || text === '' ? undefined : (text as Exclude<T, ''>);
}

/** The order that a filter names, by number or id. One that does not exist has nothing, and that is no mistake. */
export async function askedOrder(app: App, name: string | undefined): Promise<string | undefined> {
  const text = asked(name);
  if (text === undefined) return undefined;
  return (await knownOrder(app, text)) ?? text;
}

export async function knownOrder(app: App, name: string): Promise<string | undefined> {
  return (await findNamedOrder(app, name).catch(unlessUnknown))?.id;
}

function unlessUnknown(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}

type Stretch = { from: number | undefined; to: number | undefined };

/**
 * The stretch of time that a filter names, in epoch milliseconds, both ends included; a day is all of it, by the shop's clock.
 *
 * @throws AppError invalid_request
 */
export function askedTimes({ shop }: App, { from, to }: { from?: string; to?: string }): Stretch {
  const { timezone } = shop;
  return { from: momentOf(timezone, 'from', from)?.first, to: momentOf(timezone, 'to', to)?.last };
}

type Moment = { first: number; last: number };

function momentOf(timezone: string, name: string, value: string | undefined): Moment | undefined {
  const text = asked(value);
  if (text === undefined) return undefined;
  const day = dayOfDate(text);
  if (day !== null) return { first: startOfDay(timezone, day), last: startOfDay(timezone, day + 1) - 1 };
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new AppError('invalid_request', {
      message: `${name} must be a day such as 2026-11-26, or a time such as 2026-11-26T10:00:00Z.`,
    });
  return { first: at, last: at };
}
