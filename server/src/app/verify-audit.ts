import type { Kysely } from 'kysely';
import { auditHash, pageOfEvents } from '../db/audit.ts';
import type { OrderEventRow } from '../db/orders.ts';
import type { Schema } from '../db/schema.ts';

/** Rows read at once: few enough for little memory, many enough for few statements. */
const pageSize = 5_000;

/** A timeline row whose hash is not that of its content and of the row before it. */
export type BrokenLink = {
  order_id: string;
  version: number;
  type: string;
  problem: 'changed' | 'without a hash';
};

/**
 * Follows the hash chain of every order, whoever wrote to the tables: a row that was changed, or that follows one which
 * was dropped or inserted, is named. Rows from before chains were kept have no hash; a chain starts at the first row that
 * has one. That the last row of an order is its last, its own row says: that is an invariant of its own.
 *
 * @param limit how many broken rows are named; all are counted
 */
export async function verifyAudit(
  db: Kysely<Schema>,
  limit: number,
): Promise<{ count: number; rows: BrokenLink[]; read: number }> {
  const rows: BrokenLink[] = [];
  let count = 0;
  let read = 0;
  let last = { orderId: '', version: 0, hash: '' };
  for (;;) {
    const events = await pageOfEvents(db, last, pageSize);
    for (const event of events) {
      const before = event.order_id === last.orderId ? last.hash : '';
      const problem = problemOf(event, before);
      last = { orderId: event.order_id, version: event.version, hash: event.hash };
      if (problem === null) continue;
      count += 1;
      if (rows.length < limit)
        rows.push({ order_id: event.order_id, version: event.version, type: event.type, problem });
    }
    read += events.length;
    if (events.length < pageSize) return { count, rows, read };
  }
}

function problemOf(event: OrderEventRow, before: string): BrokenLink['problem'] | null {
  if (event.hash === '') return before === '' ? null : 'without a hash';
  return event.hash === auditHash(before, event) ? null : 'changed';
}
