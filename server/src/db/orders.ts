import type { Kysely } from 'kysely';
import type { CartLine } from '../domain/pricing.ts';
import { auditHash } from './audit.ts';
import { insertOperator } from './desk.ts';
import { prepared, preparedInsert, preparedUpdate } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type OrderRow = Schema['orders'];
export type OrderLineRow = Schema['order_lines'];
export type OrderEventRow = Schema['order_events'];

const insertOrders = preparedInsert('orders');
const insertLines = preparedInsert('order_lines');
const insertEvents = preparedInsert('order_events');
const updateVersion = preparedUpdate('orders', ['id', 'version']);
const updateOrder = preparedUpdate('orders', ['id']);

const selectOrder = prepared<{ id: string }, OrderRow>((db, { id }) =>
  db.selectFrom('orders').selectAll().where('id', '=', id),
);
const selectLocked = prepared<{ id: string }, OrderRow>((db, { id }) =>
  db.selectFrom('orders').selectAll().where('id', '=', id).forUpdate(),
);
const selectLines = prepared<{ id: string }, OrderLineRow>((db, { id }) =>
  db.selectFrom('order_lines').selectAll().where('order_id', '=', id).orderBy('position'),
);
const selectEvents = prepared<{ id: string }, OrderEventRow>((db, { id }) =>
  db.selectFrom('order_events').selectAll().where('order_id', '=', id).orderBy('version'),
);

/** The order's `audit_hash` has to be that of its first event. */
export async function insertOrder(
  tx: Tx,
  order: OrderRow,
  lines: OrderLineRow[],
  event: OrderEventRow,
): Promise<void> {
  await Promise.all([insertOrders(tx, [order]), insertLines(tx, lines), insertEvents(tx, [event])]);
}

/** The order's row, locked: everything that moves an order starts here, before payments and before stock. */
export async function lockOrder(tx: Tx, id: string): Promise<OrderRow | undefined> {
  return (await selectLocked(tx, { id })).rows[0];
}

export async function findOrder(db: Kysely<Schema>, id: string): Promise<OrderRow | undefined> {
  return (await selectOrder(db, { id })).rows[0];
}

export async function findOrderByNumber(db: Kysely<Schema>, number: string): Promise<OrderRow | undefined> {
  return await db.selectFrom('orders').selectAll().where('number', '=', number).executeTakeFirst();
}

export async function findLines(db: Kysely<Schema>, orderId: string): Promise<OrderLineRow[]> {
  return (await selectLines(db, { id: orderId })).rows;
}

export async function findEvents(db: Kysely<Schema>, orderId: string): Promise<OrderEventRow[]> {
  return (await selectEvents(db, { id: orderId })).rows;
}

export async function findOrderVersion(
  db: Kysely<Schema>,
  id: string,
): Promise<{ id: string; status: OrderRow['status']; version: number } | undefined> {
  return await db
    .selectFrom('orders')
    .select(['id', 'status', 'version'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Orders of this e-mail address that hold stock without having been paid. */
export async function countHeldOrders(db: Kysely<Schema>, email: string): Promise<number> {
  const { held } = await db
    .selectFrom('orders')
    .select((e) => e.fn.countAll<number>().as('held'))
    .where('email', '=', email)
    .where('hold', '=', 'held')
    .executeTakeFirstOrThrow();
  return Number(held);
}

/** What a change of an order leaves on its timeline; ids where one was involved. */
export type OrderEvent = Pick<OrderEventRow, 'at' | 'type' | 'message' | 'actor'> &
  Partial<Pick<OrderEventRow, 'payment_id' | 'refund_id' | 'event_id'>> & {
    /** Which of the operators did it, for operators only. */
    by?: string | undefined;
  };

/**
 * Changes a locked order and writes the one timeline row that every change has. The version in the WHERE is an assertion
 * that the caller held the lock. Of several changes in one transaction each takes the row that the one before returned.
 */
export async function changeOrder(
  tx: Tx,
  order: OrderRow,
  changes: Partial<OrderRow>,
  event: OrderEvent,
): Promise<OrderRow> {
  const version = order.version + 1;
  const row = timelineRow({ ...order, ...changes, version }, order.audit_hash, event);
  const changed: OrderRow = { ...order, ...changes, version, audit_hash: row.hash };
  const [updated] = await Promise.all([
    updateVersion(
      tx,
      { id: order.id, version: order.version },
      { ...changes, version, audit_hash: row.hash },
    ),
    insertEvents(tx, [row]),
    event.by === undefined ? undefined : insertOperator(tx, { orderId: order.id, version, name: event.by }),
  ]);
  if (updated !== 1) throw new Error(`order ${order.id} was changed without its lock`);
  return changed;
}

/** The row of an order's timeline that says how the order became what it is. */
export function timelineRow(order: OrderRow, previousHash: string, event: OrderEvent): OrderEventRow {
  const row = {
    order_id: order.id,
    version: order.version,
    at: event.at,
    type: event.type,
    status: order.status,
    message: event.message,
    payment_id: event.payment_id ?? null,
    event_id: event.event_id ?? null,
    actor: event.actor,
    refund_id: event.refund_id ?? null,
  };
  return { ...row, hash: auditHash(previousHash, row) };
}

/** Columns that no reader watches: no version, no timeline row. */
export async function touchOrder(
  tx: Tx,
  id: string,
  changes: Pick<Partial<OrderRow>, 'closing' | 'expires_at'>,
): Promise<void> {
  await updateOrder(tx, { id }, changes);
}

export function toCart(lines: readonly OrderLineRow[]): CartLine[] {
  return lines.map((line) => ({ productId: line.product_id, quantity: line.quantity }));
}
