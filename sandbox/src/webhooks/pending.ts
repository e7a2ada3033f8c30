/** How many endpoints have not confirmed an event (`pending_webhooks`), and deliveries outside the usual order. */
import type { Ids } from '../ids.ts';
import type { Delivery, EventRecord } from '../objects.ts';
import type { Store } from '../store/store.ts';

/** After a restart: the deliveries on file tell it. */
export function countPending(store: Store): void {
  for (const event of store.events.oldestFirst()) Object.assign(event, { pending: 0, undecided: 0 });
  for (const delivery of store.deliveries.oldestFirst()) {
    const event = store.events.get(delivery.event);
    if (event === undefined || delivery.isManual) continue;
    if (delivery.state !== 'succeeded' && !delivery.isCovered) event.pending++;
    if (delivery.state === 'pending') event.undecided++;
  }
}

/** A delivery by hand confirms the event for its endpoint; automatic attempts that are still to come go on. */
export function coverAutomatic(store: Store, event: EventRecord, endpoint: string): void {
  const automatic = automaticDelivery(store, event.id, endpoint);
  if (automatic === undefined || automatic.state === 'succeeded' || automatic.isCovered) return;
  automatic.isCovered = true;
  store.deliveries.put(automatic);
  event.pending--;
}

/** Another event that tells the same, as Stripe sometimes makes two of one change. */
export function twinOf(event: EventRecord, ids: Ids): EventRecord {
  const id = event.id.startsWith('evt_3') ? ids.sibling('evt', event.id) : ids.object('evt');
  return { ...event, id, endpoints: 1, pending: 1, undecided: 1 };
}

function automaticDelivery(store: Store, event: string, endpoint: string): Delivery | undefined {
  for (const delivery of store.deliveries.newestFirst()) {
    if (delivery.event === event && delivery.endpoint === endpoint && !delivery.isManual) return delivery;
  }
  return undefined;
}
