import { performEffect } from '../app/perform-effect.ts';
import type { App } from '../app/ports.ts';
import { outbox } from '../db/outbox.ts';

/** Longer than any provider's time-out with its retry, so that a lease ends only when its worker did, in milliseconds. */
const leaseFor = 60_000;
const atOnce = 10;

/** Performs the effects that are due. */
export async function runOutbox(app: App): Promise<number> {
  const lease = { token: app.ids.next('lea'), now: app.clock.now(), milliseconds: leaseFor, limit: atOnce };
  const effects = await app.database.transaction((tx) => outbox.claim(tx, lease));
  await Promise.all(effects.map((effect) => performEffect(app, effect)));
  return effects.length;
}
