import { type Kysely, type SqlBool, sql } from 'kysely';
import type { BreakRow } from './books.ts';
import type { Key, Looked, Reach } from './keyset.ts';
import type { Schema, Tx } from './schema.ts';

export type BreakFilter = { state: 'open' | 'closed'; kind?: string | undefined };

/** Open ones by when they were opened, closed ones by when they were closed; the newest first. */
export async function listBreaks(
  db: Kysely<Schema>,
  { state, kind }: BreakFilter,
  { from, direction, limit }: Reach,
): Promise<Looked<BreakRow>> {
  const moment = momentOf(state);
  let query = db
    .selectFrom('breaks')
    .selectAll()
    .where('closed_at', state === 'open' ? 'is' : 'is not', null);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  const isOlder = direction === 'older';
  if (from !== null) {
    const place = sql`(${sql.ref(moment)}, id)`;
    const key = sql`(${from.at}, ${from.id})`;
    query = query.where(isOlder ? sql<SqlBool>`${place} < ${key}` : sql<SqlBool>`${place} > ${key}`);
  }
  const order = isOlder ? 'desc' : 'asc';
  const rows = await query.orderBy(moment, order).orderBy('id', order).limit(limit).execute();
  return { rows, stoppedAt: null };
}

export function breakKey(state: BreakFilter['state']): (row: BreakRow) => Key {
  return (row) => ({ at: Number(row[momentOf(state)]), id: row.id });
}

function momentOf(state: BreakFilter['state']): 'opened_at' | 'closed_at' {
  return state === 'open' ? 'opened_at' : 'closed_at';
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

export async function findBreak(db: Kysely<Schema>, id: string): Promise<BreakRow | undefined> {
  return await db.selectFrom('breaks').selectAll().where('id', '=', id).executeTakeFirst();
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
  return await findBreak(tx, id);
}
