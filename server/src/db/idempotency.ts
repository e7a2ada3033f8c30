import type { Kysely } from 'kysely';
import type { Schema, Tx } from './schema.ts';

export type IdempotencyRow = Schema['idempotency'];

/** Claims a key. Null means it is ours now; otherwise the row that somebody else wrote, perhaps finished long ago. */
export async function claimKey(tx: Tx, row: IdempotencyRow): Promise<IdempotencyRow | null> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('idempotency')
    .values(row)
    .onConflict((conflict) => conflict.columns(['scope', 'key_hash']).doNothing())
    .executeTakeFirst();
  if (Number(numInsertedOrUpdatedRows ?? 0) === 1) return null;
  return await tx
    .selectFrom('idempotency')
    .selectAll()
    .where('scope', '=', row.scope)
    .where('key_hash', '=', row.key_hash)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function findKey(
  db: Kysely<Schema>,
  scope: string,
  keyHash: string,
): Promise<IdempotencyRow | undefined> {
  return await db
    .selectFrom('idempotency')
    .selectAll()
    .where('scope', '=', scope)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst();
}

export async function updateKey(
  tx: Tx,
  scope: string,
  keyHash: string,
  changes: Partial<IdempotencyRow>,
): Promise<void> {
  await tx
    .updateTable('idempotency')
    .set(changes)
    .where('scope', '=', scope)
    .where('key_hash', '=', keyHash)
    .execute();
}

/** Forgets a claim whose work failed in a way that may be tried again. */
export async function releaseKey(tx: Tx, scope: string, keyHash: string): Promise<void> {
  await tx
    .deleteFrom('idempotency')
    .where('scope', '=', scope)
    .where('key_hash', '=', keyHash)
    .where('state', '=', 'running')
    .execute();
}
