/** `/v1/webhook_endpoints` (docs.stripe.com/api/webhook_endpoints). The secret is shown once, at creation. */
import type { WebhookEndpoint } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import { forgetFailures } from '../webhooks/endpoint-health.ts';
import { expand, mergeMetadata, metadata, pagination } from '../wire/common-parameters.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { listPage } from '../wire/list.ts';
import { arrayOf, boolean, emptyable, onlyBuilt, required, text } from '../wire/schema.ts';
import { readVersion } from '../wire/versions.ts';
import { remove, save, type Turn } from '../world.ts';

const MOST_ENDPOINTS = 16;

export const webhookEndpointRoutes: Route[] = [
  route('POST', '/v1/webhook_endpoints', {
    fields: {
      api_version: { read: (value, name) => readVersion(text().read(value, name), name).name },
      connect: onlyBuilt('false'),
      description: emptyable(text()),
      enabled_events: required(arrayOf(text())),
      expand,
      metadata: metadata(),
      url: required(text()),
    },
    handle({ turn, params }) {
      checkUrl(params.url);
      checkEvents(params.enabled_events);
      const endpoint = createEndpoint(turn, {
        url: params.url,
        enabledEvents: params.enabled_events,
        secret: `whsec_${turn.world.ids.characters(32)}`,
        apiVersion: params.api_version ?? null,
        description: params.description ?? null,
        metadata: mergeMetadata({}, params.metadata),
      });
      return { ...endpoint, secret: turn.world.store.endpoint_secrets.get(endpoint.id)!.secret };
    },
  }),
  route('GET', '/v1/webhook_endpoints', {
    fields: pagination,
    handle: ({ world, params }) => listPage(world.store.webhook_endpoints, '/v1/webhook_endpoints', params),
  }),
  route('GET', '/v1/webhook_endpoints/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/webhook_endpoints/:id', {
    fields: {
      description: emptyable(text()),
      disabled: boolean(),
      enabled_events: arrayOf(text()),
      expand,
      metadata: metadata(),
      url: text(),
    },
    handle(call) {
      const { turn, world, params } = call;
      const endpoint = find(call);
      if (params.url !== undefined) checkUrl(params.url);
      if (params.enabled_events !== undefined) checkEvents(params.enabled_events);
      if (params.url !== undefined) endpoint.url = params.url;
      if (params.description !== undefined) endpoint.description = params.description;
      if (params.enabled_events !== undefined) endpoint.enabled_events = params.enabled_events;
      if (params.disabled !== undefined) endpoint.status = params.disabled ? 'disabled' : 'enabled';
      if (params.disabled === false) forgetFailures(world.store, endpoint.id);
      endpoint.metadata = mergeMetadata(endpoint.metadata, params.metadata);
      save(turn, world.store.webhook_endpoints, endpoint, 'updated');
      return endpoint;
    },
  }),
  route('DELETE', '/v1/webhook_endpoints/:id', {
    fields: {},
    handle(call) {
      const endpoint = find(call);
      remove(call.turn, call.world.store.webhook_endpoints, endpoint);
      call.world.store.endpoint_secrets.delete(endpoint.id);
      return { id: endpoint.id, object: 'webhook_endpoint', deleted: true };
    },
  }),
];

interface NewEndpoint {
  url: string;
  enabledEvents: string[];
  secret: string;
  apiVersion: string | null;
  description: string | null;
  metadata: Record<string, string>;
}

export function createEndpoint(turn: Turn, given: NewEndpoint): WebhookEndpoint {
  const { store, ids } = turn.world;
  if (store.webhook_endpoints.size >= MOST_ENDPOINTS) {
    throw invalidRequest(`You have reached the maximum of ${MOST_ENDPOINTS} test webhook endpoints.`);
  }
  const endpoint: WebhookEndpoint = {
    id: ids.object('we'),
    object: 'webhook_endpoint',
    api_version: given.apiVersion,
    application: null,
    created: turn.now,
    description: given.description,
    enabled_events: given.enabledEvents,
    livemode: false,
    metadata: given.metadata,
    status: 'enabled',
    url: given.url,
  };
  store.endpoint_secrets.put({ id: endpoint.id, secret: given.secret });
  save(turn, store.webhook_endpoints, endpoint, 'created');
  return endpoint;
}

function checkUrl(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw invalidRequest(
    'Invalid URL: an explicit scheme (such as https) must be provided.',
    'url_invalid',
    'url',
  );
}

/** Types are not checked against a list: Stripe adds some every month. */
function checkEvents(types: readonly string[]): void {
  const wrong = types.find((type) => type !== '*' && !/^[a-z0-9_]+(\.[a-z0-9_]+)+$/.test(type));
  if (types.length > 0 && wrong === undefined) return;
  throw invalidRequest(
    types.length === 0
      ? 'You must provide at least one event in enabled_events.'
      : `Invalid enabled_events: ${wrong} is no event type.`,
    undefined,
    'enabled_events',
  );
}

function find(call: Call<unknown>): WebhookEndpoint {
  const id = call.ids[0]!;
  const endpoint = call.world.store.webhook_endpoints.get(id);
  if (endpoint === undefined) throw missingResource('webhook endpoint', id);
  return endpoint;
}
