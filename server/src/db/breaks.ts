import type { Kysely } from 'kysely';
import type { BreakRow } from './books.ts';
import type { Schema, Tx } from './schema.ts';

/** Newest first. */
export async function listBreaks(
  db: Kysely<Schema>,
  state: 'open' | 'closed',
  limit: number,
): Promise<BreakRow[]> {
  return await db
    .selectFrom('breaks')
    .selectAll()
    .where('closed_at', state === 'open' ? 'is' : 'is not', null)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** All breaks about an order, oldest first. */
export async function findBreaksOf(db: Kysely<Schema>, orderId: string): Promise<BreakRow[]> {
  return await db
    .selectFrom('breaks')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
}

/** Closes one break, if it is open. Returns it as it is then; undefined when there is none of that id. */
export async function closeBreak(
  tx: Tx,
  id: string,
  closing: { at: number; by: string; resolution: string },
): Promise<BreakRow | undefined> {
  await tx
    .updateTable('breaks')
    .set({ closed_at: closing.at, closed_by: closing.by, resolution: closing.resolution })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .execute();
  return await tx.selectFrom('breaks').selectAll().where('id', '=', id).executeTakeFirst();
}
