import { type Kysely, sql } from 'kysely';
import { prepared } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type SignInFailures = Schema['sign_in_failures'];

/** Gives a person the orders that were placed by their address without an account. Returns how many. */
export async function claimGuestOrders(tx: Tx, personId: string, email: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('orders')
    .set({ person_id: personId })
    .where('email', '=', email)
    .where('person_id', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** A person's row, locked: whoever changes what hangs on them waits here. */
export async function lockPerson(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('people').select('id').where('id', '=', id).forUpdate().execute();
}

const selectFailures = prepared<{ key: string }, SignInFailures>((db, { key }) =>
  db.selectFrom('sign_in_failures').selectAll().where('key', '=', key),
);

export async function findSignInFailures(
  db: Kysely<Schema>,
  key: string,
): Promise<SignInFailures | undefined> {
  return (await selectFailures(db, { key })).rows[0];
}

/**
 * Counts one more wrong password; those before `since` are forgotten. Returns how many there are now.
 *
 * @property since, now in epoch milliseconds
 */
export async function countSignInFailure(
  tx: Tx,
  { key, since, now }: { key: string; since: number; now: number },
): Promise<number> {
  const { failures } = await tx
    .insertInto('sign_in_failures')
    .values({ key, failures: 1, blocked_until: 0, failed_at: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((e) => ({
        failures: e
          .case()
          .when('sign_in_failures.failed_at', '<', since)
          .then(1)
          .else(e('sign_in_failures.failures', '+', 1))
          .end(),
        failed_at: now,
      })),
    )
    .returning('failures')
    .executeTakeFirstOrThrow();
  return failures;
}

export async function blockSignIn(tx: Tx, key: string, until: number): Promise<void> {
  await tx.updateTable('sign_in_failures').set({ blocked_until: until }).where('key', '=', key).execute();
}

export async function forgetSignInFailures(tx: Tx, key: string, before: number): Promise<void> {
  await tx
    .deleteFrom('sign_in_failures')
    .where((e) => e.or([e('key', '=', key), e('failed_at', '<', before)]))
    .execute();
}

/** Writes that a person has used a one-time code; false where they had used it before. */
export async function insertUsedCode(tx: Tx, row: Schema['used_codes']): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('used_codes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows) > 0;
}

export async function forgetCodes(tx: Tx, personId: string, before: number): Promise<void> {
  await tx.deleteFrom('used_codes').where('person_id', '=', personId).where('used_at', '<', before).execute();
}

/** Orders of a person, newest first, from behind `before` on. */
export async function listOrdersOf(
  db: Kysely<Schema>,
  personId: string,
  { before, limit }: { before: { placedAt: number; id: string } | null; limit: number },
): Promise<Schema['orders'][]> {
  const all = db
    .selectFrom('orders')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (!before) return await all.execute();
  const { placedAt, id } = before;
  return await all.where(sql<boolean>`(placed_at, id) < (${placedAt}, ${id})`).execute();
}
