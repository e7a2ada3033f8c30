/** What is counted of an order's timeline. That it was placed is told by its row, which has an index by that time. */
const countedTypes = [
  'order.paid',
  'order.canceled',
  'order.expired',
  'payment.succeeded',
  'payment.failed',
  'refund.succeeded',
  'refund.failed',
  'refund.canceled',
  'dispute.opened',
] as const;

/** As a condition, the same text in the index and in the queries: neither database uses a partial index otherwise. */
export const isCounted = `type IN (${countedTypes.map((type) => `'${type}'`).join(', ')})`;

/** The sums of hours that are over and of their days, and the one index by which an hour is read. */
export function figureTables(int: string, strict: string): string[] {
  // Rows are read by ranges of the key, so where a table can be kept in the order of its key, it is.
  const clustered = strict === '' ? '' : `${strict}, WITHOUT ROWID`;
  const sums = `key TEXT NOT NULL, currency TEXT NOT NULL, count ${int} NOT NULL, amount ${int} NOT NULL`;
  return [
    `CREATE TABLE figures (name TEXT NOT NULL, hour ${int} NOT NULL, ${sums}, PRIMARY KEY (name, hour, key, currency))${clustered}`,
    // Days of the shop, counted from 1970: what its hours so far sum to.
    `CREATE TABLE figure_days (name TEXT NOT NULL, day ${int} NOT NULL, ${sums}, PRIMARY KEY (name, day, key, currency))${clustered}`,
    // Partial: a purchase adds one entry, at its right end.
    `CREATE INDEX order_events_counted ON order_events (at, type) WHERE ${isCounted}`,
  ];
}
