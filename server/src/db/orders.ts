import type { Kysely } from 'kysely';
import type { CartLine } from '../domain/pricing.ts';
import type { Schema, Tx } from './schema.ts';

export type OrderRow = Schema['orders'];
export type OrderLineRow = Schema['order_lines'];
export type OrderEventRow = Schema['order_events'];

export async function insertOrder(
  tx: Tx,
  order: OrderRow,
  lines: OrderLineRow[],
  event: OrderEventRow,
): Promise<void> {
  await Promise.all([
    tx.insertInto('orders').values(order).execute(),
    tx.insertInto('order_lines').values(lines).execute(),
    tx.insertInto('order_events').values(event).execute(),
  ]);
}

/** The order's row, locked: everything that moves an order starts here, before payments and before stock. */
export async function lockOrder(tx: Tx, id: string): Promise<OrderRow | undefined> {
  return await tx.selectFrom('orders').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export async function findOrder(db: Kysely<Schema>, id: string): Promise<OrderRow | undefined> {
  return await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findLines(db: Kysely<Schema>, orderId: string): Promise<OrderLineRow[]> {
  return await db
    .selectFrom('order_lines')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
}

export async function findEvents(db: Kysely<Schema>, orderId: string): Promise<OrderEventRow[]> {
  return await db
    .selectFrom('order_events')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('version')
    .execute();
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

/**
 * Changes a locked order and writes the one timeline row that every change has. The version in the WHERE is an assertion
 * that the caller held the lock.
 */
export async function changeOrder(
  tx: Tx,
  order: OrderRow,
  changes: Partial<OrderRow>,
  event: Omit<OrderEventRow, 'order_id' | 'version' | 'status'>,
): Promise<OrderRow> {
  const changed: OrderRow = { ...order, ...changes, version: order.version + 1 };
  const [{ numUpdatedRows }] = await Promise.all([
    tx
      .updateTable('orders')
      .set({ ...changes, version: changed.version })
      .where('id', '=', order.id)
      .where('version', '=', order.version)
      .executeTakeFirst(),
    tx
      .insertInto('order_events')
      .values({ ...event, order_id: order.id, version: changed.version, status: changed.status })
      .execute(),
  ]);
  if (Number(numUpdatedRows) !== 1) throw new Error(`order ${order.id} was changed without its lock`);
  return changed;
}

/** Columns that no reader watches: no version, no timeline row. */
export async function touchOrder(
  tx: Tx,
  id: string,
  changes: Pick<Partial<OrderRow>, 'closing' | 'expires_at'>,
): Promise<void> {
  await tx.updateTable('orders').set(changes).where('id', '=', id).execute();
}

export function toCart(lines: readonly OrderLineRow[]): CartLine[] {
  return lines.map((line) => ({ productId: line.product_id, quantity: line.quantity }));
}
