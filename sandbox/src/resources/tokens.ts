/** `/v1/tokens` (docs.stripe.com/api/tokens). */
import { createToken, tokenCardParameter } from '../payments/token.ts';
import { type Route, route } from '../routing.ts';
import { expand } from '../wire/common-parameters.ts';
import { missingParameter, missingResource } from '../wire/errors.ts';
import { text, unbuilt, withoutEffect } from '../wire/schema.ts';

export const tokenRoutes: Route[] = [
  route('POST', '/v1/tokens', {
    access: 'publishable',
    fields: {
      account: unbuilt(),
      bank_account: unbuilt(),
      card: tokenCardParameter,
      customer: unbuilt(),
      cvc_update: unbuilt(),
      expand,
      key: text(),
      payment_user_agent: withoutEffect(),
      person: unbuilt(),
      pii: unbuilt(),
    },
    handle({ turn, params }) {
      if (params.card === undefined) throw missingParameter('card');
      return createToken(turn, params.card);
    },
  }),
  route('GET', '/v1/tokens/:id', {
    access: 'publishable',
    fields: { expand, key: text() },
    handle({ world, ids }) {
      const token = world.store.tokens.get(ids[0]!);
      if (token === undefined) throw missingResource('token', ids[0]!);
      return token;
    },
  }),
];
