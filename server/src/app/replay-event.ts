import { closeBreaks } from '../db/books.ts';
import { endEvent, findEvent, hasParkedEvent, hurryEvent, type InboxRow, reopenEvent } from '../db/inbox.ts';
import type { Tx } from '../db/schema.ts';
import { AppError } from './errors.ts';
import type { App } from './ports.ts';

/**
 * Has an event dealt with once more: one that is done or parked goes back into the inbox, one that waits is due at once. It
 * goes the way of every event, so what it had changed already it does not change again: facts are applied under the order's
 * lock, and a row that has moved on ignores them.
 *
 * @throws AppError event_not_found
 */
export async function replayEvent(app: App, eventId: string, by: string): Promise<InboxRow> {
  const now = app.clock.now();
  const event = await app.database.transaction(async (tx) => {
    if (!(await reopenEvent(tx, eventId, now))) await hurryEvent(tx, eventId, now);
    return await findEvent(tx, eventId);
  });
  if (!event) throw new AppError('event_not_found');
  app.log.info({ eventId, type: event.type, by }, 'an event is dealt with once more');
  app.wakeInbox();
  return event;
}

/**
 * A person decides that an event which waits or was parked is about nothing of this shop. It stays kept, with the reason, and
 * can be replayed. Money that it may have told of is not lost sight of: the daily comparison finds a charge that no order
 * has.
 *
 * @throws AppError event_not_found, event_done, event_in_work
 */
export async function giveUpEvent(
  app: App,
  eventId: string,
  { by, reason }: { by: string; reason: string },
): Promise<InboxRow> {
  const now = app.clock.now();
  const outcome = `given up by ${by}: ${reason}`;
  const event = await app.database.transaction(async (tx) => {
    const ended = await endEvent(tx, eventId, { outcome, now });
    const current = await findEvent(tx, eventId);
    if (!current) throw new AppError('event_not_found');
    if (!ended) throw new AppError(current.state === 'done' ? 'event_done' : 'event_in_work');
    await closeItsBreak(tx, current, { at: now, by, resolution: reason });
    return current;
  });
  app.log.info({ eventId, type: event.type, by }, 'an event was given up');
  return event;
}

async function closeItsBreak(
  tx: Tx,
  event: InboxRow,
  closing: { at: number; by: string; resolution: string },
): Promise<void> {
  // One break stands for all parked events about the same thing.
  if (await hasParkedEvent(tx, event.object_id)) return;
  await closeBreaks(tx, ['payment_not_found'], event.object_id, closing);
}
