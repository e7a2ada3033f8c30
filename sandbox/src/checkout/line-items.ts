/** Line items made in place with `price_data`: each makes a product and a price of its own, as Stripe does. */
import { isCurrency } from '../money.ts';
import type { LineItem, Price, Product } from '../objects.ts';
import { currency, mergeMetadata, metadata } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, missingResource } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { arrayOf, hash, integer, oneOf, required, text, unbuilt } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';

const MOST_LINE_ITEMS = 100;

const fields = {
  adjustable_quantity: unbuilt(),
  metadata: metadata(),
  price: text(),
  price_data: hash({
    currency: required(currency()),
    product: text(),
    product_data: hash({
      name: required(text()),
      description: text(),
      images: arrayOf(text()),
      metadata: metadata(),
      tax_code: text(),
      tax_details: unbuilt(),
      unit_label: text(),
    }),
    recurring: unbuilt(),
    tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
    unit_amount: integer(0),
    unit_amount_decimal: unbuilt(),
  }),
  quantity: integer(0),
  tax_rates: unbuilt(),
  dynamic_tax_rates: unbuilt(),
};
export const lineItemsParameter = arrayOf(hash(fields));
type LineItemInput = Values<typeof fields>;
type PriceData = NonNullable<LineItemInput['price_data']>;

/**
 * Their total in minor units.
 * @throws ApiError 400 for a missing price, quantity or currency, or for items in several currencies
 */
export function checkLineItems(inputs: readonly LineItemInput[]): number {
  if (inputs.length === 0) throw missingParameter('line_items');
  if (inputs.length > MOST_LINE_ITEMS) {
    throw invalidRequest(`At most ${MOST_LINE_ITEMS} line items can be given.`, undefined, 'line_items');
  }
  inputs.forEach((input, index) => {
    check(input, `line_items[${index}]`, inputs[0]!.price_data?.currency);
  });
  return inputs.reduce((sum, { price_data, quantity }) => sum + price_data!.unit_amount! * quantity!, 0);
}

/** Makes items of inputs that were checked. */
export function buildLineItems(turn: Turn, inputs: readonly LineItemInput[]): LineItem[] {
  return inputs.map((input) => build(turn, input));
}

function check(input: LineItemInput, name: string, firstCurrency: string | undefined): void {
  if (input.price !== undefined) throw missingResource('price', input.price, `${name}[price]`);
  const data = input.price_data;
  if (data === undefined) throw missingParameter(`${name}[price_data]`);
  if (data.product !== undefined) {
    throw missingResource('product', data.product, `${name}[price_data][product]`);
  }
  if (data.product_data === undefined) throw missingParameter(`${name}[price_data][product_data]`);
  if (data.unit_amount === undefined) throw missingParameter(`${name}[price_data][unit_amount]`);
  if (input.quantity === undefined) throw missingParameter(`${name}[quantity]`);
  if (!isCurrency(data.currency)) {
    const message = `Invalid currency: ${data.currency.slice(0, 40)}`;
    throw invalidRequest(message, undefined, `${name}[price_data][currency]`);
  }
  if (data.currency !== firstCurrency) {
    throw invalidRequest(
      'All line items must have the same currency.',
      undefined,
      `${name}[price_data][currency]`,
    );
  }
}

function build(turn: Turn, input: LineItemInput): LineItem {
  const data = input.price_data!;
  const product = buildProduct(turn, data);
  const price = buildPrice(turn, data, product);
  const amount = price.unit_amount! * input.quantity!;
  return {
    id: turn.world.ids.object('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: data.currency,
    description: product.name,
    metadata: mergeMetadata({}, input.metadata),
    price,
    quantity: input.quantity!,
  };
}

/** Stripe keeps products made in place out of the catalogue (`active: false`). */
function buildProduct(turn: Turn, data: PriceData): Product {
  const given = data.product_data!;
  const product: Product = {
    id: turn.world.ids.short('prod'),
    object: 'product',
    active: false,
    created: turn.now,
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata({}, given.metadata),
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: given.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: given.unit_label ?? null,
    updated: turn.now,
    url: null,
  };
  save(turn, turn.world.store.products, product, 'created');
  return product;
}

function buildPrice(turn: Turn, data: PriceData, product: Product): Price {
  return {
    id: turn.world.ids.object('price'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: turn.now,
    currency: data.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: product.id,
    recurring: null,
    tax_behavior: data.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: data.unit_amount!,
    unit_amount_decimal: String(data.unit_amount!),
  };
}
