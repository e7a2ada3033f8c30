import { lowStock } from '@paydesk/contract/admin/product-limits';
import type { AdminProductsQuery } from '@paydesk/contract/admin/products';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { type Category, type ProductFields, searchTextOf } from '../domain/product.ts';
import { escapeLike, type ProductRow } from './products.ts';
import type { Schema, Tx } from './schema.ts';

/** Products as the operators keep them. What a purchase reads and writes of them is in products.ts. */

export const cataloguePageSize = 50;

export type Place = { position: number; id: string };

/** One page in the “featured” order, one row longer than a page where there is more in that direction. */
export async function listCatalogue(
  db: Kysely<Schema>,
  query: AdminProductsQuery,
  from: { after: Place } | { before: Place } | null,
): Promise<ProductRow[]> {
  let rows = filtered(db.selectFrom('products').selectAll(), query);
  const backwards = from !== null && 'before' in from;
  if (from !== null) {
    const { position, id } = 'after' in from ? from.after : from.before;
    rows = rows.where(
      backwards
        ? sql<boolean>`(position, id) < (${position}, ${id})`
        : sql<boolean>`(position, id) > (${position}, ${id})`,
    );
  }
  const direction = backwards ? 'desc' : 'asc';
  const found = await rows
    .orderBy('position', direction)
    .orderBy('id', direction)
    .limit(cataloguePageSize + 1)
    .execute();
  return backwards ? found.reverse() : found;
}

function filtered<O>(
  from: SelectQueryBuilder<Schema, 'products', O>,
  { q, state, category }: AdminProductsQuery,
): SelectQueryBuilder<Schema, 'products', O> {
  let rows = from.where('archived_at', state === 'archived' ? 'is not' : 'is', null);
  if (state === 'active' || state === 'hidden') rows = rows.where('active', '=', state === 'active' ? 1 : 0);
  if (state === 'sold_out') rows = rows.where(sql<boolean>`on_hand <= reserved`);
  if (state === 'low')
    rows = rows.where(
      sql<boolean>`on_hand > reserved AND on_hand - reserved <= CAST(${lowStock} AS INTEGER)`,
    );
  if (category) rows = rows.where('category_slug', '=', category);
  for (const word of (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)) {
    const part = `%${escapeLike(word)}%`;
    rows = rows.where(sql<boolean>`(search_text LIKE ${part} ESCAPE '!' OR slug LIKE ${part} ESCAPE '!')`);
  }
  return rows;
}

/** All categories that a product has, archived ones too, so that a name is not given to two of them. */
export async function allCategories(db: Kysely<Schema>): Promise<Category[]> {
  return await db
    .selectFrom('products')
    .select(['category_slug as slug', 'category_name as name'])
    .groupBy(['category_slug', 'category_name'])
    .orderBy((e) => e.fn.min('position'))
    .orderBy('category_slug')
    .execute();
}

export async function findProduct(db: Kysely<Schema>, id: string): Promise<ProductRow | undefined> {
  return await db.selectFrom('products').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function lockProduct(tx: Tx, id: string): Promise<ProductRow | undefined> {
  return await tx.selectFrom('products').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Names in one statement: always as many, so that there is one text of it to remember. */
const namesAtOnce = 100;

/** Those of the slugs that exist. */
export async function findProductsNamed(db: Kysely<Schema>, slugs: readonly string[]): Promise<ProductRow[]> {
  const rows: ProductRow[] = [];
  for (const names of inHundreds(slugs))
    rows.push(...(await db.selectFrom('products').selectAll().where('slug', 'in', names).execute()));
  return rows;
}

/** The same, locked in id order like everywhere. */
export async function lockProductsNamed(tx: Tx, slugs: readonly string[]): Promise<ProductRow[]> {
  const rows: ProductRow[] = [];
  const ids = (await findProductsNamed(tx, slugs)).map(({ id }) => id);
  for (const names of inHundreds(ids.toSorted())) {
    const some = tx.selectFrom('products').selectAll().where('id', 'in', names);
    rows.push(...(await some.orderBy('id').forUpdate().execute()));
  }
  return rows;
}

function inHundreds(names: readonly string[]): string[][] {
  const pieces = Array.from({ length: Math.ceil(names.length / namesAtOnce) }, (_, index) =>
    names.slice(index * namesAtOnce, (index + 1) * namesAtOnce),
  );
  return pieces.map((piece) => [...piece, ...Array<string>(namesAtOnce - piece.length).fill('')]);
}

export async function isSlugTaken(db: Kysely<Schema>, slug: string): Promise<boolean> {
  const row = await db.selectFrom('products').select('id').where('slug', '=', slug).executeTakeFirst();
  return row !== undefined;
}

export async function lastPosition(db: Kysely<Schema>): Promise<number> {
  const { last } = await db
    .selectFrom('products')
    .select((e) => e.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0);
}

/** Products in the “featured” order that are not archived, all of them, in pieces. */
export async function* everyProduct(db: Kysely<Schema>): AsyncGenerator<ProductRow[]> {
  let from: { after: Place } | null = null;
  for (;;) {
    const rows: ProductRow[] = await listCatalogue(db, {}, from);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    from = { after: last };
  }
}

export function fieldsOf(row: ProductRow): ProductFields {
  return {
    slug: row.slug,
    name: row.name,
    description: row.description,
    attribute: row.attribute,
    category: { slug: row.category_slug, name: row.category_name },
    price: row.price,
    position: row.position,
    active: row.active === 1,
  };
}

function columnsOf(fields: ProductFields) {
  const { slug, name, description, attribute, category, price, position, active } = fields;
  return {
    slug,
    name,
    description,
    attribute,
    category_slug: category.slug,
    category_name: category.name,
    search_text: searchTextOf(fields),
    price,
    position,
    active: active ? 1 : 0,
  };
}

export function newProductRow(id: string, fields: ProductFields, onHand: number): ProductRow {
  return {
    id,
    ...columnsOf(fields),
    images_json: '[]',
    on_hand: onHand,
    reserved: 0,
    version: 1,
    archived_at: null,
  };
}

export async function insertProduct(tx: Tx, row: ProductRow): Promise<void> {
  await tx.insertInto('products').values(row).execute();
}

/** False where its address belongs to another product. */
export async function insertProductUnlessTaken(tx: Tx, row: ProductRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('products')
    .values(row)
    .onConflict((conflict) => conflict.column('slug').doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0) === 1;
}

/** Writes the fields of a locked product, under its next version. Stock is not touched. */
export async function updateProductFields(
  tx: Tx,
  row: ProductRow,
  fields: ProductFields,
  archivedAt: number | null = row.archived_at,
): Promise<ProductRow> {
  const changes = { ...columnsOf(fields), version: row.version + 1, archived_at: archivedAt };
  await tx.updateTable('products').set(changes).where('id', '=', row.id).execute();
  return { ...row, ...changes };
}

export async function updateImages(tx: Tx, row: ProductRow, images: string): Promise<ProductRow> {
  const changes = { images_json: images, version: row.version + 1 };
  await tx.updateTable('products').set(changes).where('id', '=', row.id).execute();
  return { ...row, ...changes };
}

export async function updateOnHand(tx: Tx, row: ProductRow, onHand: number): Promise<ProductRow> {
  await tx.updateTable('products').set({ on_hand: onHand }).where('id', '=', row.id).execute();
  return { ...row, on_hand: onHand };
}
