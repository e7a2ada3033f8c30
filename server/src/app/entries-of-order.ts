import { findBreaksOf } from '../db/breaks.ts';
import { findDisputes } from '../db/disputes.ts';
import type { EntryRow } from '../db/ledger-list.ts';
import type { OrderRow } from '../db/orders.ts';
import { findPayments } from '../db/payments.ts';
import { findRefunds } from '../db/refunds.ts';
import { findEntries, findTransactionIds } from '../db/traces.ts';
import type { App } from './ports.ts';
import { refsOf } from './trace-order.ts';

/** The ledger entries of an order, oldest first, found by the names of everything that a journal of it can be about. */
export async function entriesOfOrder(app: App, order: OrderRow): Promise<EntryRow[]> {
  const { read } = app.database;
  const [payments, refunds, disputes, breaks] = await Promise.all([
    findPayments(read, order.id),
    findRefunds(read, order.id),
    findDisputes(read, order.id),
    findBreaksOf(read, order.id),
  ]);
  const own = [order, ...payments, ...refunds, ...disputes].map(({ id }) => id);
  const foreign = refsOf(payments, refunds, breaks, disputes);
  const transactions = await findTransactionIds(read, foreign);
  return await findEntries(read, order.id, [...new Set([...own, ...foreign, ...transactions])]);
}
