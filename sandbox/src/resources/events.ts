/** `/v1/events` (docs.stripe.com/api/events). */
import type { EventRecord, WebhookEndpoint } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import { renderEvent } from '../webhooks/events.ts';
import { expand, pagination, timeRange } from '../wire/common-parameters.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { isWithin, listPage } from '../wire/list.ts';
import { arrayOf, boolean, text, unbuilt } from '../wire/schema.ts';
import type { World } from '../world.ts';

export const eventRoutes: Route[] = [
  route('GET', '/v1/events', {
    fields: {
      ...pagination,
      created: timeRange(),
      delivery_success: boolean(),
      related_object: text(255),
      type: text(),
      types: arrayOf(text()),
    },
    handle({ world, params }) {
      const { type, types, delivery_success: delivered, related_object: related } = params;
      if (type !== undefined && types !== undefined) {
        throw invalidRequest(
          'You may only specify one of these parameters: type, types.',
          'parameters_exclusive',
          'types',
        );
      }
      const wanted = types ?? (type === undefined ? null : [type]);
      const page = listPage(
        world.store.events,
        '/v1/events',
        params,
        (event) =>
          isWithin(params.created, event.created) &&
          (wanted === null || wanted.some((pattern) => matches(pattern, event.type))) &&
          (delivered === undefined || (event.pending === 0) === delivered) &&
          (related === undefined || JSON.parse(event.object).id === related),
      );
      return { ...page, data: page.data.map(parsed) };
    },
  }),
  route('GET', '/v1/events/:id', {
    fields: { expand },
    handle: (call) => parsed(find(call)),
  }),
  // Not documented by Stripe; what `stripe events resend` calls. Without an endpoint it means the CLI's own listener,
  // whose place the endpoints of the sandbox take.
  route('POST', '/v1/events/:id/retry', {
    fields: { account: unbuilt(), expand, for_stripecli: boolean(), webhook_endpoint: text() },
    handle(call) {
      const event = find(call);
      for (const endpoint of receivers(call.world, event, call.params.webhook_endpoint)) {
        call.world.dispatcher.deliver(event, endpoint, { isManual: true });
      }
      return parsed(event);
    },
  }),
];

/** The endpoint that is named, also one that did not exist at the time; or all that want the event now. */
function receivers(world: World, event: EventRecord, id: string | undefined): WebhookEndpoint[] {
  if (id === undefined) return world.dispatcher.endpointsFor(event.type);
  const endpoint = world.store.webhook_endpoints.get(id);
  if (endpoint === undefined) throw missingResource('webhook endpoint', id, 'webhook_endpoint');
  if (endpoint.status === 'enabled') return [endpoint];
  throw invalidRequest(`The webhook endpoint ${id} is disabled.`, undefined, 'webhook_endpoint');
}

function find(call: Call<unknown>): EventRecord {
  const event = call.world.store.events.get(call.ids[0]!);
  if (event === undefined) throw missingResource('event', call.ids[0]!);
  return event;
}

/** `charge.*` stands for every type that starts so. */
function matches(pattern: string, type: string): boolean {
  if (!pattern.includes('*')) return pattern === type;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(type);
}

function parsed(event: EventRecord): object {
  return JSON.parse(renderEvent(event, event.pending));
}
