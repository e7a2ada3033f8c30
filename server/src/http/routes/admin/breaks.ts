import { Break, Breaks, BreaksQuery, CloseBreakRequest } from '@paydesk/contract/admin/breaks';
import { Id } from '@paydesk/contract/quote';
import Type from 'typebox';
import { closeBreakByHand } from '../../../app/close-break.ts';
import type { App } from '../../../app/ports.ts';
import { pageOfBreaks, presentBreak } from '../../../app/present-break.ts';
import { breakAdvice } from '../../../domain/break-advice.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';
import { asked } from './filters.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };
const kinds = Object.entries(breakAdvice).map(([kind, { title }]) => ({ kind, title }));

/** What does not agree between our books and the provider's, and what a person decided about it. */
export function adminBreakRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/breaks',
    { schema: { ...common, querystring: BreaksQuery, response: { 200: Breaks } }, ...needs('view') },
    async ({ query }) => {
      const filter = { state: asked(query.state) ?? 'open', kind: asked(query.kind) };
      const { rows, older, newer } = await pageOfBreaks(app, filter, query);
      return { breaks: rows, kinds, older, newer };
    },
  );

  server.post(
    '/api/admin/breaks/:id/close',
    {
      schema: {
        ...common,
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
