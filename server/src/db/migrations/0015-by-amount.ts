/**
 * What was looked for from end to end before. The first costs a purchase one entry, which lies beside those of other orders of the
 * same total; the others cost a refund and a dispute one.
 */
export function amountIndexes(): string[] {
  return [
    `CREATE INDEX orders_by_total ON orders (total, placed_at, id)`,
    `CREATE INDEX refunds_by_time ON refunds (created_at)`,
    `CREATE INDEX disputes_by_time ON disputes (opened_at)`,
  ];
}
