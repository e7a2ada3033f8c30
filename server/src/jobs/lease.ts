import type { App } from '../app/ports.ts';
import type { Lease } from '../db/queue.ts';

/** Longer than any provider's time-out with its retry, so that a lease ends only when its worker did, in milliseconds. */
const leaseFor = 60_000;
/** Rows one worker takes in one round. */
const atOnce = 10;

/** What a job claims its rows with, anew for every round. */
export function newLease(app: App): Lease {
  return { token: app.ids.next('lea'), now: app.clock.now(), milliseconds: leaseFor, limit: atOnce };
}
