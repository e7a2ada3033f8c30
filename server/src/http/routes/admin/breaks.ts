import { Break, Breaks, BreaksQuery, CloseBreakRequest } from '@paydesk/contract/admin';
import { Id } from '@paydesk/contract/quote';
import Type from 'typebox';
import { closeBreakByHand } from '../../../app/close-break.ts';
import type { App } from '../../../app/ports.ts';
import { presentBreak } from '../../../app/present-break.ts';
import { listBreaks } from '../../../db/breaks.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';

/** More than this is not read by a person but worked on at the cause. */
const mostBreaks = 500;

const security = [{ operator: [] }];

/** What does not agree between our books and the provider's, and what a person decided about it. */
export function adminBreakRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/breaks',
    {
      schema: { tags: ['operators'], security, querystring: BreaksQuery, response: { 200: Breaks } },
      ...needs('view'),
    },
    async ({ query }) => {
      const rows = await listBreaks(app.database.read, query.state ?? 'open', mostBreaks);
      return { breaks: rows.map(presentBreak) };
    },
  );

  server.post(
    '/api/admin/breaks/:id/close',
    {
      schema: {
        tags: ['operators'],
        security,
        params: Type.Object({ id: Id }),
        body: CloseBreakRequest,
        response: { 200: Type.Object({ break: Break }) },
      },
      ...needs('manage'),
    },
    async (request) => ({
      break: presentBreak(
        await closeBreakByHand(app, request.params.id, { by: operatorOf(request).name, ...request.body }),
      ),
    }),
  );
}
