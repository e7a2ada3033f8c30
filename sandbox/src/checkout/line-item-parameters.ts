/** The parameters of line items (`Checkout.SessionCreateParams.LineItem` and `SessionUpdateParams.LineItem`). */
import { priceFields, productDataFields } from '../catalogue/price-input.ts';
import { metadata } from '../wire/common-parameters.ts';
import type { Values } from '../wire/schema.ts';
import { arrayOf, emptyable, hash, integer, text } from '../wire/schema.ts';
import { adjustableQuantityParameter } from './quantity.ts';

export const priceDataParameter = hash({
  ...priceFields,
  product: text(),
  product_data: hash({
    ...productDataFields,
    description: text(40_000),
    images: arrayOf(text(2_048)),
  }),
});

const fields = {
  adjustable_quantity: adjustableQuantityParameter,
  metadata: metadata(),
  price: text(),
  price_data: priceDataParameter,
  quantity: integer(0),
  tax_rates: emptyable(arrayOf(text())),
};

export const lineItemsParameter = arrayOf(hash(fields));
/** An `id` keeps an item that is there; what is not given of it stays. */
export const lineItemChangesParameter = arrayOf(hash({ ...fields, id: text() }));

export type LineItemInput = Values<typeof fields> & { id?: string };
export type PriceData = NonNullable<LineItemInput['price_data']>;
