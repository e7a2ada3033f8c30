import { createHash } from 'node:crypto';
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Schema } from './schema.ts';

type OrderEventRow = Schema['order_events'];

/**
 * The hash of a timeline row: over the row and the hash of the one before it, so that nobody can change, drop or insert a
 * row of an order's past without every later hash being wrong. The newest one is kept on the order.
 */
export function auditHash(previous: string, event: Omit<OrderEventRow, 'hash'>): string {
  const { order_id, version, at, type, status, message, payment_id, refund_id, event_id, actor } = event;
  const row = [order_id, version, at, type, status, message, payment_id, refund_id, event_id, actor];
  return createHash('sha256')
    .update(`${previous}\n${JSON.stringify(row)}`)
    .digest('base64url');
}

/** Timeline rows in the order of their chains, after the one that is named; `limit` of them at most. */
export async function pageOfEvents(
  db: Kysely<Schema>,
  after: { orderId: string; version: number },
  limit: number,
): Promise<OrderEventRow[]> {
  return await db
    .selectFrom('order_events')
    .selectAll()
    .where(sql<SqlBool>`(order_id, version) > (${after.orderId}, ${after.version})`)
    .orderBy('order_id')
    .orderBy('version')
    .limit(limit)
    .execute();
}
