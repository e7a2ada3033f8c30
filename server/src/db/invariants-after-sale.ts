import type { Invariant } from './invariants.ts';
import { activeRefund, clearing } from './invariants-money.ts';

/** A bank has taken the money or may take it, in SQL. */
const blocking = `('needs_response', 'under_review', 'lost')`;

/** Refunds, disputes and documents. */
export const afterSaleInvariants: readonly Invariant[] = [
  {
    name: 'I3 refunds are summed',
    says: 'Orders and payments know what of their money has gone back.',
    rows: `SELECT o.id, o.refunded, r.back FROM orders o LEFT JOIN (SELECT order_id, SUM(amount) AS back FROM refunds
        WHERE applies_to = 'order' AND status = 'succeeded' GROUP BY order_id) r ON r.order_id = o.id
      WHERE o.refunded <> COALESCE(r.back, 0)
      UNION ALL SELECT p.id, p.refunded, r.back FROM payments p LEFT JOIN (SELECT payment_id, SUM(amount) AS back FROM refunds
        WHERE status = 'succeeded' AND payment_id IS NOT NULL GROUP BY payment_id) r ON r.payment_id = p.id
      WHERE p.refunded <> COALESCE(r.back, 0)`,
  },
  {
    name: 'I4 never more than was received',
    says: 'No more is refunded of a payment than it received, unless a break says so.',
    rows: `SELECT p.id, p.received, r.of_order, r.of_nobody FROM payments p JOIN (SELECT payment_id,
        SUM(CASE WHEN applies_to = 'order' THEN amount ELSE 0 END) AS of_order,
        SUM(CASE WHEN applies_to = 'order' THEN 0 ELSE amount END) AS of_nobody
        FROM refunds WHERE status IN ${activeRefund} GROUP BY payment_id) r ON r.payment_id = p.id
      WHERE (r.of_order > p.received - p.unapplied OR r.of_nobody > p.unapplied)
      AND NOT EXISTS (SELECT 1 FROM breaks b JOIN refunds f ON f.id = b.object_id WHERE f.payment_id = p.id AND b.kind = 'refund_differs')`,
  },
  {
    name: 'units are refunded once',
    says: 'Refunds by line are for no more units of a line than there are, and for the shipping once.',
    rows: `SELECT u.order_id, u.product_id, u.units FROM (SELECT k.order_id, k.product_id, SUM(k.quantity) AS units
        FROM refund_lines k JOIN refunds r ON r.id = k.refund_id WHERE r.status IN ${activeRefund}
        GROUP BY k.order_id, k.product_id) u
      LEFT JOIN order_lines l ON l.order_id = u.order_id AND l.product_id = u.product_id
      WHERE u.units > COALESCE(l.quantity, CASE WHEN u.product_id IS NULL THEN 1 ELSE 0 END)`,
  },
  {
    name: 'I5 orders say what was refunded',
    says: 'An order is refunded, in part or whole, when that much of its money has gone back.',
    rows: `SELECT id, status, received, refunded FROM orders WHERE status <> CASE
      WHEN status NOT IN ('paid', 'partially_refunded', 'refunded') THEN status
      WHEN refunded = 0 THEN 'paid' WHEN refunded >= received THEN 'refunded' ELSE 'partially_refunded' END`,
  },
  {
    name: 'payments say what became of them',
    says: 'A payment whose money arrived is disputed while a bank may take it, else as refunded as it is.',
    rows: `SELECT p.id, p.status, p.received, p.refunded FROM payments p WHERE p.status IN ('succeeded', 'partially_refunded', 'refunded', 'disputed')
      AND p.status <> CASE WHEN EXISTS (SELECT 1 FROM disputes d WHERE d.order_id = p.order_id AND d.payment_id = p.id AND d.status IN ${blocking})
        THEN 'disputed' WHEN p.refunded = 0 THEN 'succeeded' WHEN p.refunded >= p.received THEN 'refunded' ELSE 'partially_refunded' END`,
  },
  {
    name: 'I14 refunds are about their order',
    says: 'A refund is of a payment of its order, and in the order’s currency unless the money was nobody’s.',
    rows: `SELECT r.id FROM refunds r JOIN orders o ON o.id = r.order_id LEFT JOIN payments p ON p.id = r.payment_id
      WHERE (r.applies_to = 'order' AND r.currency <> o.currency) OR (p.id IS NOT NULL AND p.order_id <> r.order_id)`,
  },
  {
    name: 'refunds are booked',
    says: 'A refund that is on its way is owed, one that succeeded has left our money, and one that failed left nothing behind.',
    rows: `SELECT r.id, r.status, r.amount, e.owed, e.gone FROM refunds r LEFT JOIN (SELECT ref,
        SUM(CASE WHEN account = 'refunds_payable' THEN -amount ELSE 0 END) AS owed,
        SUM(CASE WHEN account IN ${clearing} THEN -amount ELSE 0 END) AS gone
        FROM ledger_entries WHERE kind IN ('refund_req', 'refund_done', 'refund_fail') GROUP BY ref) e ON e.ref = r.id
      WHERE COALESCE(e.owed, 0) <> CASE WHEN r.status IN ('requested', 'unknown', 'pending') THEN r.amount ELSE 0 END
      OR COALESCE(e.gone, 0) <> CASE WHEN r.status = 'succeeded' THEN r.amount ELSE 0 END`,
  },
  {
    name: 'disputes are booked',
    says: 'What a bank has taken is held or lost, and what it gave back is ours.',
    rows: `SELECT d.id, d.status, d.funds, d.amount, e.held, e.lost, e.gone FROM disputes d LEFT JOIN (SELECT ref,
        SUM(CASE WHEN account = 'dispute_hold' THEN amount ELSE 0 END) AS held,
        SUM(CASE WHEN account = 'dispute_losses' THEN amount ELSE 0 END) AS lost,
        SUM(CASE WHEN account IN ${clearing} THEN -amount ELSE 0 END) AS gone
        FROM ledger_entries WHERE kind IN ('dispute', 'dispute_won', 'dispute_lost') GROUP BY ref) e ON e.ref = d.id
      WHERE COALESCE(e.gone, 0) <> CASE WHEN d.funds = 'withdrawn' THEN d.amount ELSE 0 END
      OR COALESCE(e.lost, 0) <> CASE WHEN d.funds = 'withdrawn' AND d.status IN ('lost', 'warning_closed', 'prevented') THEN d.amount ELSE 0 END
      OR COALESCE(e.held, 0) + COALESCE(e.lost, 0) <> COALESCE(e.gone, 0)`,
  },
  {
    name: 'disputes are about their order',
    says: 'A dispute is of a payment of its order that took money, and closed when the bank has decided.',
    rows: `SELECT d.id, d.status FROM disputes d LEFT JOIN payments p ON p.id = d.payment_id
      WHERE p.id IS NULL OR p.order_id <> d.order_id OR p.received = 0
      OR (d.closed_at IS NOT NULL) <> (d.status IN ('won', 'lost', 'warning_closed', 'prevented'))`,
  },
  {
    name: 'documents have no gaps',
    says: 'Invoices and credit notes are numbered from 1 without gaps, up to where their counter is.',
    rows: `SELECT d.kind, d.documents, d.first, d.last, c.value AS counter FROM (SELECT kind, COUNT(*) AS documents, MIN(number) AS first,
        MAX(number) AS last FROM documents GROUP BY kind) d LEFT JOIN counters c ON c.name = d.kind
      WHERE d.first <> 1 OR d.last <> d.documents OR d.last <> COALESCE(c.value, 0)`,
  },
  {
    name: 'documents have a cause',
    says: 'An invoice is of a paid order; a credit note of a refund of its order’s money.',
    rows: `SELECT d.kind, d.number FROM documents d JOIN orders o ON o.id = d.order_id LEFT JOIN refunds r ON r.id = d.refund_id
      WHERE (d.kind = 'invoice' AND (o.paid_at IS NULL OR d.refund_id IS NOT NULL))
      OR (d.kind = 'credit_note' AND (r.id IS NULL OR r.order_id <> d.order_id OR r.applies_to <> 'order'))`,
  },
];
