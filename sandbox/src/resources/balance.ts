/** `/v1/balance` (docs.stripe.com/api/balance). */
import { balanceOf } from '../payments/balance.ts';
import { type Route, route } from '../routing.ts';
import { expand } from '../wire/common-parameters.ts';

export const balanceRoutes: Route[] = [
  route('GET', '/v1/balance', {
    fields: { expand },
    handle: ({ world }) => balanceOf(world.store),
  }),
];
