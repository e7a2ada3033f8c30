/** Events: rendered once when they happen, kept as text, composed for replies and deliveries. */
import type { EventRecord } from '../objects.ts';
import { CURRENT_VERSION } from '../wire/versions.ts';
import type { Turn } from '../world.ts';

interface EventSubject {
  id: string;
  object: string;
}

/** Objects of a payment share the stem of its id with their events; all others have ids of their own. */
const PAYMENT_FAMILY = new Set(['payment_intent', 'charge', 'refund']);

/**
 * Records that something happened to the object and tells every endpoint that wants to know.
 * @param previous for `*.updated`: the values that changed, as they were before
 */
export function emit(
  turn: Turn,
  type: string,
  subject: EventSubject,
  previous?: Record<string, unknown>,
): void {
  const { world } = turn;
  const endpoints = world.dispatcher.endpointsFor(type);
  const event: EventRecord = {
    id: PAYMENT_FAMILY.has(subject.object) ? world.ids.sibling('evt', subject.id) : world.ids.object('evt'),
    type,
    created: turn.now,
    apiVersion: CURRENT_VERSION,
    object: JSON.stringify(subject),
    previous: previous === undefined ? null : JSON.stringify(previous),
    requestId: turn.requestId,
    idempotencyKey: turn.idempotencyKey,
    endpoints: endpoints.length,
    pending: endpoints.length,
    undecided: endpoints.length,
  };
  world.store.events.put(event);
  turn.events.push(`${event.id} ${type}`);
  for (const endpoint of endpoints) world.dispatcher.deliver(event, endpoint);
}

/** The event's JSON, with the number of endpoints that have not confirmed it yet. */
export function renderEvent(event: EventRecord, pendingWebhooks: number): string {
  const previous = event.previous === null ? '' : `,"previous_attributes":${event.previous}`;
  const request = JSON.stringify({ id: event.requestId, idempotency_key: event.idempotencyKey });
  return (
    `{"id":"${event.id}","object":"event","api_version":"${event.apiVersion}","created":${event.created},` +
    `"data":{"object":${event.object}${previous}},"livemode":false,"pending_webhooks":${pendingWebhooks},` +
    `"request":${request},"type":"${event.type}"}`
  );
}
