/**
 * What operators look things up by. Only the first two cost a purchase anything: one entry for each order, and one that leaves
 * the index again once the order is paid and sent, so that whatever waits is found among few however many have gone before.
 */
export function lookupIndexes(): string[] {
  return [
    `CREATE INDEX orders_by_time ON orders (placed_at, id)`,
    `CREATE INDEX orders_by_status ON orders (status, fulfilment, placed_at, id)
      WHERE status <> 'paid' OR fulfilment = 'unfulfilled'`,
    `CREATE INDEX breaks_by_order ON breaks (order_id) WHERE order_id IS NOT NULL`,
    `CREATE INDEX breaks_open ON breaks (order_id) WHERE closed_at IS NULL`,
    `CREATE INDEX disputes_open ON disputes (order_id) WHERE closed_at IS NULL`,
  ];
}
