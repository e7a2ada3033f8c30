/** `/v1/products` (docs.stripe.com/api/products). */
import { change, checkOwnId, found } from '../catalogue/changes.ts';
import { defaultPriceFields, priceValues } from '../catalogue/price-input.ts';
import { makePrice, makeProduct } from '../catalogue/products.ts';
import type { Product } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import { expand, mergeMetadata, metadata, pagination, timeRange } from '../wire/common-parameters.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import { isWithin, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { arrayOf, boolean, emptyable, hash, integer, oneOf, required, text } from '../wire/schema.ts';
import { remove, save, type Turn } from '../world.ts';

const MOST_IMAGES = 8;
const MOST_FEATURES = 15;

const shared = {
  active: boolean(),
  description: emptyable(text(40_000)),
  expand,
  images: emptyable(arrayOf(text(2_048))),
  marketing_features: emptyable(arrayOf(hash({ name: required(text(80)) }))),
  metadata: metadata(),
  name: text(),
  package_dimensions: emptyable(
    hash({
      height: required(integer(0)),
      length: required(integer(0)),
      weight: required(integer(0)),
      width: required(integer(0)),
    }),
  ),
  shippable: boolean(),
  statement_descriptor: emptyable(text(22)),
  tax_code: emptyable(text()),
  tax_details: emptyable(hash({ performance_location: text(), tax_code: emptyable(text()) })),
  unit_label: emptyable(text(12)),
  url: emptyable(text()),
};
type Shared = Values<typeof shared>;
const created = {
  ...shared,
  default_price_data: hash(defaultPriceFields),
  id: text(),
  name: required(text()),
  type: oneOf('good', 'service'),
};

export const productRoutes: Route[] = [
  route('POST', '/v1/products', { fields: created, handle: create }),
  route('GET', '/v1/products', {
    fields: {
      ...pagination,
      active: boolean(),
      created: timeRange(),
      ids: arrayOf(text()),
      shippable: boolean(),
      type: oneOf('good', 'service'),
      url: text(),
    },
    handle: ({ world, params }) =>
      listPage(
        world.store.products,
        '/v1/products',
        params,
        (product) =>
          isWithin(params.created, product.created) &&
          (params.ids?.includes(product.id) ?? true) &&
          (['active', 'shippable', 'type', 'url'] as const).every(
            (key) => params[key] === undefined || product[key] === params[key],
          ),
      ),
  }),
  route('GET', '/v1/products/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/products/:id', {
    fields: { ...shared, default_price: emptyable(text()) },
    handle(call) {
      const product = find(call);
      const { default_price: price, ...rest } = call.params;
      if (price) checkDefaultPrice(call.turn, product, price);
      const changes = {
        ...values(rest, product.metadata),
        ...(price !== undefined && { default_price: price }),
      };
      return change(call.turn, call.world.store.products, product, changes, 'product.updated');
    },
  }),
  route('DELETE', '/v1/products/:id', { fields: {}, handle: destroy }),
];

function find(call: Call<unknown>): Product {
  return found(call.world.store.products, 'product', call.ids[0]!);
}

function create({ turn, params }: Call<Values<typeof created>>): Product {
  const { products } = turn.world.store;
  const { id, default_price_data: data, name, type, ...rest } = params;
  checkOwnId(products, 'Product', id);
  const price = data === undefined ? null : priceValues(data, 'default_price_data');
  const product = makeProduct(turn, {
    ...values(rest, {}),
    name,
    ...(id !== undefined && { id }),
    ...(type !== undefined && { type }),
  });
  emit(turn, 'product.created', product);
  if (price === null) return product;
  const made = makePrice(turn, { ...price, product: product.id });
  product.default_price = made.id;
  save(turn, products, product, 'updated');
  emit(turn, 'price.created', made);
  emit(turn, 'product.updated', product, { default_price: null });
  return product;
}

/** Only products without prices can go (docs.stripe.com/api/products/delete). */
function destroy(call: Call<unknown>): object {
  const { turn, world } = call;
  const product = find(call);
  if (world.store.prices.withIndex(product.id).length > 0) {
    throw invalidRequest('This product cannot be deleted because it has one or more user-created prices.');
  }
  remove(turn, world.store.products, product);
  emit(turn, 'product.deleted', product);
  return { id: product.id, object: 'product', deleted: true };
}

function checkDefaultPrice(turn: Turn, product: Product, id: string): void {
  const price = turn.world.store.prices.get(id);
  if (price === undefined) throw missingResource('price', id, 'default_price');
  if (price.product === product.id) return;
  throw invalidRequest('The default price must belong to this product.', undefined, 'default_price');
}

/** The parameters as the object keeps them. */
function values(
  params: Omit<Shared, 'name'> & { name?: string },
  current: Record<string, string>,
): Partial<Product> {
  const {
    expand: _,
    images,
    marketing_features: features,
    metadata: more,
    tax_details: tax,
    ...plain
  } = params;
  if ((images?.length ?? 0) > MOST_IMAGES) throw tooMany('images', MOST_IMAGES);
  if ((features?.length ?? 0) > MOST_FEATURES) throw tooMany('marketing_features', MOST_FEATURES);
  return {
    ...plain,
    ...(images !== undefined && { images: images ?? [] }),
    ...(features !== undefined && { marketing_features: features ?? [] }),
    ...(more !== undefined && { metadata: mergeMetadata(current, more) }),
    ...(tax !== undefined && {
      tax_details: tax && {
        performance_location: tax.performance_location ?? null,
        tax_code: tax.tax_code ?? null,
      },
    }),
  };
}

function tooMany(name: string, most: number): Error {
  return invalidRequest(`At most ${most} ${name} can be given.`, undefined, name);
}
