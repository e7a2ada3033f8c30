import type { Clock } from '../app/ports.ts';

/** How many calls may be made now. Holds what a few seconds without any have left. */
export type Bucket = {
  /** Takes as many as there are, at most `wanted`. */
  take(wanted: number): number;
  /** Gives none for a while, in milliseconds. */
  pause(milliseconds: number): void;
};

/** @param perSecond how many calls a second, on average, never more than `most` at once */
export function makeBucket(clock: Clock, { perSecond, most }: { perSecond: number; most: number }): Bucket {
  let left = most;
  let at = clock.now();
  let closedUntil = 0;
  return {
    take(wanted) {
      const now = clock.now();
      if (now < closedUntil) return 0;
      left = Math.min(most, left + (Math.max(0, now - at) / 1_000) * perSecond);
      at = now;
      const taken = Math.min(wanted, Math.floor(left));
      left -= taken;
      return taken;
    },
    pause(milliseconds) {
      closedUntil = clock.now() + milliseconds;
    },
  };
}
