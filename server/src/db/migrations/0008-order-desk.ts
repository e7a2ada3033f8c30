/** What operators write down on an order's page. No purchase writes or reads any of it. */
export function deskTables(int: string, strict: string): string[] {
  const order = 'order_id TEXT NOT NULL REFERENCES orders (id)';
  return [
    `CREATE TABLE notes (
      id TEXT PRIMARY KEY NOT NULL, ${order}, at ${int} NOT NULL, written_by TEXT NOT NULL, text TEXT NOT NULL)${strict}`,
    `CREATE INDEX notes_by_order ON notes (order_id, at)`,
    // An order is sent once; how its parcel can be followed may be corrected.
    `CREATE TABLE fulfilments (
      id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL UNIQUE REFERENCES orders (id), carrier TEXT, tracking_number TEXT,
      tracking_url TEXT, shipped_at ${int} NOT NULL, shipped_by TEXT NOT NULL)${strict}`,
    // Which units a refund was for, so that none is refunded twice. The shipping has no product.
    `CREATE TABLE refund_lines (
      refund_id TEXT NOT NULL REFERENCES refunds (id), ${order}, product_id TEXT,
      quantity ${int} NOT NULL CHECK (quantity > 0))${strict}`,
    `CREATE INDEX refund_lines_by_order ON refund_lines (order_id)`,
    // Mails that were sent once more: each is an effect of its own, under a name of its own.
    `CREATE TABLE resends (
      mail TEXT PRIMARY KEY NOT NULL, original TEXT NOT NULL, ${order}, at ${int} NOT NULL, asked_by TEXT NOT NULL)${strict}`,
    `CREATE INDEX resends_by_order ON resends (order_id, at)`,
    // Which operator is behind a row of the timeline: beside it, because customers read those rows.
    `CREATE TABLE order_event_operators (
      order_id TEXT NOT NULL, version ${int} NOT NULL, name TEXT NOT NULL, PRIMARY KEY (order_id, version))${strict}`,
  ];
}

/** Tables that only ever grow. */
export const appendOnlyTables = ['notes', 'refund_lines', 'resends', 'order_event_operators'];
