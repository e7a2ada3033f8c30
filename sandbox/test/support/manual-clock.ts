import type { Clock } from '../../src/clock.ts';

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
}

export function manualClock(start = 1_800_000_000_000): ManualClock {
  let now = start;
  let alarms: { moment: number; task: () => void }[] = [];
  return {
    now: () => now,
    at(moment, task) {
      alarms.push({ moment, task });
    },
    // It stands still, so nothing falls due between two calls.
    catchUp() {},
    stop() {
      alarms = [];
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const due = alarms.filter((alarm) => alarm.moment <= end).sort((a, b) => a.moment - b.moment)[0];
        if (due === undefined) break;
        alarms = alarms.filter((alarm) => alarm !== due);
        now = Math.max(now, due.moment);
        due.task();
      }
      now = end;
    },
  };
}
