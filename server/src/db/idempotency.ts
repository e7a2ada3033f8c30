import { prepared, preparedInsert, preparedUpdate } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type IdempotencyRow = Schema['idempotency'];

const insertOnce = preparedInsert('idempotency', ['scope', 'key_hash']);
const update = preparedUpdate('idempotency', ['scope', 'key_hash']);

const selectLocked = prepared<{ scope: string; keyHash: string }, IdempotencyRow>((db, { scope, keyHash }) =>
  db
    .selectFrom('idempotency')
    .selectAll()
    .where('scope', '=', scope)
    .where('key_hash', '=', keyHash)
    .forUpdate(),
);

/** Claims a key. Null means it is ours now; otherwise the row that somebody else wrote, perhaps finished long ago. */
export async function claimKey(tx: Tx, row: IdempotencyRow): Promise<IdempotencyRow | null> {
  if ((await insertOnce(tx, [row])) === 1) return null;
  const [winner] = (await selectLocked(tx, { scope: row.scope, keyHash: row.key_hash })).rows;
  // Whoever had it let go between the two statements, because the work failed: then it may be ours.
  return winner ?? (await claimKey(tx, row));
}

export async function updateKey(
  tx: Tx,
  scope: string,
  keyHash: string,
  changes: Partial<IdempotencyRow>,
): Promise<void> {
  await update(tx, { scope, key_hash: keyHash }, changes);
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
