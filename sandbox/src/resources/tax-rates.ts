/** `/v1/tax_rates` (docs.stripe.com/api/tax_rates). They are archived with `active`, never deleted. */
import { decimal } from '../catalogue/amounts.ts';
import { change, found } from '../catalogue/changes.ts';
import type { TaxRate } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import { expand, mergeMetadata, metadata, pagination, timeRange } from '../wire/common-parameters.ts';
import { isWithin, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { boolean, emptyable, oneOf, required, text } from '../wire/schema.ts';
import { save } from '../world.ts';

const shared = {
  active: boolean(),
  country: emptyable(text(2)),
  description: emptyable(text(500)),
  expand,
  jurisdiction: emptyable(text(50)),
  metadata: metadata(),
  state: emptyable(text(2)),
  tax_type: oneOf(
    'admissions_tax',
    'amusement_tax',
    'attendance_tax',
    'communications_tax',
    'digital_excise_tax',
    'entertainment_tax',
    'get_fund',
    'gross_receipts_tax',
    'gst',
    'hospitality_tax',
    'hst',
    'igst',
    'jct',
    'lease_tax',
    'luxury_tax',
    'mass_transit_parking_tax',
    'nhil',
    'parking_tax',
    'pst',
    'qst',
    'resort_tax',
    'retail_delivery_fee',
    'rst',
    'sales_tax',
    'service_tax',
    'tourism_tax',
    'utility_users_tax',
    'vat',
  ),
};
const created = {
  ...shared,
  display_name: required(text(50)),
  inclusive: required(boolean()),
  percentage: required(decimal(0, 100)),
};

export const taxRateRoutes: Route[] = [
  route('POST', '/v1/tax_rates', { fields: created, handle: create }),
  route('GET', '/v1/tax_rates', {
    fields: { ...pagination, active: boolean(), created: timeRange(), inclusive: boolean() },
    handle: ({ world, params }) =>
      listPage(
        world.store.tax_rates,
        '/v1/tax_rates',
        params,
        (rate) =>
          isWithin(params.created, rate.created) &&
          (params.active === undefined || rate.active === params.active) &&
          (params.inclusive === undefined || rate.inclusive === params.inclusive),
      ),
  }),
  route('GET', '/v1/tax_rates/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/tax_rates/:id', {
    fields: { ...shared, display_name: text(50) },
    handle(call) {
      const rate = find(call);
      const { expand: _, metadata: more, ...plain } = call.params;
      const changes: Partial<TaxRate> = {
        ...plain,
        ...(more !== undefined && { metadata: mergeMetadata(rate.metadata ?? {}, more) }),
      };
      return change(call.turn, call.world.store.tax_rates, rate, changes, 'tax_rate.updated');
    },
  }),
];

function find(call: Call<unknown>): TaxRate {
  return found(call.world.store.tax_rates, 'tax rate', call.ids[0]!);
}

function create({ turn, params }: Call<Values<typeof created>>): TaxRate {
  const rate: TaxRate = {
    id: turn.world.ids.object('txr'),
    object: 'tax_rate',
    active: params.active ?? true,
    country: params.country ?? null,
    created: turn.now,
    description: params.description ?? null,
    display_name: params.display_name,
    // Only automatic tax fills these three (Stripe's sample object of a rate made by hand).
    effective_percentage: null,
    flat_amount: null,
    rate_type: null,
    inclusive: params.inclusive,
    jurisdiction: params.jurisdiction ?? null,
    jurisdiction_level: null,
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    percentage: Number(params.percentage),
    state: params.state ?? null,
    tax_type: params.tax_type ?? null,
  };
  save(turn, turn.world.store.tax_rates, rate, 'created');
  emit(turn, 'tax_rate.created', rate);
  return rate;
}
