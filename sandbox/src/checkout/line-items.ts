/** Line items: of a price of the catalogue, or of one made in place with `price_data`, as Stripe does. */
import { times } from '../catalogue/amounts.ts';
import { priceValues } from '../catalogue/price-input.ts';
import { makePrice, makeProduct } from '../catalogue/products.ts';
import type { LineItem, Price, TaxRate } from '../objects.ts';
import { type MetadataChange, mergeMetadata } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, missingResource } from '../wire/errors.ts';
import type { Turn } from '../world.ts';
import type { LineItemInput, PriceData } from './line-item-parameters.ts';
import { checkWithin, readAdjustable } from './quantity.ts';

const MOST_LINE_ITEMS = 100;

/** An item as it was asked for, checked: making it cannot fail any more. */
export interface Line {
  /** The item it continues. */
  item: LineItem | null;
  price: Pick<Price, 'currency' | 'unit_amount_decimal'>;
  /** Null when price and product are made with the item. */
  catalogued: Price | null;
  data: PriceData | null;
  /** Null when the product is made with the item. */
  product: string | null;
  quantity: number;
  adjustable: LineItem['adjustable_quantity'];
  taxRates: TaxRate[];
  metadata: MetadataChange | undefined;
}

/**
 * @param items those of the session, when it is there already
 * @throws ApiError 400 for a missing price, quantity or currency, or for items in several currencies
 */
export function readLines(turn: Turn, inputs: readonly LineItemInput[], items: LineItem[] = []): Line[] {
  if (inputs.length === 0) throw missingParameter('line_items');
  if (inputs.length > MOST_LINE_ITEMS) {
    throw invalidRequest(`At most ${MOST_LINE_ITEMS} line items can be given.`, undefined, 'line_items');
  }
  const lines = inputs.map((input, index) => readLine(turn, input, `line_items[${index}]`, items));
  const first = (items[0] ?? lines[0]!.price).currency;
  lines.forEach(({ price, data }, index) => {
    if (price.currency === first) return;
    const name = `line_items[${index}]${data === null ? '[price]' : '[price_data][currency]'}`;
    throw invalidRequest('All line items must have the same currency.', undefined, name);
  });
  return lines;
}

/** Prices have one currency each here, so an order is in that of its items. @throws ApiError 400 for another */
export function checkPresentment(wanted: string | undefined, currency: string): void {
  if (wanted === undefined || wanted === currency) return;
  throw invalidRequest(
    `The line items are in ${currency}, and their prices have no amount in ${wanted.slice(0, 40)}.`,
    undefined,
    'currency',
  );
}

/** Minor units, before discounts and taxes. */
export function subtotalOf({ price, quantity }: Pick<Line, 'price' | 'quantity'>): number {
  return times(quantity, price.unit_amount_decimal!);
}

/** Makes or changes the items; their amounts are filled in with the session's totals. */
export function makeItems(turn: Turn, lines: readonly Line[]): LineItem[] {
  return lines.map((line) => {
    const price = line.catalogued ?? { ...makeOwnPrice(turn, line.data!) };
    const item = line.item ?? emptyItem(turn, price);
    item.price = price;
    item.description = turn.world.store.products.get(price.product)?.name ?? item.description;
    item.quantity = line.quantity;
    item.adjustable_quantity = line.adjustable;
    item.metadata = mergeMetadata(item.metadata ?? {}, line.metadata);
    keepTaxRates(turn, item, line.taxRates);
    return item;
  });
}

function readLine(turn: Turn, input: LineItemInput, name: string, items: LineItem[]): Line {
  const item = items.find(({ id }) => id === input.id) ?? null;
  if (input.id !== undefined && item === null) throw missingResource('line item', input.id, `${name}[id]`);
  const { price, catalogued, data, product } = readPrice(turn, input, name, item);
  const quantity = input.quantity ?? item?.quantity;
  if (quantity === undefined || quantity === null) throw missingParameter(`${name}[quantity]`);
  const adjustable = adjustableOf(input, item, quantity, name);
  const kept = turn.world.store.line_item_parts.get(item?.id ?? '')?.taxRates ?? [];
  const taxRates = (input.tax_rates === undefined ? kept : (input.tax_rates ?? [])).map((id, at) => {
    const rate = turn.world.store.tax_rates.get(id);
    const param = `${name}[tax_rates][${at}]`;
    if (rate === undefined) throw missingResource('tax rate', id, param);
    if (rate.active || kept.includes(id)) return rate;
    throw invalidRequest(`The tax rate ${id} is archived and takes no new use.`, undefined, param);
  });
  return { item, price, catalogued, data, product, quantity, adjustable, taxRates, metadata: input.metadata };
}

/** What an item has stays, and then the shop's new quantity must fit it too. */
function adjustableOf(
  { adjustable_quantity: given }: LineItemInput,
  item: LineItem | null,
  quantity: number,
  name: string,
): Line['adjustable'] {
  if (given !== undefined) return readAdjustable(given, quantity, name);
  checkWithin(item?.adjustable_quantity ?? null, quantity, `${name}[quantity]`);
  return item?.adjustable_quantity ?? null;
}

type PriceOfLine = Pick<Line, 'price' | 'catalogued' | 'data' | 'product'>;

function readPrice(turn: Turn, input: LineItemInput, name: string, item: LineItem | null): PriceOfLine {
  if (input.price !== undefined && input.price_data !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: price, price_data.',
      'parameters_exclusive',
      `${name}[price_data]`,
    );
  }
  if (input.price_data !== undefined) return readPriceData(turn, input.price_data, name);
  if (input.price === undefined && item === null) throw missingParameter(`${name}[price_data]`);
  const price = input.price === undefined ? item!.price : readCatalogued(turn, input.price, name);
  return { price, catalogued: price, data: null, product: price.product };
}

function readCatalogued(turn: Turn, id: string, name: string): Price {
  const price = turn.world.store.prices.get(id);
  const param = `${name}[price]`;
  if (price === undefined) throw missingResource('price', id, param);
  if (!price.active) {
    const message = 'The price specified is inactive. This field only accepts active prices.';
    throw invalidRequest(message, undefined, param);
  }
  if (price.recurring !== null) throw recurringPrice(param);
  if (turn.world.store.products.get(price.product)?.active === false) {
    throw invalidRequest(
      `Price \`${id}\` is not available to be purchased because its product is not active.`,
      undefined,
      param,
    );
  }
  // The item keeps the price as it was.
  return { ...price };
}

function readPriceData(turn: Turn, data: PriceData, name: string): PriceOfLine {
  const prefix = `${name}[price_data]`;
  const { product = null } = data;
  if (product !== null && turn.world.store.products.get(product) === undefined) {
    throw missingResource('product', product, `${prefix}[product]`);
  }
  if ((product === null) === (data.product_data === undefined)) {
    if (product === null) throw missingParameter(`${prefix}[product_data]`);
    throw invalidRequest(
      'You may only specify one of these parameters: product, product_data.',
      'parameters_exclusive',
      `${prefix}[product_data]`,
    );
  }
  if (data.recurring !== undefined) throw recurringPrice(`${prefix}[recurring]`);
  const { currency, unit_amount_decimal = null } = priceValues(data, prefix);
  return { price: { currency, unit_amount_decimal }, catalogued: null, data, product };
}

function recurringPrice(param: string): Error {
  return invalidRequest(
    'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
    undefined,
    param,
  );
}

/** Stripe keeps what is made in place out of the catalogue (`active: false`). That it tells of it is not verified. */
function makeOwnPrice(turn: Turn, data: PriceData): Price {
  const values = priceValues(data);
  if (data.product !== undefined) return makePrice(turn, { ...values, active: false, product: data.product });
  const { metadata, tax_details: tax, ...given } = data.product_data!;
  const product = makeProduct(turn, {
    ...given,
    active: false,
    metadata: mergeMetadata({}, metadata),
    ...(tax !== undefined && {
      tax_details: { performance_location: tax.performance_location ?? null, tax_code: tax.tax_code ?? null },
    }),
  });
  return makePrice(turn, { ...values, active: false, product: product.id });
}

function emptyItem(turn: Turn, price: Price): LineItem {
  return {
    id: turn.world.ids.object('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: 0,
    amount_tax: 0,
    amount_total: 0,
    currency: price.currency,
    description: null,
    metadata: {},
    price,
    quantity: 0,
  };
}

function keepTaxRates(turn: Turn, item: LineItem, rates: readonly TaxRate[]): void {
  const { line_item_parts: parts } = turn.world.store;
  const known = parts.get(item.id);
  if (rates.length === 0 && known === undefined) return;
  parts.put({ id: item.id, discounts: [], taxes: [], ...known, taxRates: rates.map(({ id }) => id) });
}
