import { performEffect } from '../app/perform-effect.ts';
import type { App } from '../app/ports.ts';
import { outbox } from '../db/outbox.ts';
import { newLease } from './lease.ts';

/** Performs the effects that are due. */
export async function runOutbox(app: App): Promise<number> {
  const lease = newLease(app);
  const effects = await app.database.transaction((tx) => outbox.claim(tx, lease));
  await Promise.all(effects.map((effect) => performEffect(app, effect)));
  return effects.length;
}
