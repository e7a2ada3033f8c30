import { type Kysely, type SqlBool, sql } from 'kysely';
import type { InboxRow } from './inbox.ts';
import { type Key, type Looked, lookThrough, type Reach } from './keyset.ts';
import type { Schema } from './schema.ts';

/** Which events are wanted; what is not named is left open. Times in epoch milliseconds, both included. */
export type EventFilter = {
  state?: InboxRow['state'] | undefined;
  source?: InboxRow['source'] | undefined;
  type?: string | undefined;
  /** The provider's name of something. */
  object?: string | undefined;
  orderId?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

const columns = [
  'event_id',
  'provider',
  'type',
  'object_id',
  'source',
  'state',
  'outcome',
  'order_id',
  'attempts',
  'received_at',
  'done_at',
] as const;
/** An event without what it carried. */
export type ListedEventRow = Pick<InboxRow, (typeof columns)[number]>;

/** Types of which every card payment has an event, as in the table's partial index. */
const everyday = ['payment_intent.succeeded', 'charge.succeeded', 'charge.updated'];

/**
 * Events by when they came. The most selective part of the filter, which has an index, is left to the database; the others
 * are looked for among what it answers.
 */
export async function listEvents(
  db: Kysely<Schema>,
  filter: EventFilter,
  reach: Reach,
): Promise<Looked<ListedEventRow>> {
  const guided = await guide(db, filter);
  const read = async (part: Reach) => await readEvents(db, guided.where, filter, part);
  const { rest } = guided;
  const keep = (row: ListedEventRow) => rest.every(([column, value]) => row[column] === value);
  return await lookThrough(reach, read, eventKey, rest.length === 0 ? null : keep);
}

export function eventKey(row: Pick<InboxRow, 'received_at' | 'event_id'>): Key {
  return { at: row.received_at, id: row.event_id };
}

async function readEvents(
  db: Kysely<Schema>,
  where: readonly SqlWord[],
  { from, to }: EventFilter,
  reach: Reach,
): Promise<ListedEventRow[]> {
  const isOlder = reach.direction === 'older';
  const direction = isOlder ? 'desc' : 'asc';
  let query = db.selectFrom('inbox').select(columns);
  for (const word of where) query = query.where(word);
  if (from !== undefined) query = query.where('received_at', '>=', from);
  if (to !== undefined) query = query.where('received_at', '<=', to);
  if (reach.from) {
    const { at, id } = reach.from;
    query = query.where(
      isOlder
        ? sql<SqlBool>`(received_at, event_id) < (${at}, ${id})`
        : sql<SqlBool>`(received_at, event_id) > (${at}, ${id})`,
    );
  }
  return await query
    .orderBy('received_at', direction)
    .orderBy('event_id', direction)
    .limit(reach.limit)
    .execute();
}

type SqlWord = ReturnType<typeof sql<SqlBool>>;
type Rest = [column: 'state' | 'source' | 'type' | 'order_id' | 'object_id', value: string][];

/** What the database is asked for, and which columns are compared afterwards. */
async function guide(
  db: Kysely<Schema>,
  filter: EventFilter,
): Promise<{ where: readonly SqlWord[]; rest: Rest }> {
  const { state, source, type, object, orderId } = filter;
  const rest = (...left: (keyof EventFilter)[]): Rest =>
    (
      [
        ['state', 'state', state],
        ['source', 'source', source],
        ['type', 'type', type],
        ['order_id', 'orderId', orderId],
        ['object_id', 'object', object],
      ] as const
    )
      .filter(([, name, value]) => value !== undefined && !left.includes(name))
      .map(([column, , value]) => [column, value!]);
  if (orderId !== undefined) return { where: [sql`order_id = ${orderId}`], rest: rest('orderId') };
  if (object !== undefined) return { where: [await aboutObject(db, object)], rest: rest('object') };
  // The words of the partial indexes, so that either database sees that it may use them.
  if (state !== undefined && state !== 'done')
    return { where: [sql`state <> 'done'`, sql`state = ${state}`], rest: rest('state') };
  if (source !== undefined && source !== 'hook')
    return { where: [sql`source <> 'hook'`, sql`source = ${source}`], rest: rest('source') };
  if (type !== undefined && !everyday.includes(type)) {
    const rare = sql<SqlBool>`type NOT IN (${sql.join(everyday.map((each) => sql.lit(each)))})`;
    return { where: [rare, sql`type = ${type}`], rest: rest('type') };
  }
  return { where: [], rest: rest() };
}

/** Events of the orders that own it, and those that were never matched with an order. An event's own id finds it as well. */
async function aboutObject(db: Kysely<Schema>, object: string): Promise<SqlWord> {
  const owned = await findOwners(db, object);
  const alone = sql<SqlBool>`(object_id = ${object} AND order_id IS NULL) OR event_id = ${object}`;
  if (owned.length === 0) return sql<SqlBool>`(${alone})`;
  const orders = sql.join([...new Set(owned.map(({ order_id }) => order_id))]);
  const names = sql.join([...new Set(owned.map(({ ref }) => ref))]);
  return sql<SqlBool>`(${alone} OR (order_id IN (${orders}) AND object_id IN (${names})))`;
}

/** Payments, refunds and disputes of this name: the provider's, or ours, which stands for all the provider's names of it. */
async function findOwners(db: Kysely<Schema>, name: string): Promise<{ order_id: string; ref: string }[]> {
  const { rows } = await sql<{ order_id: string; ref: string | null }>`
    SELECT order_id, intent_ref AS ref FROM payments WHERE id = ${name}
    UNION SELECT order_id, session_ref FROM payments WHERE id = ${name}
    UNION SELECT order_id, charge_ref FROM payments WHERE id = ${name}
    UNION SELECT order_id, intent_ref FROM payments WHERE intent_ref = ${name}
    UNION SELECT order_id, session_ref FROM payments WHERE session_ref = ${name}
    UNION SELECT order_id, charge_ref FROM payments WHERE charge_ref = ${name}
    UNION SELECT order_id, refund_ref FROM refunds WHERE id = ${name}
    UNION SELECT order_id, refund_ref FROM refunds WHERE refund_ref = ${name}
    UNION SELECT order_id, dispute_ref FROM disputes WHERE id = ${name}
    UNION SELECT order_id, dispute_ref FROM disputes WHERE dispute_ref = ${name}`.execute(db);
  // Bookings of a bank, which gives nothing a name, are about the payment itself.
  return rows
    .map(({ order_id, ref }) => ({ order_id, ref: ref ?? name }))
    .concat(rows.slice(0, 1).map(({ order_id }) => ({ order_id, ref: name })));
}
