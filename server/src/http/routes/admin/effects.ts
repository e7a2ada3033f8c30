import { Effect, Effects, EffectsQuery } from '@paydesk/contract/admin/effects';
import { GiveUpRequest } from '@paydesk/contract/admin/pages';
import Type from 'typebox';
import { giveUpEffect, retryEffect } from '../../../app/give-up-effect.ts';
import { pageOfEffects, presentOne } from '../../../app/list-effects.ts';
import type { App } from '../../../app/ports.ts';
import { effectKinds } from '../../../db/outbox.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';
import { asked, askedOrder, wordless } from './filters.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };
const params = Type.Object({ key: Type.String({ maxLength: 100, pattern: '^[\\w.]+:[\\w:-]+$' }) });
const one = { ...common, params, response: { 200: Type.Object({ effect: Effect }) } };

/** The outbox: what is still to be done, what was given up, and what was done. */
export function adminEffectRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/effects',
    { schema: { ...common, querystring: EffectsQuery, response: { 200: Effects } }, ...needs('view') },
    async ({ query }) => {
      const wanted = {
        state: asked(query.state),
        kind: asked(query.kind),
        orderId: await askedOrder(app, query.order),
      };
      const { rows, older, newer } = await pageOfEffects(app, wanted, query);
      return { effects: rows, kinds: [...effectKinds], older, newer };
    },
  );

  server.post(
    '/api/admin/effects/:key/retry',
    { schema: { ...one, body: wordless.body }, preValidation: wordless.preValidation, ...needs('manage') },
    async (request) => ({
      effect: await presentOne(app, await retryEffect(app, request.params.key, operatorOf(request).name)),
    }),
  );

  server.post(
    '/api/admin/effects/:key/give-up',
    { schema: { ...one, body: GiveUpRequest }, ...needs('manage') },
    async (request) => {
      const giving = { by: operatorOf(request).name, reason: request.body.reason };
      return { effect: await presentOne(app, await giveUpEffect(app, request.params.key, giving)) };
    },
  );
}
