import { orderStatuses } from '@paydesk/contract/orders';
import { nextOrderStatus, orderFacts } from '../domain/order.ts';
import type { Invariant } from './invariants.ts';

/** Every step of an order's table, `from>to`, in SQL. */
const steps = orderStatuses
  .flatMap((from) => orderFacts.map((fact) => `'${from}>${nextOrderStatus(from, fact)}'`))
  .concat(orderStatuses.map((status) => `'${status}>${status}'`));
const allowedSteps = [...new Set(steps)].join(', ');

/** Orders with their lines, stock and timeline, and the attempts to pay them. */
export const orderInvariants: readonly Invariant[] = [
  {
    name: 'I7 one live attempt',
    says: 'An order has at most one attempt that can take money.',
    rows: 'SELECT order_id, COUNT(*) AS attempts FROM payments WHERE closed_at IS NULL GROUP BY order_id HAVING COUNT(*) > 1',
  },
  {
    name: 'I7 ended attempts are closed',
    says: 'An attempt that succeeded or was canceled can take no more.',
    rows: `SELECT id, status FROM payments WHERE closed_at IS NULL
      AND status IN ('succeeded', 'canceled', 'partially_refunded', 'refunded', 'disputed')`,
  },
  {
    name: 'I9 stock is real',
    says: 'Stock is neither negative nor promised twice.',
    rows: 'SELECT id, on_hand, reserved FROM products WHERE on_hand < 0 OR reserved < 0 OR reserved > on_hand',
  },
  {
    name: 'I10 reserved units are held',
    says: 'The reserved units of a product are those of the orders that hold them.',
    rows: `SELECT p.id, p.reserved, h.units AS held FROM products p LEFT JOIN (SELECT l.product_id, SUM(l.quantity) AS units
        FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.hold = 'held' GROUP BY l.product_id) h ON h.product_id = p.id
      WHERE p.reserved <> COALESCE(h.units, 0)`,
  },
  {
    name: 'I11 returned units were sold',
    says: 'No more units come back than were sold.',
    rows: `SELECT l.order_id, l.product_id, l.quantity, l.returned FROM order_lines l JOIN orders o ON o.id = l.order_id
      WHERE l.returned > l.quantity OR l.returned < 0 OR (l.returned > 0 AND o.hold <> 'sold')`,
  },
  {
    name: 'sent orders have a parcel',
    says: 'An order is marked as sent when it has a parcel, and at no other time.',
    rows: `SELECT o.id, o.fulfilment FROM orders o LEFT JOIN fulfilments f ON f.order_id = o.id
      WHERE o.fulfilment <> CASE WHEN f.id IS NULL THEN 'unfulfilled' ELSE 'fulfilled' END`,
  },
  {
    name: 'I12 holds fit',
    says: 'An order holds its stock until it is paid or ends.',
    rows: `SELECT id, status, hold FROM orders WHERE hold <> CASE
      WHEN status IN ('pending', 'processing', 'failed', 'partially_paid') THEN 'held'
      WHEN status IN ('paid', 'partially_refunded', 'refunded') THEN 'sold'
      WHEN status IN ('canceled', 'expired') THEN 'released' ELSE hold END`,
  },
  {
    name: 'I13 lines sum to the total',
    says: 'The lines of an order sum to its total.',
    rows: `SELECT o.id FROM orders o LEFT JOIN (SELECT order_id, SUM(quantity * unit_price) AS subtotal, SUM(discount) AS discount,
        SUM(tax) AS tax, SUM(quantity) AS units FROM order_lines GROUP BY order_id) l ON l.order_id = o.id
      WHERE o.total <> o.subtotal - o.discount + o.shipping + o.tax OR o.subtotal <> COALESCE(l.subtotal, -1)
      OR o.discount <> l.discount OR o.tax < l.tax OR o.item_count <> l.units`,
  },
  {
    name: 'I14 attempts are about their order',
    says: 'An attempt is in the currency of its order and asks for no more than its total.',
    rows: `SELECT p.id, p.amount, p.currency FROM payments p JOIN orders o ON o.id = p.order_id
      WHERE p.currency <> o.currency OR (p.amount > o.total AND p.flow <> 'transfer')`,
  },
  {
    name: 'I15 names belong to one row',
    says: 'What a provider has made belongs to one payment, refund or dispute.',
    rows: [
      'payments.charge_ref',
      'payments.intent_ref',
      'payments.session_ref',
      'refunds.refund_ref',
      'disputes.dispute_ref',
    ]
      .map((column) => column.split('.') as [string, string])
      .map(
        ([table, name]) =>
          `SELECT ${name} AS name FROM ${table} WHERE ${name} IS NOT NULL GROUP BY ${name} HAVING COUNT(*) > 1`,
      )
      .join(' UNION ALL '),
  },
  {
    name: 'I16 timelines are whole',
    says: 'An order has one timeline row for each of its versions; the last one has its status.',
    rows: `SELECT o.id, o.version, e.rows FROM orders o LEFT JOIN (SELECT order_id, COUNT(*) AS rows, MIN(version) AS first, MAX(version) AS last
        FROM order_events GROUP BY order_id) e ON e.order_id = o.id
      LEFT JOIN order_events newest ON newest.order_id = o.id AND newest.version = o.version
      WHERE o.version <> COALESCE(e.rows, 0) OR e.first <> 1 OR e.last <> o.version
      OR newest.status <> o.status OR newest.hash <> o.audit_hash`,
  },
  {
    name: 'I16 orders move along their table',
    says: 'Each step of an order is one that its table allows.',
    rows: `SELECT e.order_id, e.version, b.status AS from_status, e.status AS to_status FROM order_events e
      JOIN order_events b ON b.order_id = e.order_id AND b.version = e.version - 1
      WHERE (b.status || '>' || e.status) NOT IN (${allowedSteps})
      UNION ALL SELECT order_id, version, 'nothing', status FROM order_events WHERE version = 1 AND status <> 'pending'`,
  },
  {
    name: 'discounts are counted',
    says: 'A discount was used as often as orders that stand say.',
    rows: `SELECT d.code, d.uses FROM discounts d LEFT JOIN (SELECT code, COUNT(*) AS uses FROM discount_uses GROUP BY code) u ON u.code = d.code
      WHERE d.uses <> COALESCE(u.uses, 0)`,
  },
];
