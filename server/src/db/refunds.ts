import type { Kysely } from 'kysely';
import { prepared } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type RefundRow = Schema['refunds'];

const selectByOrder = prepared<{ orderId: string }, RefundRow>((db, { orderId }) =>
  db.selectFrom('refunds').selectAll().where('order_id', '=', orderId).orderBy('created_at').orderBy('id'),
);

export async function insertRefund(tx: Tx, refund: RefundRow): Promise<void> {
  await tx.insertInto('refunds').values(refund).execute();
}

export async function updateRefund(tx: Tx, id: string, changes: Partial<RefundRow>): Promise<void> {
  await tx.updateTable('refunds').set(changes).where('id', '=', id).execute();
}

/** Oldest first. */
export async function findRefunds(db: Kysely<Schema>, orderId: string): Promise<RefundRow[]> {
  return (await selectByOrder(db, { orderId })).rows;
}

export async function findRefund(db: Kysely<Schema>, id: string): Promise<RefundRow | undefined> {
  return await db.selectFrom('refunds').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The refund that the provider calls by this id. */
export async function findRefundByRef(db: Kysely<Schema>, ref: string): Promise<RefundRow | undefined> {
  return await db.selectFrom('refunds').selectAll().where('refund_ref', '=', ref).executeTakeFirst();
}
