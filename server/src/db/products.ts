import type { Product, ProductImage, ProductQuery } from '@paydesk/contract/catalogue';
import { productPageSize } from '@paydesk/contract/catalogue';
import type { Currency } from '@paydesk/contract/money';
import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import type { Minor } from '../domain/money.ts';
import type { CartLine } from '../domain/pricing.ts';
import { perShape, prepared } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type ProductRow = Selectable<Schema['products']>;

/** What pricing and holding need of a product. */
export type StockedProduct = Pick<
  ProductRow,
  'id' | 'slug' | 'name' | 'attribute' | 'images_json' | 'price' | 'on_hand' | 'reserved'
>;

const stockedColumns = [
  'id',
  'slug',
  'name',
  'attribute',
  'images_json',
  'price',
  'on_hand',
  'reserved',
] as const;

export function availableOf(product: { on_hand: number; reserved: number }): number {
  return product.on_hand - product.reserved;
}

export function firstImage(product: { images_json: string }): ProductImage | null {
  return (JSON.parse(product.images_json) as ProductImage[])[0] ?? null;
}

/** The products of a cart that are sold at all, without locking them. */
export async function findStocked(db: Kysely<Schema>, ids: string[]): Promise<StockedProduct[]> {
  return await db
    .selectFrom('products')
    .select(stockedColumns)
    .where('id', 'in', ids)
    .where('active', '=', 1)
    .execute();
}

type Ids = Record<`id${number}`, string>;
type Quantities = Ids & Record<`quantity${number}`, number>;

const selectLocked = perShape((count: number) =>
  prepared<Ids, StockedProduct>((db, ids) =>
    db
      .selectFrom('products')
      .select(stockedColumns)
      .where('id', 'in', idsOf(ids, count))
      .where('active', '=', 1)
      .orderBy('id')
      .forUpdate(),
  ),
);

/** The products of a cart, locked. Always in id order, so that two carts never wait for each other in a ring. */
export async function lockStocked(tx: Tx, lines: readonly CartLine[]): Promise<StockedProduct[]> {
  const ids = Object.fromEntries(lines.map((line, index) => [`id${index}`, line.productId]));
  return (await selectLocked(lines.length)(tx, ids)).rows;
}

const hold = perShape((count: number) =>
  prepared<Quantities>((db, values) =>
    db
      .updateTable('products')
      .set({ reserved: sql<number>`reserved + ${quantityOf(values, count)}` })
      .where('id', 'in', idsOf(values, count)),
  ),
);

const sell = perShape((count: number) =>
  prepared<Quantities>((db, values) => {
    const quantity = quantityOf(values, count);
    return db
      .updateTable('products')
      .set({ reserved: sql<number>`reserved - ${quantity}`, on_hand: sql<number>`on_hand - ${quantity}` })
      .where('id', 'in', lockedInOrder(db, values, count));
  }),
);

const release = perShape((count: number) =>
  prepared<Quantities>((db, values) =>
    db
      .updateTable('products')
      .set({ reserved: sql<number>`reserved - ${quantityOf(values, count)}` })
      .where('id', 'in', lockedInOrder(db, values, count)),
  ),
);

/**
 * Sets stock aside for all lines. The caller has looked under the lock whether there is enough; should it be wrong, the
 * table's CHECK fails and with it the transaction.
 */
export async function holdStock(tx: Tx, lines: readonly CartLine[]): Promise<void> {
  await hold(lines.length)(tx, quantitiesIn(lines));
}

/** Turns held units into sold ones. */
export async function sellHeldStock(tx: Tx, lines: readonly CartLine[]): Promise<void> {
  await sell(lines.length)(tx, quantitiesIn(lines));
}

/** Gives held units back. */
export async function releaseHeldStock(tx: Tx, lines: readonly CartLine[]): Promise<void> {
  await release(lines.length)(tx, quantitiesIn(lines));
}

function quantitiesIn(lines: readonly CartLine[]): Quantities {
  const values: Quantities = {};
  lines.forEach((line, index) => {
    values[`id${index}`] = line.productId;
    values[`quantity${index}`] = line.quantity;
  });
  return values;
}

/** The rows to change, locked in id order before the first is changed: an UPDATE alone locks in any order it likes. */
function lockedInOrder(db: Kysely<Schema>, ids: Ids, count: number) {
  return db
    .selectFrom('products')
    .select('id')
    .where('id', 'in', idsOf(ids, count))
    .orderBy('id')
    .forUpdate();
}

function idsOf(ids: Ids, count: number): string[] {
  return Array.from({ length: count }, (_, index) => ids[`id${index}`]!);
}

/** CASE id WHEN … THEN … END: one statement for all lines. */
function quantityOf(values: Quantities, count: number) {
  const cases = Array.from(
    { length: count },
    (_, index) => sql`WHEN ${values[`id${index}`]} THEN CAST(${values[`quantity${index}`]} AS INTEGER)`,
  );
  return sql<number>`CASE id ${sql.join(cases, sql` `)} ELSE 0 END`;
}

export async function findProductBySlug(db: Kysely<Schema>, slug: string): Promise<ProductRow | undefined> {
  return await db
    .selectFrom('products')
    .selectAll()
    .where('slug', '=', slug)
    .where('active', '=', 1)
    .executeTakeFirst();
}

export type ProductPage = { rows: ProductRow[]; total: number; next: string | null };

/** One page of the catalogue. Sold-out products come last within every order. */
export async function listProducts(db: Kysely<Schema>, query: ProductQuery): Promise<ProductPage> {
  const limit = query.limit ?? productPageSize;
  const offset = offsetOf(query.after);
  const matching = filtered(db.selectFrom('products'), query);
  const [{ total }, rows] = await Promise.all([
    matching.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    ordered(matching.selectAll(), query.sort).limit(limit).offset(offset).execute(),
  ]);
  const end = offset + rows.length;
  return { rows, total: Number(total), next: end < Number(total) && rows.length > 0 ? String(end) : null };
}

export async function listCategories(
  db: Kysely<Schema>,
): Promise<{ slug: string; name: string; count: number }[]> {
  const rows = await db
    .selectFrom('products')
    .select(['category_slug as slug', 'category_name as name'])
    .select((e) => [e.fn.countAll<number>().as('count'), e.fn.min('position').as('first')])
    .where('active', '=', 1)
    .groupBy(['category_slug', 'category_name'])
    .orderBy('first')
    .execute();
  return rows.map(({ slug, name, count }) => ({ slug, name, count: Number(count) }));
}

type ProductsQuery<O> = SelectQueryBuilder<Schema, 'products', O>;

function filtered<O>(from: ProductsQuery<O>, query: ProductQuery): ProductsQuery<O> {
  let rows = from.where('active', '=', 1);
  if (query.category) rows = rows.where('category_slug', '=', query.category);
  if (query.in_stock) rows = rows.where(sql<boolean>`on_hand > reserved`);
  for (const word of (query.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)) {
    rows = rows.where(sql<boolean>`search_text LIKE ${`%${escapeLike(word)}%`} ESCAPE '!'`);
  }
  return rows;
}

function ordered<O>(rows: ProductsQuery<O>, sort: ProductQuery['sort']): ProductsQuery<O> {
  const soldOutLast = rows.orderBy(sql`CASE WHEN on_hand > reserved THEN 0 ELSE 1 END`);
  switch (sort) {
    case 'price-asc':
      return soldOutLast.orderBy('price').orderBy('id');
    case 'price-desc':
      return soldOutLast.orderBy('price', 'desc').orderBy('id');
    case 'name':
      return soldOutLast.orderBy('name').orderBy('id');
    default:
      return soldOutLast.orderBy('position').orderBy('id');
  }
}

/** An unknown cursor means the first page. */
function offsetOf(cursor: string | undefined): number {
  return cursor && /^\d{1,6}$/.test(cursor) ? Number(cursor) : 0;
}

export function escapeLike(word: string): string {
  return word.replace(/[!%_]/g, (character) => `!${character}`);
}

export function toProduct(row: ProductRow, currency: Currency): Product {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    attribute: row.attribute,
    category: { slug: row.category_slug, name: row.category_name },
    images: JSON.parse(row.images_json) as ProductImage[],
    price: { amount: row.price, currency },
    stock: availableOf(row),
  };
}

/** Minor units by product id. */
export function pricesOf(products: readonly StockedProduct[]): Map<string, Minor> {
  return new Map(products.map((product) => [product.id, product.price]));
}
