/** Making shipping rates, for the API and in place for the options of a Checkout Session. */
import { isCurrency } from '../money.ts';
import type { ShippingRate } from '../objects.ts';
import { currency, mergeMetadata, metadata } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { hash, integer, oneOf, required, text, unbuilt } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';

const bound = hash({
  unit: required(oneOf('business_day', 'day', 'hour', 'month', 'week')),
  value: required(integer(1)),
});

export const shippingRateFields = {
  delivery_estimate: hash({ maximum: bound, minimum: bound }),
  display_name: required(text(100)),
  fixed_amount: hash({
    amount: required(integer(0)),
    currency: required(currency()),
    currency_options: unbuilt(),
  }),
  metadata: metadata(),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  tax_code: text(),
  type: oneOf('fixed_amount'),
};
type ShippingRateInput = Values<typeof shippingRateFields>;

/** @throws ApiError 400 for a missing amount or an unknown currency */
export function checkShippingRate(given: ShippingRateInput, prefix = ''): void {
  const name = prefix === '' ? 'fixed_amount' : `${prefix}[fixed_amount]`;
  if (given.fixed_amount === undefined) throw missingParameter(name);
  const { currency: code } = given.fixed_amount;
  if (isCurrency(code)) return;
  throw invalidRequest(`Invalid currency: ${code.slice(0, 40)}`, undefined, `${name}[currency]`);
}

/** Makes a rate of parameters that were checked. Stripe has no events of shipping rates. */
export function makeShippingRate(turn: Turn, given: ShippingRateInput): ShippingRate {
  const { delivery_estimate: estimate, fixed_amount: fixed } = given;
  const rate: ShippingRate = {
    id: turn.world.ids.object('shr'),
    object: 'shipping_rate',
    active: true,
    created: turn.now,
    delivery_estimate:
      estimate === undefined
        ? null
        : { maximum: estimate.maximum ?? null, minimum: estimate.minimum ?? null },
    display_name: given.display_name,
    fixed_amount: { amount: fixed!.amount, currency: fixed!.currency },
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tax_code: given.tax_code ?? null,
    type: 'fixed_amount',
  };
  save(turn, turn.world.store.shipping_rates, rate, 'created');
  return rate;
}
