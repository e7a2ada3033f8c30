import { sql } from 'kysely';
import type { Tx } from '../../src/db/schema.ts';
import type { TestShop } from './shop.ts';

type Shop = Pick<TestShop, 'app'>;

/** Every table that requests write to. */
const writtenTables = [
  'orders',
  'order_lines',
  'order_events',
  'payments',
  'inbox',
  'outbox',
  'idempotency',
  'ledger_entries',
  'breaks',
  'discount_uses',
] as const;

/** How many rows each of them has. */
export async function countRows(shop: Shop): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of writtenTables) {
    const { count } = await shop.app.database.read
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    counts[table] = Number(count);
  }
  return counts;
}

/** All that is in them, as text to search in. */
export async function everythingStored(shop: Shop): Promise<string> {
  const rows = await Promise.all(
    writtenTables.map((table) => shop.app.database.read.selectFrom(table).selectAll().execute()),
  );
  return JSON.stringify(rows);
}

export async function stockOf(shop: Shop, productId: string): Promise<{ on_hand: number; reserved: number }> {
  return await shop.app.database.read
    .selectFrom('products')
    .select(['on_hand', 'reserved'])
    .where('id', '=', productId)
    .executeTakeFirstOrThrow();
}

/** What the shop's owner does to a product, behind the shop's back. */
export async function changeProduct(
  shop: Shop,
  productId: string,
  change: { price?: number; on_hand?: number; active?: number },
): Promise<void> {
  await shop.app.database.transaction(async (tx) => {
    await tx.updateTable('products').set(change).where('id', '=', productId).execute();
  });
}

/** Runs SQL text as it is. Resolves with the rows, or rejects as the database does. */
export async function runSql(shop: Shop, text: string): Promise<unknown[]> {
  return await shop.app.database.transaction(async (tx: Tx) => (await sql.raw(text).execute(tx)).rows);
}

export type NewDiscount = {
  code: string;
  kind?: 'percent' | 'fixed';
  value?: number;
  minimum_spend?: number;
  starts_at?: number;
  ends_at?: number;
  max_uses?: number;
  max_uses_per_email?: number;
};

export async function addDiscount(shop: Shop, discount: NewDiscount): Promise<void> {
  const row = {
    kind: 'percent' as const,
    value: 1000,
    minimum_spend: 0,
    starts_at: null,
    ends_at: null,
    max_uses: null,
    max_uses_per_email: null,
    uses: 0,
    version: 1,
    note: '',
    ...discount,
  };
  await shop.app.database.transaction(async (tx) => {
    await tx.insertInto('discounts').values(row).execute();
  });
}

export async function discountUses(shop: Shop, code: string): Promise<number> {
  const row = await shop.app.database.read
    .selectFrom('discounts')
    .select('uses')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  return row.uses;
}
