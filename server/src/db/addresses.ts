import type { Kysely } from 'kysely';
import type { Schema, Tx } from './schema.ts';

export type AddressRow = Schema['addresses'];

/** Of one person, the standard one first, then as they were added. */
export async function listAddresses(db: Kysely<Schema>, personId: string): Promise<AddressRow[]> {
  return await db
    .selectFrom('addresses')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('is_standard', 'desc')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function insertAddress(tx: Tx, address: AddressRow): Promise<void> {
  await tx.insertInto('addresses').values(address).execute();
}

/** False when that person has no such address. */
export async function updateAddress(
  tx: Tx,
  { id, person_id }: Pick<AddressRow, 'id' | 'person_id'>,
  change: Pick<AddressRow, 'recipient_json' | 'address_json'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('addresses')
    .set(change)
    .where('id', '=', id)
    .where('person_id', '=', person_id)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** False when that person has no such address. */
export async function deleteAddress(tx: Tx, personId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('addresses')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return Number(numDeletedRows) === 1;
}

/** Makes one of a person's addresses their standard one, in place of any other. */
export async function setStandardAddress(tx: Tx, personId: string, id: string): Promise<void> {
  await tx.updateTable('addresses').set({ is_standard: 0 }).where('person_id', '=', personId).execute();
  await tx
    .updateTable('addresses')
    .set({ is_standard: 1 })
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .execute();
}
