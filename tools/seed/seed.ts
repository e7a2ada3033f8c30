import type { ProductImage } from '@paydesk/contract/catalogue';
import type { Database } from '../../server/src/db/database.ts';
import type { Schema, Tx } from '../../server/src/db/schema.ts';
import { readPart, replacePart } from '../../server/src/db/shop-settings.ts';
import { searchTextOf } from '../../server/src/domain/product.ts';
import { catalogue, categories, discounts, imageWidths, type SeedProduct } from './catalogue.ts';
import { countries } from './countries.ts';

export type SeedCounts = { products: number; countries: number; discounts: number };

/** Writes the demo shop in one transaction. Existing rows stay as they are unless `replace` is set. */
export async function seedCatalogue(database: Database, replace: boolean): Promise<SeedCounts> {
  return await database.transaction(async (tx) => {
    if (replace) await clear(tx);
    const products = await insertMissing(tx, 'products', catalogue.map(productRow), 'id');
    const rates = await insertMissing(tx, 'countries', countryRows(), 'code');
    const codes = await insertMissing(tx, 'discounts', discountRows(), 'code');
    // A shop that runs reads its rates again when their part of the settings has a new version.
    if (replace || rates > 0) await replacePart(tx, 'delivery', await readPart(tx, 'delivery'), {});
    return { products, countries: rates, discounts: codes };
  });
}

async function clear(tx: Tx): Promise<void> {
  for (const table of ['products', 'countries', 'discounts'] as const) await tx.deleteFrom(table).execute();
}

/** Row by row: a seed is small, and one statement for all of it would pass the limit on parameters. */
async function insertMissing<T extends 'products' | 'countries' | 'discounts'>(
  tx: Tx,
  table: T,
  rows: Schema[T][],
  key: string,
): Promise<number> {
  let inserted = 0;
  for (const row of rows) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto(table)
      .values(row as never)
      .onConflict((conflict) => conflict.column(key as never).doNothing())
      .executeTakeFirst();
    inserted += Number(numInsertedOrUpdatedRows ?? 0);
  }
  return inserted;
}

function productId(slug: string): string {
  return `prod_${slug}`;
}

function productRow(product: SeedProduct): Schema['products'] {
  const category = categories.find((known) => known.slug === product.category);
  if (!category) throw new Error(`${product.slug} is in an unknown category`);
  return {
    id: productId(product.slug),
    slug: product.slug,
    name: product.name,
    description: product.description,
    attribute: product.attribute,
    category_slug: category.slug,
    category_name: category.name,
    images_json: JSON.stringify(product.images.map((image) => productImage(product.slug, image))),
    search_text: searchTextOf({ ...product, category }),
    price: product.price,
    on_hand: product.stock,
    reserved: 0,
    position: product.featured,
    active: 1,
    version: 1,
    archived_at: null,
  };
}

function productImage(slug: string, image: SeedProduct['images'][number]): ProductImage {
  const path = `/images/products/${slug}-${image.view}`;
  const srcset = (format: string) =>
    imageWidths.map((width) => `${path}-${width}.${format} ${width}w`).join(', ');
  return {
    url: `${path}-800.webp`,
    alt: image.alt,
    width: 800,
    height: 1000,
    srcset: { avif: srcset('avif'), webp: srcset('webp') },
  };
}

function countryRows(): Schema['countries'][] {
  return countries.map((country) => ({
    code: country.code,
    name: country.name,
    shipping_amount: country.shippingAmount,
    free_shipping_from: country.freeShippingFrom,
    tax_basis_points: country.taxBasisPoints,
    tax_name: country.taxName,
    tax_on_shipping: country.taxOnShipping ? 1 : 0,
  }));
}

function discountRows(): Schema['discounts'][] {
  const at = (text: string | null) => (text === null ? null : Date.parse(text));
  return discounts.map((discount) => ({
    code: discount.code,
    kind: discount.kind === 'percentage' ? 'percent' : 'fixed',
    value: discount.value,
    minimum_spend: discount.minimumSpend,
    starts_at: at(discount.startsAt),
    ends_at: at(discount.endsAt),
    max_uses: discount.limitTotal,
    max_uses_per_email: discount.limitPerEmail,
    uses: 0,
    version: 1,
    note: discount.note,
  }));
}
