import { type Kysely, type SqlBool, sql } from 'kysely';
import type { OperatorRole } from '../domain/operator.ts';
import type { Schema, Tx } from './schema.ts';

export type InvitationRow = Schema['operator_invitations'];
export type ActionRow = Schema['operator_actions'];
export type OutcomeRow = Schema['operator_outcomes'];
type PersonRow = Schema['people'];

/** As in the table's partial index: shops have many customers and few operators. */
const isOperator = sql<SqlBool>`role <> 'customer'`;

/** Everybody who runs the shop, by name. */
export async function listOperators(db: Kysely<Schema>): Promise<PersonRow[]> {
  return await db.selectFrom('people').selectAll().where(isOperator).orderBy('name').orderBy('id').execute();
}

/** How many owners there are, with each of them locked, so that no two of them step down at once. */
export async function lockOwners(tx: Tx): Promise<number> {
  const owners = await tx
    .selectFrom('people')
    .select('id')
    .where(isOperator)
    .where('role', '=', 'owner')
    .orderBy('id')
    .forUpdate()
    .execute();
  return owners.length;
}

export async function findPerson(db: Kysely<Schema>, id: string): Promise<PersonRow | undefined> {
  return await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function changeRole(tx: Tx, id: string, role: OperatorRole | 'customer'): Promise<void> {
  await tx.updateTable('people').set({ role }).where('id', '=', id).execute();
}

export async function insertInvitation(tx: Tx, invitation: InvitationRow): Promise<void> {
  await tx.insertInto('operator_invitations').values(invitation).execute();
}

export async function findInvitation(
  db: Kysely<Schema>,
  tokenHash: string,
): Promise<InvitationRow | undefined> {
  return await db
    .selectFrom('operator_invitations')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
}

/** Uses an invitation up. False when it was used before. */
export async function useInvitation(tx: Tx, tokenHash: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('operator_invitations')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

export async function insertAction(tx: Tx, action: ActionRow): Promise<void> {
  await tx.insertInto('operator_actions').values(action).execute();
}

export async function insertOutcome(tx: Tx, outcome: OutcomeRow): Promise<void> {
  await tx.insertInto('operator_outcomes').values(outcome).execute();
}
