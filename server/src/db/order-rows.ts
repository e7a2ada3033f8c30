import type { NamedKind } from '@paydesk/contract/admin/orders';
import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

const orderColumns = [
  'id',
  'number',
  'status',
  'fulfilment',
  'placed_at',
  'email',
  'contact_json',
  'country',
  'item_count',
  'discount_code',
  'currency',
  'subtotal',
  'discount',
  'shipping',
  'tax',
  'total',
  'received',
  'refunded',
] as const;

type Attempt = Pick<Schema['payments'], 'order_id' | 'attempt' | 'provider' | 'flow' | 'status'>;

/** An order as lists show it: its row, the newest attempt to pay it, and whether something is open about it. */
export type ListedOrder = Pick<Schema['orders'], (typeof orderColumns)[number]> & {
  payment: Attempt | null;
  hasDispute: boolean;
  hasBreak: boolean;
};

/** These orders, in the order in which they are named. */
export async function findListed(db: Kysely<Schema>, ids: readonly string[]): Promise<ListedOrder[]> {
  if (ids.length === 0) return [];
  const [orders, attempts, disputed, broken] = await Promise.all([
    db
      .selectFrom('orders')
      .select(orderColumns)
      .where('id', 'in', [...ids])
      .execute(),
    findAttempts(db, ids),
    findOpen(db, 'disputes', ids),
    findOpen(db, 'breaks', ids),
  ]);
  const rows = new Map(orders.map((order) => [order.id, order]));
  return ids.flatMap((id) => {
    const order = rows.get(id);
    if (!order) return [];
    const payment = attempts.get(id) ?? null;
    return [{ ...order, payment, hasDispute: disputed.has(id), hasBreak: broken.has(id) }];
  });
}

async function findAttempts(db: Kysely<Schema>, ids: readonly string[]): Promise<Map<string, Attempt>> {
  const rows = await db
    .selectFrom('payments')
    .select(['order_id', 'attempt', 'provider', 'flow', 'status'])
    .where('order_id', 'in', [...ids])
    .orderBy('attempt')
    .execute();
  return new Map(rows.map((row) => [row.order_id, row]));
}

async function findOpen(
  db: Kysely<Schema>,
  table: 'disputes' | 'breaks',
  ids: readonly string[],
): Promise<Set<string | null>> {
  const rows = await db
    .selectFrom(table as 'breaks')
    .select('order_id')
    .where('order_id', 'in', [...ids])
    .where('closed_at', 'is', null)
    .execute();
  return new Set(rows.map(({ order_id }) => order_id));
}

/** Where an id of ours or of a provider may stand, and so what it is of. Each is a lookup in an index. */
const places: readonly { kind: NamedKind; table: string; column: string; order?: string }[] = [
  { kind: 'order', table: 'orders', column: 'id', order: 'id' },
  { kind: 'payment', table: 'payments', column: 'id' },
  { kind: 'payment', table: 'payments', column: 'intent_ref' },
  { kind: 'session', table: 'payments', column: 'session_ref' },
  { kind: 'charge', table: 'payments', column: 'charge_ref' },
  { kind: 'refund', table: 'refunds', column: 'id' },
  { kind: 'refund', table: 'refunds', column: 'refund_ref' },
  { kind: 'dispute', table: 'disputes', column: 'id' },
  { kind: 'dispute', table: 'disputes', column: 'dispute_ref' },
  { kind: 'transaction', table: 'provider_transactions', column: 'id' },
  { kind: 'charge', table: 'provider_transactions', column: 'source_ref' },
  { kind: 'event', table: 'inbox', column: 'event_id' },
  { kind: 'break', table: 'breaks', column: 'id' },
];

/** What is called by this id, and the orders that it is about; nothing where nothing is called so. */
export async function findNamed(
  db: Kysely<Schema>,
  name: string,
): Promise<{ kind: NamedKind; orderIds: string[] } | null> {
  const looks = places.map(
    ({ kind, table, column, order = 'order_id' }) =>
      sql`SELECT ${sql.lit(kind)} AS kind, ${sql.ref(order)} AS order_id FROM ${sql.table(table)} WHERE ${sql.ref(column)} = ${name}`,
  );
  // Money of an object that is no attempt of ours is in the books under the provider's name of it.
  looks.push(sql`SELECT 'payment', order_id FROM ledger_entries WHERE kind = 'receipt' AND ref = ${name}`);
  const { rows } = await sql<{
    kind: NamedKind;
    order_id: string | null;
  }>`${sql.join(looks, sql` UNION ALL `)}`.execute(db);
  const [first] = rows;
  if (!first) return null;
  const orderIds = rows.flatMap(({ order_id }) => (order_id === null || order_id === '' ? [] : [order_id]));
  return { kind: first.kind, orderIds: [...new Set(orderIds)] };
}
