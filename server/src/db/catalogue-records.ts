import type { Kysely } from 'kysely';
import type { Schema, Tx } from './schema.ts';

export type StockMovementRow = Schema['stock_movements'];
export type CatalogueChangeRow = Schema['catalogue_changes'];

export async function insertMovement(tx: Tx, row: StockMovementRow): Promise<void> {
  await tx.insertInto('stock_movements').values(row).execute();
}

/** What operators did to the stock of a product, newest first. */
export async function listMovements(
  db: Kysely<Schema>,
  productId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<StockMovementRow[]> {
  let rows = db.selectFrom('stock_movements').selectAll().where('product_id', '=', productId);
  if (before !== null) rows = rows.where('id', '<', before);
  return await rows.orderBy('id', 'desc').limit(limit).execute();
}

export async function findMovement(
  db: Kysely<Schema>,
  productId: string,
  id: string,
): Promise<StockMovementRow | undefined> {
  return await db
    .selectFrom('stock_movements')
    .selectAll()
    .where('product_id', '=', productId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function insertChange(tx: Tx, row: CatalogueChangeRow): Promise<void> {
  await tx.insertInto('catalogue_changes').values(row).execute();
}

/** What operators changed about a product or a code, newest first. */
export async function listChanges(
  db: Kysely<Schema>,
  objectId: string,
  limit: number,
): Promise<CatalogueChangeRow[]> {
  return await db
    .selectFrom('catalogue_changes')
    .selectAll()
    .where('object_id', '=', objectId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
