import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Key, Looked, Reach } from './keyset.ts';
import type { ActionRow } from './operators.ts';
import type { Schema } from './schema.ts';

/** Times in epoch milliseconds, both included. */
export type ActionFilter = {
  operator?: string | undefined;
  orderId?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

/** An action with what became of it; both null where it was cut off. */
export type ListedAction = ActionRow & { status: number | null; code: string | null };

/** What operators did, newest first. */
export async function listActions(
  db: Kysely<Schema>,
  { operator, orderId, from, to }: ActionFilter,
  reach: Reach,
): Promise<Looked<ListedAction>> {
  const isOlder = reach.direction === 'older';
  const order = isOlder ? 'desc' : 'asc';
  let query = db
    .selectFrom('operator_actions as a')
    .leftJoin('operator_outcomes as o', 'o.action_id', 'a.id')
    .selectAll('a')
    .select(['o.status', 'o.code']);
  if (operator !== undefined) query = query.where('a.operator', '=', operator);
  if (orderId !== undefined) query = query.where('a.order_id', '=', orderId);
  if (from !== undefined) query = query.where('a.at', '>=', from);
  if (to !== undefined) query = query.where('a.at', '<=', to);
  if (reach.from !== null) {
    const key = sql`(${reach.from.at}, ${reach.from.id})`;
    query = query.where(isOlder ? sql<SqlBool>`(a.at, a.id) < ${key}` : sql<SqlBool>`(a.at, a.id) > ${key}`);
  }
  const rows = await query.orderBy('a.at', order).orderBy('a.id', order).limit(reach.limit).execute();
  return { rows, stoppedAt: null };
}

export function actionKey({ at, id }: ListedAction): Key {
  return { at: Number(at), id };
}
