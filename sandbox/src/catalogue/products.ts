/** Making products, for the API and for line items made in place. */
import type { Price, Product } from '../objects.ts';
import { save, type Turn } from '../world.ts';

/** Keeps a product; whoever makes it for the catalogue also tells of it. */
export function makeProduct(turn: Turn, given: Partial<Product> & Pick<Product, 'name'>): Product {
  const product: Product = {
    id: turn.world.ids.short('prod'),
    object: 'product',
    active: true,
    created: turn.now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: turn.now,
    url: null,
    ...given,
  };
  save(turn, turn.world.store.products, product, 'created');
  return product;
}

/** Keeps a price; whoever makes it for the catalogue also tells of it. */
export function makePrice(turn: Turn, given: Partial<Price> & Pick<Price, 'currency' | 'product'>): Price {
  const price: Price = {
    id: turn.world.ids.object('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: turn.now,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: null,
    unit_amount_decimal: null,
    ...given,
  };
  save(turn, turn.world.store.prices, price, 'created');
  return price;
}
