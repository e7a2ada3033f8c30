import { digestEvent } from '../app/digest-event.ts';
import type { App } from '../app/ports.ts';
import { inbox } from '../db/inbox.ts';
import { newLease } from './lease.ts';

/** Deals with the events that are due, each by itself: one that fails leaves the others alone and comes back later. */
export async function runInbox(app: App): Promise<number> {
  const lease = newLease(app);
  const events = await app.database.transaction((tx) => inbox.claim(tx, lease));
  await Promise.all(
    events.map((event) =>
      digestEvent(app, event).catch((error: unknown) =>
        app.log.error(
          { eventId: event.event_id, type: event.type, err: error },
          'an event could not be digested',
        ),
      ),
    ),
  );
  return events.length;
}
