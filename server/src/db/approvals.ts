import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Schema, Tx } from './schema.ts';

export type ApprovalRow = Schema['approvals'];

/** As in the table's partial index. */
const isWaiting = sql<SqlBool>`state = 'waiting'`;

/** False when a refund of that order waits already. */
export async function insertApproval(tx: Tx, approval: ApprovalRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('approvals')
    .values(approval)
    .onConflict((conflict) => conflict.column('order_id').where(isWaiting).doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows) === 1;
}

export async function lockApproval(tx: Tx, id: string): Promise<ApprovalRow | undefined> {
  return await tx.selectFrom('approvals').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function findApproval(db: Kysely<Schema>, id: string): Promise<ApprovalRow | undefined> {
  return await db.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst();
}

/** What waits for somebody, oldest first. */
export async function listWaitingApprovals(db: Kysely<Schema>, limit: number): Promise<ApprovalRow[]> {
  return await db
    .selectFrom('approvals')
    .selectAll()
    .where(isWaiting)
    .orderBy('asked_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Of one order, oldest first. */
export async function findApprovalsOf(db: Kysely<Schema>, orderId: string): Promise<ApprovalRow[]> {
  return await db
    .selectFrom('approvals')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
}

export async function decideApproval(
  tx: Tx,
  id: string,
  decided: Pick<ApprovalRow, 'state' | 'decided_by' | 'decided_at' | 'decision'>,
): Promise<void> {
  await tx.updateTable('approvals').set(decided).where('id', '=', id).execute();
}
