/** `/v1/events` (docs.stripe.com/api/events). */
import type { EventRecord } from '../objects.ts';
import { type Route, route } from '../routing.ts';
import { renderEvent } from '../webhooks/events.ts';
import { expand, pagination, timeRange } from '../wire/common-parameters.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { isWithin, listPage } from '../wire/list.ts';
import { arrayOf, boolean, text } from '../wire/schema.ts';

export const eventRoutes: Route[] = [
  route('GET', '/v1/events', {
    fields: {
      ...pagination,
      created: timeRange(),
      delivery_success: boolean(),
      type: text(),
      types: arrayOf(text()),
    },
    handle({ world, params }) {
      const { type, types, delivery_success: delivered } = params;
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
          (delivered === undefined || (event.pending === 0) === delivered),
      );
      return { ...page, data: page.data.map(parsed) };
    },
  }),
  route('GET', '/v1/events/:id', {
    fields: { expand },
    handle({ world, ids }) {
      const event = world.store.events.get(ids[0]!);
      if (event === undefined) throw missingResource('event', ids[0]!);
      return parsed(event);
    },
  }),
];

/** `charge.*` stands for every type that starts so. */
function matches(pattern: string, type: string): boolean {
  if (!pattern.includes('*')) return pattern === type;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(type);
}

function parsed(event: EventRecord): object {
  return JSON.parse(renderEvent(event, event.pending));
}
