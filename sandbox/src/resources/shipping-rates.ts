/** `/v1/shipping_rates` (docs.stripe.com/api/shipping_rates). */
import { change, found } from '../catalogue/changes.ts';
import { checkShippingRate, makeShippingRate, shippingRateFields } from '../catalogue/shipping-rates.ts';
import type { ShippingRate } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import {
  currency,
  expand,
  mergeMetadata,
  metadata,
  pagination,
  timeRange,
} from '../wire/common-parameters.ts';
import { isWithin, listPage } from '../wire/list.ts';
import { boolean, oneOf, unbuilt } from '../wire/schema.ts';

export const shippingRateRoutes: Route[] = [
  route('POST', '/v1/shipping_rates', {
    fields: { ...shippingRateFields, expand },
    handle({ turn, params }) {
      checkShippingRate(params);
      return makeShippingRate(turn, params);
    },
  }),
  route('GET', '/v1/shipping_rates', {
    fields: { ...pagination, active: boolean(), created: timeRange(), currency: currency() },
    handle: ({ world, params }) =>
      listPage(
        world.store.shipping_rates,
        '/v1/shipping_rates',
        params,
        (rate) =>
          isWithin(params.created, rate.created) &&
          (params.active === undefined || rate.active === params.active) &&
          (params.currency === undefined || rate.fixed_amount?.currency === params.currency),
      ),
  }),
  route('GET', '/v1/shipping_rates/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/shipping_rates/:id', {
    fields: {
      active: boolean(),
      expand,
      fixed_amount: unbuilt(),
      metadata: metadata(),
      tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
    },
    handle(call) {
      const rate = find(call);
      const { active, metadata: more, tax_behavior: behaviour } = call.params;
      const changes: Partial<ShippingRate> = {
        ...(active !== undefined && { active }),
        ...(behaviour !== undefined && { tax_behavior: behaviour }),
        ...(more !== undefined && { metadata: mergeMetadata(rate.metadata, more) }),
      };
      return change(call.turn, call.world.store.shipping_rates, rate, changes, null);
    },
  }),
];

function find(call: Call<unknown>): ShippingRate {
  return found(call.world.store.shipping_rates, 'shipping rate', call.ids[0]!);
}
