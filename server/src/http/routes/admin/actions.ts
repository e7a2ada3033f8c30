import { Actions, ActionsQuery } from '@paydesk/contract/admin/actions';
import { namesOfOperators, pageOfActions } from '../../../app/operators/list-actions.ts';
import type { App } from '../../../app/ports.ts';
import { needs } from '../../operators.ts';
import type { Server } from '../../types.ts';
import { asked, askedOrder, askedTimes } from './filters.ts';

/** Who did what, why, and what became of it. */
export function adminActionRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/actions',
    {
      schema: {
        tags: ['operators'],
        security: [{ operator: [] }],
        querystring: ActionsQuery,
        response: { 200: Actions },
      },
      ...needs('view'),
    },
    async ({ query }) => {
      const filter = {
        operator: asked(query.operator),
        orderId: await askedOrder(app, query.order),
        ...askedTimes(app, query),
      };
      const { rows, older, newer } = await pageOfActions(app, filter, query);
      return { actions: rows, operators: await namesOfOperators(app), older, newer };
    },
  );
}
