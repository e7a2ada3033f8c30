import { EventDetail, Events, EventsQuery } from '@paydesk/contract/admin/events';
import { GiveUpRequest } from '@paydesk/contract/admin/pages';
import Type from 'typebox';
import { iso } from '../../../app/iso.ts';
import { pageOfEvents, showEvent } from '../../../app/list-events.ts';
import type { App } from '../../../app/ports.ts';
import { giveUpEvent, replayEvent } from '../../../app/replay-event.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';
import { asked, askedOrder, askedTimes, knownOrder, wordless } from './filters.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };
// Bookings of a bank have names that people wrote, with spaces and all.
const params = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}\\p{Cs}]+$' }),
});
const detail = { ...common, params, response: { 200: EventDetail } };

/** The inbox: what providers told us, and what was made of it. */
export function adminEventRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/events',
    { schema: { ...common, querystring: EventsQuery, response: { 200: Events } }, ...needs('view') },
    async ({ query }) => {
      const filter = {
        state: asked(query.state),
        source: asked(query.source),
        type: asked(query.type),
        ...(await askedObject(app, query)),
        ...askedTimes(app, query),
      };
      const { rows, older, newer, lookedThrough } = await pageOfEvents(app, filter, query);
      const through = iso(lookedThrough);
      return { events: rows, older, newer, lookedThrough: through };
    },
  );

  server.get(
    '/api/admin/events/:id',
    { schema: detail, ...needs('view') },
    async ({ params: { id } }) => await showEvent(app, id),
  );

  server.post(
    '/api/admin/events/:id/replay',
    {
      schema: { ...detail, body: wordless.body },
      preValidation: wordless.preValidation,
      ...needs('manage'),
    },
    async (request) => {
      await replayEvent(app, request.params.id, operatorOf(request).name);
      return await showEvent(app, request.params.id);
    },
  );

  server.post(
    '/api/admin/events/:id/give-up',
    { schema: { ...detail, body: GiveUpRequest }, ...needs('manage') },
    async (request) => {
      const { reason } = request.body;
      await giveUpEvent(app, request.params.id, { by: operatorOf(request).name, reason });
      return await showEvent(app, request.params.id);
    },
  );
}

/** What events are to be about: an order that is named in its own place, or where other things are named. */
async function askedObject(app: App, query: EventsQuery) {
  const object = asked(query.object);
  const orderId = await askedOrder(app, query.order);
  if (object === undefined || orderId !== undefined) return { object, orderId };
  const order = await knownOrder(app, object);
  return order === undefined ? { object } : { orderId: order };
}
