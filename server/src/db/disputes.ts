import type { Kysely } from 'kysely';
import { prepared } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type DisputeRow = Schema['disputes'];

const selectByOrder = prepared<{ orderId: string }, DisputeRow>((db, { orderId }) =>
  db.selectFrom('disputes').selectAll().where('order_id', '=', orderId).orderBy('opened_at').orderBy('id'),
);

export async function insertDispute(tx: Tx, dispute: DisputeRow): Promise<void> {
  await tx.insertInto('disputes').values(dispute).execute();
}

export async function updateDispute(tx: Tx, id: string, changes: Partial<DisputeRow>): Promise<void> {
  await tx.updateTable('disputes').set(changes).where('id', '=', id).execute();
}

/** Oldest first. */
export async function findDisputes(db: Kysely<Schema>, orderId: string): Promise<DisputeRow[]> {
  return (await selectByOrder(db, { orderId })).rows;
}

/** The dispute that the provider calls by this id. */
export async function findDisputeByRef(db: Kysely<Schema>, ref: string): Promise<DisputeRow | undefined> {
  return await db.selectFrom('disputes').selectAll().where('dispute_ref', '=', ref).executeTakeFirst();
}
