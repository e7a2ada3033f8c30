/** `/v1/prices` (docs.stripe.com/api/prices). Recurring prices are kept and shown; nothing is billed with them. */
import { change, found } from '../catalogue/changes.ts';
import { priceFields, priceValues, productDataFields } from '../catalogue/price-input.ts';
import { makePrice, makeProduct } from '../catalogue/products.ts';
import type { Price, Product } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import {
  currency,
  expand,
  mergeMetadata,
  metadata,
  pagination,
  timeRange,
} from '../wire/common-parameters.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { isWithin, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import {
  arrayOf,
  boolean,
  emptyable,
  hash,
  integer,
  oneOf,
  onlyBuilt,
  required,
  text,
  unbuilt,
} from '../wire/schema.ts';
import type { Turn } from '../world.ts';

const created = {
  ...priceFields,
  active: boolean(),
  billing_scheme: onlyBuilt('per_unit'),
  currency_options: unbuilt(),
  custom_unit_amount: unbuilt(),
  expand,
  lookup_key: text(200),
  metadata: metadata(),
  nickname: text(),
  product: text(),
  product_data: hash({
    ...productDataFields,
    active: boolean(),
    id: text(),
    statement_descriptor: text(22),
  }),
  recurring: hash({
    interval: required(oneOf('day', 'month', 'week', 'year')),
    interval_count: integer(1, 1_095),
    meter: unbuilt(),
    trial_period_days: integer(1, 730),
    usage_type: onlyBuilt('licensed'),
  }),
  tiers: unbuilt(),
  tiers_mode: unbuilt(),
  transfer_lookup_key: boolean(),
  transform_quantity: unbuilt(),
};
const updated = {
  active: boolean(),
  currency_options: unbuilt(),
  expand,
  lookup_key: emptyable(text(200)),
  metadata: metadata(),
  nickname: emptyable(text()),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  transfer_lookup_key: boolean(),
};
const listed = {
  ...pagination,
  active: boolean(),
  created: timeRange(),
  currency: currency(),
  lookup_keys: arrayOf(text()),
  product: text(),
  recurring: hash({
    interval: oneOf('day', 'month', 'week', 'year'),
    meter: text(),
    usage_type: oneOf('licensed', 'metered'),
  }),
  type: oneOf('one_time', 'recurring'),
};

export const priceRoutes: Route[] = [
  route('POST', '/v1/prices', { fields: created, handle: create }),
  route('GET', '/v1/prices', { fields: listed, handle: list }),
  route('GET', '/v1/prices/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/prices/:id', { fields: updated, handle: update }),
];

function find(call: Call<unknown>): Price {
  return found(call.world.store.prices, 'price', call.ids[0]!);
}

/** Stripe also makes a plan of a recurring price and tells of it; the sandbox has no plans. */
function create({ turn, params }: Call<Values<typeof created>>): Price {
  const values = priceValues(params);
  const product = productOf(turn, params);
  takeLookupKey(turn, params);
  if (typeof product !== 'string') emit(turn, 'product.created', makeProduct(turn, product));
  const price = makePrice(turn, {
    ...values,
    active: params.active ?? true,
    lookup_key: params.lookup_key ?? null,
    nickname: params.nickname ?? null,
    product: typeof product === 'string' ? product : product.id,
  });
  emit(turn, 'price.created', price);
  return price;
}

/** The id of a product that is there, or what to make one of. */
function productOf(
  turn: Turn,
  params: Values<typeof created>,
): string | (Partial<Product> & Pick<Product, 'id' | 'name'>) {
  const { product, product_data: data } = params;
  if ((product === undefined) === (data === undefined)) {
    throw product === undefined
      ? invalidRequest(
          'You must specify either `product` or `product_data` when creating a price.',
          'parameter_missing',
          'product',
        )
      : invalidRequest(
          'You may only specify one of these parameters: product, product_data.',
          'parameters_exclusive',
          'product_data',
        );
  }
  const { products } = turn.world.store;
  if (product !== undefined) {
    if (products.get(product) === undefined) throw missingResource('product', product, 'product');
    return product;
  }
  const { metadata: more, tax_details: tax, id, ...rest } = data!;
  return {
    ...rest,
    id: id ?? turn.world.ids.short('prod'),
    metadata: mergeMetadata({}, more),
    ...(tax !== undefined && {
      tax_details: { performance_location: tax.performance_location ?? null, tax_code: tax.tax_code ?? null },
    }),
  };
}

function update(call: Call<Values<typeof updated>>): Price {
  const { turn, world, params } = call;
  const price = find(call);
  const { expand: _, metadata: more, transfer_lookup_key: __, tax_behavior: behaviour, ...plain } = params;
  const isFixed = price.tax_behavior !== 'unspecified' && behaviour !== undefined;
  if (isFixed && behaviour !== price.tax_behavior) {
    throw invalidRequest(
      'You cannot change `tax_behavior` once it is set to `inclusive` or `exclusive`.',
      undefined,
      'tax_behavior',
    );
  }
  takeLookupKey(turn, params, price);
  const changes: Partial<Price> = {
    ...plain,
    ...(behaviour !== undefined && { tax_behavior: behaviour }),
    ...(more !== undefined && { metadata: mergeMetadata(price.metadata, more) }),
  };
  return change(turn, world.store.prices, price, changes, 'price.updated');
}

/** A lookup key names one price; it moves to another only when told to. */
function takeLookupKey(
  turn: Turn,
  params: { lookup_key?: string | null; transfer_lookup_key?: boolean },
  own?: Price,
): void {
  const key = params.lookup_key;
  if (!key) return;
  const { prices } = turn.world.store;
  for (const holder of prices.newestFirst()) {
    if (holder.lookup_key !== key || holder === own) continue;
    if (params.transfer_lookup_key !== true) {
      throw invalidRequest(
        `A price (\`${holder.id}\`) already uses that lookup key.`,
        undefined,
        'lookup_key',
      );
    }
    change(turn, prices, holder, { lookup_key: null }, 'price.updated');
  }
}

function list({ world, params }: Call<Values<typeof listed>>): object {
  const { recurring } = params;
  return listPage(
    world.store.prices,
    '/v1/prices',
    params,
    (price) =>
      isWithin(params.created, price.created) &&
      (['active', 'currency', 'product', 'type'] as const).every(
        (key) => params[key] === undefined || price[key] === params[key],
      ) &&
      (params.lookup_keys?.includes(price.lookup_key ?? '') ?? true) &&
      (recurring === undefined ||
        (price.recurring !== null &&
          (['interval', 'meter', 'usage_type'] as const).every(
            (key) => recurring[key] === undefined || price.recurring?.[key] === recurring[key],
          ))),
  );
}
