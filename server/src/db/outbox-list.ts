import { type Kysely, type SqlBool, sql } from 'kysely';
import { findResends } from './desk.ts';
import type { Key, Looked, Reach } from './keyset.ts';
import { type EffectKind, effectKinds, findEffects, type OutboxRow } from './outbox.ts';
import type { Schema } from './schema.ts';
import { findEffects as findEffectsAbout } from './traces.ts';

/** `waiting` and `failing` are open; an effect that failed and is tried again is failing. */
export type EffectState = 'waiting' | 'failing' | 'done' | 'gave-up';

export type EffectFilter = { state: EffectState; kind?: EffectKind | undefined };

/** By what each list is sorted: open effects by when they are due, those that were given up by when that was. */
const moments = { waiting: 'not_before', failing: 'not_before', 'gave-up': 'dead_at' } as const;

const isOpen = sql<SqlBool>`done_at IS NULL AND dead_at IS NULL`;
// The words of the partial indexes.
const conditions = {
  waiting: [isOpen, sql<SqlBool>`last_error IS NULL`],
  failing: [sql<SqlBool>`done_at IS NULL AND dead_at IS NULL AND last_error IS NOT NULL`],
  'gave-up': [sql<SqlBool>`dead_at IS NOT NULL`],
} as const;

/** Effects of one state. What is open stands by when it is due, the soonest first; what is over, the newest first. */
export async function listEffects(
  db: Kysely<Schema>,
  filter: EffectFilter,
  reach: Reach,
): Promise<Looked<OutboxRow>> {
  const { state, kind } = filter;
  const rows = state === 'done' ? await readDone(db, kind, reach) : await readOpen(db, state, kind, reach);
  return { rows, stoppedAt: null };
}

export function effectKey(state: EffectState): (row: OutboxRow) => Key {
  if (state === 'done') return (row) => ({ at: 0, id: row.dedupe_key });
  return (row) => ({ at: Number(row[moments[state]]), id: row.dedupe_key });
}

async function readOpen(
  db: Kysely<Schema>,
  state: keyof typeof moments,
  kind: EffectKind | undefined,
  { from, direction, limit }: Reach,
): Promise<OutboxRow[]> {
  const moment = moments[state];
  const isDown = (state === 'gave-up') === (direction === 'older');
  let query = db.selectFrom('outbox').selectAll();
  for (const condition of conditions[state]) query = query.where(condition);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (from !== null) {
    const place = sql`(${sql.ref(moment)}, dedupe_key)`;
    const key = sql`(${from.at}, ${from.id})`;
    query = query.where(isDown ? sql<SqlBool>`${place} < ${key}` : sql<SqlBool>`${place} > ${key}`);
  }
  const order = isDown ? 'desc' : 'asc';
  return await query.orderBy(moment, order).orderBy('dedupe_key', order).limit(limit).execute();
}

/**
 * Nearly all effects are done, and an index on when that was would cost every purchase four more entries. Their keys tell
 * as much: a key is a kind and an id of ours, and our ids begin with the time. So each kind is read from its end, and goes
 * on page by page; of all kinds together there are the newest.
 */
async function readDone(
  db: Kysely<Schema>,
  kind: EffectKind | undefined,
  reach: Reach,
): Promise<OutboxRow[]> {
  if (kind !== undefined) return await readDoneOf(db, kind, reach);
  const newest = { ...reach, from: null, direction: 'older' as const };
  const each = await Promise.all(effectKinds.map((one) => readDoneOf(db, one, newest)));
  // One less than was asked for, because there is no next page.
  return each
    .flat()
    .sort((one, other) => Number(other.done_at) - Number(one.done_at))
    .slice(0, reach.limit - 1);
}

async function readDoneOf(
  db: Kysely<Schema>,
  kind: EffectKind,
  { from, direction, limit }: Reach,
): Promise<OutboxRow[]> {
  const isOlder = direction === 'older';
  // However a database sorts text, all keys of the kind are between these two. One bound to each side, so that it is used.
  const least = (!isOlder && from?.id) || `${kind}:`;
  const most = (isOlder && from?.id) || `${kind}:zzzz`;
  const query = db
    .selectFrom('outbox')
    .selectAll()
    .where('kind', '=', kind)
    .where('done_at', 'is not', null)
    .where('dedupe_key', '>', least)
    .where('dedupe_key', '<', most);
  return await query
    .orderBy('dedupe_key', isOlder ? 'desc' : 'asc')
    .limit(limit)
    .execute();
}

/** Everything that is or was to be done for an order, its payments, refunds and disputes, and mails that were sent again. */
export async function findEffectsOfOrder(db: Kysely<Schema>, orderId: string): Promise<OutboxRow[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM payments WHERE order_id = ${orderId} UNION ALL SELECT id FROM refunds WHERE order_id = ${orderId}
    UNION ALL SELECT id FROM disputes WHERE order_id = ${orderId}`.execute(db);
  const resent = await findResends(db, orderId);
  const [own, again] = await Promise.all([
    findEffectsAbout(db, [orderId, ...rows.map(({ id }) => id)]),
    findEffects(
      db,
      resent.map(({ mail }) => mail),
    ),
  ]);
  return [...own, ...again];
}
