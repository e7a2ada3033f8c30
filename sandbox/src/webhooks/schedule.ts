/**
 * When failed deliveries are repeated. Stripe repeats for up to three days with growing waits and does not publish
 * them; these waits are of that shape (not verified). `retry_scale` divides them.
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RETRY_WAITS_MS = [
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  12 * HOUR,
  12 * HOUR,
  12 * HOUR,
  18 * HOUR,
] as const;

/** The wait before the next attempt, in milliseconds; null when there is none. */
export function waitAfterFailure(attemptsMade: number, retryScale: number): number | null {
  const wait = RETRY_WAITS_MS[attemptsMade - 1];
  return wait === undefined ? null : wait / retryScale;
}
