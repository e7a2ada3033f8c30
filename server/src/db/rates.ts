import type { Kysely } from 'kysely';
import type { CountryRates, Discount } from '../domain/pricing.ts';
import type { Schema, Tx } from './schema.ts';

export type Country = CountryRates & { name: string };

export async function listCountries(db: Kysely<Schema>): Promise<Country[]> {
  const rows = await db.selectFrom('countries').selectAll().orderBy('name').execute();
  return rows.map((row) => ({
    code: row.code,
    name: row.name,
    shippingAmount: row.shipping_amount,
    freeShippingFrom: row.free_shipping_from,
    taxBasisPoints: row.tax_basis_points,
    taxName: row.tax_name,
    taxOnShipping: row.tax_on_shipping === 1,
  }));
}

export async function findDiscount(db: Kysely<Schema>, code: string): Promise<Discount | undefined> {
  const row = await db.selectFrom('discounts').selectAll().where('code', '=', code).executeTakeFirst();
  return row && toDiscount(row);
}

/** The code, locked until the transaction ends, so that the last use is given out once. */
export async function lockDiscount(tx: Tx, code: string): Promise<Discount | undefined> {
  const row = await tx
    .selectFrom('discounts')
    .selectAll()
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst();
  return row && toDiscount(row);
}

/** How many orders that still stand use this code with this e-mail address. */
export async function countDiscountUses(db: Kysely<Schema>, code: string, email: string): Promise<number> {
  const { uses } = await db
    .selectFrom('discount_uses')
    .select((e) => e.fn.countAll<number>().as('uses'))
    .where('code', '=', code)
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  return Number(uses);
}

export async function useDiscount(tx: Tx, code: string, orderId: string, email: string): Promise<void> {
  await tx
    .updateTable('discounts')
    .set((e) => ({ uses: e('uses', '+', 1) }))
    .where('code', '=', code)
    .execute();
  await tx.insertInto('discount_uses').values({ code, order_id: orderId, email }).execute();
}

/** Gives the use back when its order ends without money. */
export async function returnDiscountUse(tx: Tx, code: string, orderId: string): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('discount_uses')
    .where('code', '=', code)
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  if (Number(numDeletedRows) === 0) return;
  await tx
    .updateTable('discounts')
    .set((e) => ({ uses: e('uses', '-', 1) }))
    .where('code', '=', code)
    .execute();
}

/**
 * Takes a use that was given back once more. A code that is used up meanwhile stays at its limit and this use is not counted: the
 * price was promised.
 */
export async function retakeDiscount(tx: Tx, code: string, orderId: string, email: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('discounts')
    .set((e) => ({ uses: e('uses', '+', 1) }))
    .where('code', '=', code)
    .where((e) => e.or([e('max_uses', 'is', null), e('uses', '<', e.ref('max_uses'))]))
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return;
  await tx.insertInto('discount_uses').values({ code, order_id: orderId, email }).execute();
}

function toDiscount(row: Schema['discounts']): Discount {
  return {
    code: row.code,
    kind: row.kind,
    value: row.value,
    minimumSpend: row.minimum_spend,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    maxUses: row.max_uses,
    maxUsesPerEmail: row.max_uses_per_email,
    uses: row.uses,
  };
}
