import { dayOfDate } from '../domain/zone.ts';
import { AppError } from './errors.ts';

/**
 * The day of a date such as 2026-11-26, counted from 1970.
 *
 * @throws AppError invalid_request for one that no calendar has
 */
export function readDay(date: string): number {
  const day = dayOfDate(date);
  if (day === null) throw noSuchDay(date);
  return day;
}

export function noSuchDay(date: string): AppError {
  return new AppError('invalid_request', { message: `There is no day ${date}.` });
}
