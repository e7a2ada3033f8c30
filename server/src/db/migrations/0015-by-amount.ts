/**
 * What was looked for from end to end before. The first costs a purchase one entry, which lies beside those of other orders of the
 * same total; the others cost a refund and a dispute one.
 */
export function amountIndexes(): string[] {
  return [
    `CREATE INDEX orders_by_total ON orders (total, placed_at, id)`,
    // As it was in 0007, and the total, so that a status and an amount need no look at the orders themselves.
    'DROP INDEX orders_by_status',
    `CREATE INDEX orders_by_status ON orders (status, fulfilment, placed_at, id, total)
      WHERE status <> 'paid' OR fulfilment = 'unfulfilled'`,
    `CREATE INDEX refunds_by_time ON refunds (created_at)`,
    `CREATE INDEX disputes_by_time ON disputes (opened_at)`,
  ];
}
