import { productLimits } from '@paydesk/contract/admin/product-limits';
import type {
  AdminProduct,
  ArchiveRequest,
  NewProduct,
  ProductChange,
} from '@paydesk/contract/admin/products';
import {
  allCategories,
  fieldsOf,
  insertProduct,
  isSlugTaken,
  lastPosition,
  lockProduct,
  newProductRow,
  updateProductFields,
} from '../../db/catalogue.ts';
import type { ProductRow } from '../../db/products.ts';
import type { Tx } from '../../db/schema.ts';
import {
  type Category,
  categoryNamed,
  changedFields,
  normalText,
  type ProductFields,
  slugOf,
} from '../../domain/product.ts';
import { AppError } from '../errors.ts';
import type { App } from '../ports.ts';
import { firstMovement } from './move-stock.ts';
import { presentProduct } from './present-product.ts';
import { recordChange } from './record-change.ts';

/**
 * Adds a product. It is not sold before somebody says so.
 *
 * @throws AppError slug_taken, slug_required, category_not_usable, price_currency_differs
 */
export async function createProduct(app: App, wanted: NewProduct, by: string): Promise<AdminProduct> {
  const slug = wanted.slug ?? slugOf(wanted.name, productLimits.slug);
  if (slug === '') throw new AppError('slug_required');
  const price = priceOf(app, wanted.price);
  const id = app.ids.next('prod');
  const row = await unlessTaken(app, slug, () =>
    app.database.transaction(async (tx) => {
      if (await isSlugTaken(tx, slug)) throw new AppError('slug_taken');
      const fields: ProductFields = {
        slug,
        name: wanted.name,
        description: normalText(wanted.description ?? ''),
        attribute: wanted.attribute ?? '',
        category: await categoryOf(tx, wanted.category),
        price,
        position: wanted.position ?? (await lastPosition(tx)) + 1,
        active: wanted.active ?? false,
      };
      const made = newProductRow(id, fields, wanted.onHand ?? 0);
      await insertProduct(tx, made);
      await recordChange(app, tx, { objectId: id, by, what: 'created', fields: [] });
      await firstMovement(app, tx, made, { by, reason: 'The product was added.' });
      return made;
    }),
  );
  app.log.info({ productId: id, slug }, 'product added');
  return presentProduct(app, row);
}

/**
 * Changes what is given, and nothing else. Orders keep what they froze.
 *
 * @throws AppError product_not_found, product_changed, product_archived, slug_taken, category_not_usable,
 *   price_currency_differs
 */
export async function changeProduct(
  app: App,
  id: string,
  { version, category, price, ...wanted }: ProductChange,
  by: string,
): Promise<AdminProduct> {
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  if (wanted.description !== undefined) given.description = normalText(wanted.description);
  if (price !== undefined) given.price = priceOf(app, price);
  const change = () =>
    app.database.transaction(async (tx) => {
      const row = await lockVersion(tx, id, version);
      if (row.archived_at !== null) throw new AppError('product_archived');
      const before = fieldsOf(row);
      const after: ProductFields = { ...before, ...given };
      if (category !== undefined) after.category = await categoryOf(tx, category);
      const fields = changedFields(before, after);
      if (fields.length === 0) return row;
      if (after.slug !== before.slug && (await isSlugTaken(tx, after.slug))) throw new AppError('slug_taken');
      const changed = await updateProductFields(tx, row, after);
      await recordChange(app, tx, { objectId: id, by, what: 'changed', fields });
      return changed;
    });
  return presentProduct(app, await unlessTaken(app, wanted.slug, change));
}

/** Takes a product out of sale and out of sight, or brings it back, not for sale yet. Orders refer to it, so it stays. */
export async function archiveProduct(
  app: App,
  id: string,
  { version, archived }: ArchiveRequest,
  by: string,
): Promise<AdminProduct> {
  const row = await app.database.transaction(async (tx) => {
    const found = await lockVersion(tx, id, version);
    if ((found.archived_at !== null) === archived) return found;
    const fields = { ...fieldsOf(found), active: false };
    const changed = await updateProductFields(tx, found, fields, archived ? app.clock.now() : null);
    await recordChange(app, tx, {
      objectId: id,
      by,
      what: archived ? 'archived' : 'restored',
      fields: changedFields(fieldsOf(found), fields),
    });
    return changed;
  });
  return presentProduct(app, row);
}

/** The product under its lock, if it is still as the caller saw it. */
export async function lockVersion(tx: Tx, id: string, version: number): Promise<ProductRow> {
  const row = await lockProduct(tx, id);
  if (!row) throw new AppError('product_not_found');
  if (row.version !== version) throw new AppError('product_changed', { details: { version: row.version } });
  return row;
}

async function categoryOf(tx: Tx, name: string): Promise<Category> {
  const category = categoryNamed(name, await allCategories(tx));
  if (!category) throw new AppError('category_not_usable');
  return category;
}

function priceOf(app: App, price: NewProduct['price']): number {
  if (price.currency !== app.shop.currency)
    throw new AppError('price_currency_differs', { details: { currency: app.shop.currency } });
  return price.amount;
}

/** Two who take the same address at the same moment: the table refuses one of them, which is no fault of ours. */
async function unlessTaken<T>(app: App, slug: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError || slug === undefined || app.database.isUnavailable(error)) throw error;
    if (await isSlugTaken(app.database.read, slug)) throw new AppError('slug_taken', { cause: error });
    throw error;
  }
}
