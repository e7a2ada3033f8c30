import { accounts } from '../domain/ledger.ts';
import type { Invariant } from './invariants.ts';

/** Where a provider's money lies, in SQL. */
export const clearing = `('stripe_clearing', 'bank')`;
/** All the money of the order has arrived at one time or another, in SQL. */
const paidLike = `('paid', 'partially_refunded', 'refunded')`;
/** It takes its part of what can be refunded, in SQL. */
export const activeRefund = `('requested', 'unknown', 'pending', 'succeeded')`;

/** What was received for orders by their receipts, a row for each. */
const receivedByOrder = `SELECT order_id, -SUM(amount) AS amount FROM ledger_entries
  WHERE kind = 'receipt' AND account IN ('order_due', 'sales', 'shipping', 'tax') GROUP BY order_id`;

/** What was received by payments, a row for each receipt. */
const receivedByPayment = `SELECT ref, SUM(CASE WHEN account IN ${clearing} THEN amount ELSE 0 END) AS received,
  SUM(CASE WHEN account = 'unapplied' THEN -amount ELSE 0 END) AS unapplied FROM ledger_entries WHERE kind = 'receipt' GROUP BY ref`;

/** The ledger, and the sums that orders and payments keep beside it. */
export const moneyInvariants: readonly Invariant[] = [
  {
    name: 'I1 journals balance',
    says: 'The entries of a journal sum to zero in each currency.',
    rows: `SELECT kind, ref, currency, SUM(amount) AS amount FROM ledger_entries
      GROUP BY kind, ref, currency HAVING SUM(amount) <> 0`,
  },
  {
    name: 'I2 journals are whole',
    says: 'A journal has two entries or more, on accounts that exist, none of them zero.',
    rows: `SELECT kind, ref FROM ledger_entries GROUP BY kind, ref HAVING COUNT(*) < 2 OR MIN(ABS(amount)) = 0
      OR SUM(CASE WHEN account IN (${accounts.map((account) => `'${account}'`).join(', ')}) THEN 0 ELSE 1 END) > 0`,
  },
  {
    name: 'I2 sums are of their entries',
    says: 'The newest checkpoint of the ledger has summed all entries of its time.',
    rows: `SELECT COALESCE(c.account, e.account) AS account, COALESCE(c.currency, e.currency) AS currency, c.amount, e.amount AS entries
      FROM (SELECT * FROM ledger_checkpoints WHERE through = (SELECT MAX(through) FROM ledger_checkpoints)) c
      FULL JOIN (SELECT account, currency, SUM(amount) AS amount FROM ledger_entries
        WHERE at <= (SELECT MAX(through) FROM ledger_checkpoints) GROUP BY account, currency) e
      ON e.account = c.account AND e.currency = c.currency WHERE COALESCE(c.amount, 0) <> COALESCE(e.amount, 0)`,
  },
  {
    name: 'I2 receipts have a payment',
    says: 'A receipt belongs to a payment of its order, or its money to nobody.',
    rows: `SELECT ref, order_id FROM ledger_entries e WHERE kind = 'receipt' AND account IN ${clearing}
      AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = e.ref AND p.order_id = e.order_id)
      AND NOT EXISTS (SELECT 1 FROM ledger_entries u WHERE u.kind = 'receipt' AND u.ref = e.ref AND u.account = 'unapplied')`,
  },
  {
    name: 'I2 journals are about something',
    says: 'What a journal is about exists.',
    rows: `SELECT kind, ref FROM ledger_entries e WHERE kind LIKE 'refund%' AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.id = e.ref)
      UNION ALL SELECT kind, ref FROM ledger_entries e WHERE kind LIKE 'dispute%' AND NOT EXISTS (SELECT 1 FROM disputes d WHERE d.id = e.ref)
      UNION ALL SELECT kind, ref FROM ledger_entries e WHERE kind = 'settle' AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = e.ref)
      UNION ALL SELECT kind, ref FROM ledger_entries e WHERE kind IN ('fee', 'payout')
        AND NOT EXISTS (SELECT 1 FROM provider_transactions t WHERE t.id = e.ref)
      UNION ALL SELECT kind, ref FROM ledger_entries e WHERE kind = 'exchange'
        AND NOT EXISTS (SELECT 1 FROM provider_transactions t WHERE t.id = substr(e.ref, 1, length(e.ref) - 4))`,
  },
  {
    name: 'I3 orders have what was booked',
    says: 'An order has received what its receipts say.',
    rows: `SELECT o.id, o.received, e.amount AS booked FROM orders o LEFT JOIN (${receivedByOrder}) e ON e.order_id = o.id
      WHERE o.received <> COALESCE(e.amount, 0)`,
  },
  {
    name: 'I3 payments have what was booked',
    says: 'A payment has received what its receipt says, and as much of it belongs to no order.',
    rows: `SELECT p.id, p.received, p.unapplied FROM payments p LEFT JOIN (${receivedByPayment}) e ON e.ref = p.id
      WHERE p.received <> COALESCE(e.received, 0) OR p.unapplied <> COALESCE(e.unapplied, 0)`,
  },
  {
    name: 'I3 deposits are owed',
    says: 'Of an order that is not paid whole, what arrived and is not promised back is still owed to the customer; of a paid one nothing.',
    rows: `SELECT o.id, o.received, e.owed, r.back FROM orders o
      LEFT JOIN (SELECT order_id, -SUM(amount) AS owed FROM ledger_entries WHERE account = 'order_due' GROUP BY order_id) e ON e.order_id = o.id
      LEFT JOIN (SELECT order_id, SUM(amount) AS back FROM refunds WHERE applies_to = 'order' AND status IN ${activeRefund} GROUP BY order_id) r
        ON r.order_id = o.id
      WHERE COALESCE(e.owed, 0) <> CASE WHEN o.status IN ${paidLike} THEN 0 ELSE o.received - COALESCE(r.back, 0) END
      AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.order_id = o.id AND b.kind = 'refund_differs')`,
  },
  {
    name: 'I4 amounts are exact',
    says: 'No amount is beyond what a number holds exactly.',
    rows: `SELECT id FROM orders WHERE total > 9007199254740991 OR received > 9007199254740991
      UNION ALL SELECT ref FROM ledger_entries WHERE ABS(amount) > 9007199254740991`,
  },
  {
    name: 'I5 paid orders have their money',
    says: 'An order that is paid has received its total, and no other has.',
    rows: `SELECT id, status, received, total FROM orders
      WHERE (status IN ${paidLike}) <> (received = total) OR received > total`,
  },
  {
    name: 'I6 nobody’s money is looked after',
    says: 'Money that belongs to no order goes back, or has a break that a person sees or has closed.',
    rows: `SELECT e.ref, -e.amount AS amount FROM ledger_entries e
      LEFT JOIN (SELECT COALESCE(payment_id, intent_ref) AS ref, SUM(amount) AS amount FROM refunds
        WHERE applies_to = 'unapplied' AND status IN ${activeRefund} GROUP BY COALESCE(payment_id, intent_ref)) r ON r.ref = e.ref
      WHERE e.kind = 'receipt' AND e.account = 'unapplied' AND COALESCE(r.amount, 0) < -e.amount
      AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.object_id = e.ref AND (b.closed_at IS NULL OR b.closed_by <> 'shop'))
      AND NOT EXISTS (SELECT 1 FROM breaks b JOIN refunds f ON f.id = b.object_id
        WHERE COALESCE(f.payment_id, f.intent_ref) = e.ref AND b.kind IN ('refund_failed', 'refund_not_found'))`,
  },
  {
    name: 'I6 ended orders keep nothing',
    says: 'What an order has received that ended unpaid goes back, or has a break.',
    rows: `SELECT o.id, o.status, o.received FROM orders o
      LEFT JOIN (SELECT order_id, SUM(amount) AS back FROM refunds WHERE applies_to = 'order' AND status IN ${activeRefund} GROUP BY order_id) r
        ON r.order_id = o.id
      WHERE o.status IN ('canceled', 'expired') AND COALESCE(r.back, 0) < o.received
      AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.order_id = o.id)`,
  },
  {
    name: 'I6 reviews have a reason',
    says: 'An order under review has a break that says why.',
    rows: `SELECT id FROM orders o WHERE status = 'review' AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.order_id = o.id)`,
  },
  {
    name: 'I8 orders are earned once',
    says: 'Exactly one journal earns a paid order, and none any other.',
    rows: `SELECT o.id, o.status, e.journals FROM orders o LEFT JOIN (SELECT order_id, COUNT(DISTINCT kind || ':' || ref) AS journals FROM ledger_entries
        WHERE kind IN ('receipt', 'settle') AND account IN ('sales', 'shipping', 'tax') GROUP BY order_id) e ON e.order_id = o.id
      WHERE COALESCE(e.journals, 0) <> CASE WHEN o.status IN ${paidLike} THEN 1 ELSE 0 END`,
  },
  {
    name: 'I8 payments are received once',
    says: 'A payment whose money has arrived has one receipt, and no other has any.',
    rows: `SELECT p.id, p.status FROM payments p LEFT JOIN (SELECT ref, COUNT(*) AS receipts FROM ledger_entries
        WHERE kind = 'receipt' AND account IN ${clearing} GROUP BY ref) e ON e.ref = p.id
      WHERE COALESCE(e.receipts, 0) <> CASE WHEN p.status IN ('succeeded', 'partially_refunded', 'refunded', 'disputed') THEN 1 ELSE 0 END`,
  },
];
