/** Events: rendered once when they happen, kept as text, composed for replies and deliveries. */
import type { EventRecord, WebhookEndpoint } from '../objects.ts';
import { observeEvent } from '../observation.ts';
import { downgrade } from '../wire/versions/render.ts';
import { readVersion, type Version } from '../wire/versions.ts';
import type { Turn, World } from '../world.ts';
import { onlyChanged } from './previous.ts';

interface EventSubject {
  /** Missing only where the object has none: the balance. */
  id?: string;
  object: string;
}

/** Objects of a payment share the stem of its id with their events; all others have ids of their own. */
const PAYMENT_FAMILY = new Set(['payment_intent', 'charge', 'refund']);

/**
 * Records that something happened to the object and tells every endpoint that wants to know.
 * @param before for `*.updated`: the properties that changed, as they were before; of hashes only what differs is told
 */
export function emit(
  turn: Turn,
  type: string,
  subject: EventSubject,
  before?: Record<string, unknown>,
): void {
  const { world } = turn;
  const previous = before && onlyChanged(before, subject);
  const endpoints = world.dispatcher.endpointsFor(type);
  const event: EventRecord = {
    id:
      subject.id !== undefined && PAYMENT_FAMILY.has(subject.object)
        ? world.ids.sibling('evt', subject.id)
        : world.ids.object('evt'),
    type,
    created: turn.now,
    apiVersion: world.eventVersion.name,
    ...rendition(world, world.eventVersion, subject, previous),
    requestId: turn.requestId,
    idempotencyKey: turn.idempotencyKey,
    endpoints: endpoints.length,
    pending: endpoints.length,
    undecided: endpoints.length,
  };
  for (const endpoint of endpoints) {
    const version = versionOf(world, endpoint);
    if (version.name === event.apiVersion || event.renditions?.[version.name] !== undefined) continue;
    event.renditions ??= {};
    event.renditions[version.name] = rendition(world, version, subject, previous);
  }
  world.store.events.put(event);
  observeEvent({ type, object: subject, previous });
  turn.events.push(`${event.id} ${type}`);
  for (const endpoint of endpoints) world.dispatcher.deliver(event, endpoint);
}

/** The version in which the endpoint is told of events. */
export function versionOf(
  world: Pick<World, 'accountVersion'>,
  endpoint: Pick<WebhookEndpoint, 'api_version'>,
): Version {
  return endpoint.api_version === null ? world.accountVersion : readVersion(endpoint.api_version);
}

/**
 * The event's JSON, with the number of endpoints that have not confirmed it yet.
 * @param version of the endpoint; the event's own when it was not rendered in that one
 */
export function renderEvent(event: EventRecord, pendingWebhooks: number, version = event.apiVersion): string {
  const other = event.renditions?.[version];
  const { object, previous: before } = other ?? event;
  const previous = before === null ? '' : `,"previous_attributes":${before}`;
  const request = JSON.stringify({ id: event.requestId, idempotency_key: event.idempotencyKey });
  return (
    `{"id":"${event.id}","object":"event","api_version":"${other === undefined ? event.apiVersion : version}",` +
    `"created":${event.created},"data":{"object":${object}${previous}},"livemode":false,` +
    `"pending_webhooks":${pendingWebhooks},"request":${request},"type":"${event.type}"}`
  );
}

function rendition(
  world: World,
  version: Version,
  subject: EventSubject,
  previous: Record<string, unknown> | undefined,
): { object: string; previous: string | null } {
  const object = downgrade(version, world.store, subject);
  // Of what changed, the older shape tells only what it has.
  const known =
    object === subject || previous === undefined
      ? previous
      : Object.fromEntries(Object.entries(previous).filter(([name]) => Object.hasOwn(object, name)));
  return { object: JSON.stringify(object), previous: known === undefined ? null : JSON.stringify(known) };
}
