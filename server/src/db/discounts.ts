import type { DiscountState } from '@paydesk/contract/admin/discounts';
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { cataloguePageSize } from './catalogue.ts';
import { escapeLike } from './products.ts';
import type { Schema, Tx } from './schema.ts';

/** Discount codes as the operators keep them. What a purchase reads and writes of them is in rates.ts. */

export type DiscountRow = Selectable<Schema['discounts']>;

type Wanted = { q?: string | undefined; state?: DiscountState | undefined; now: number };

/** One page by code, one row longer than a page where there is more in that direction. */
export async function listDiscounts(
  db: Kysely<Schema>,
  { q, state, now }: Wanted,
  from: { after?: string; before?: string },
): Promise<DiscountRow[]> {
  let rows = db.selectFrom('discounts').selectAll();
  for (const word of (q ?? '').split(/\s+/).filter(Boolean)) {
    const part = `%${escapeLike(word.toUpperCase())}%`;
    rows = rows.where(sql<boolean>`(code LIKE ${part} ESCAPE '!' OR UPPER(note) LIKE ${part} ESCAPE '!')`);
  }
  if (state) rows = rows.where(inState[state](now));
  if (from.after !== undefined) rows = rows.where('code', '>', from.after);
  if (from.before !== undefined) rows = rows.where('code', '<', from.before);
  const backwards = from.before !== undefined;
  const found = await rows
    .orderBy('code', backwards ? 'desc' : 'asc')
    .limit(cataloguePageSize + 1)
    .execute();
  return backwards ? found.reverse() : found;
}

/** What `discountState` says of a row, in SQL: the first that applies, from the top. */
const inState: Record<DiscountState, (now: number) => RawBuilder<boolean>> = {
  ended: (now) => sql`ends_at <= ${now}`,
  scheduled: (now) => sql`starts_at > ${now} AND COALESCE(ends_at > ${now}, TRUE)`,
  used_up: (now) =>
    sql`uses >= max_uses AND COALESCE(ends_at > ${now}, TRUE) AND COALESCE(starts_at <= ${now}, TRUE)`,
  active: (now) =>
    sql`COALESCE(uses < max_uses, TRUE) AND COALESCE(ends_at > ${now}, TRUE) AND COALESCE(starts_at <= ${now}, TRUE)`,
};

export function stateOf(row: DiscountRow, now: number): DiscountState {
  if (row.ends_at !== null && row.ends_at <= now) return 'ended';
  if (row.starts_at !== null && row.starts_at > now) return 'scheduled';
  return row.max_uses !== null && row.uses >= row.max_uses ? 'used_up' : 'active';
}

export async function findDiscountRow(db: Kysely<Schema>, code: string): Promise<DiscountRow | undefined> {
  return await db.selectFrom('discounts').selectAll().where('code', '=', code).executeTakeFirst();
}

/** Locked, so that no purchase uses the code meanwhile. */
export async function lockDiscountRow(tx: Tx, code: string): Promise<DiscountRow | undefined> {
  return await tx.selectFrom('discounts').selectAll().where('code', '=', code).forUpdate().executeTakeFirst();
}

/** False where there is such a code already. */
export async function insertDiscount(tx: Tx, row: DiscountRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('discounts')
    .values(row)
    .onConflict((conflict) => conflict.column('code').doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows ?? 0) === 1;
}

export async function updateDiscount(
  tx: Tx,
  row: DiscountRow,
  changes: Partial<DiscountRow>,
): Promise<DiscountRow> {
  const all = { ...changes, version: row.version + 1 };
  await tx.updateTable('discounts').set(all).where('code', '=', row.code).execute();
  return { ...row, ...all };
}
