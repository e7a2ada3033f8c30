import type { Invariant } from './invariants.ts';
import { clearing } from './invariants-money.ts';

/** Up to where hours are summed, in SQL; 0 before the first. */
const until = `(SELECT COALESCE(MAX(CAST(value AS BIGINT)), 0) FROM settings WHERE key = 'figures_until')`;

/** What the figures say of something beside what the books say, for each currency. */
function beside(name: string, summed: 'count' | 'amount', books: string): string {
  return `SELECT '${name}' AS name, currency, SUM(figures) AS figures, SUM(books) AS books FROM (
    SELECT currency, ${summed} AS figures, 0 AS books FROM figures WHERE name = '${name}' UNION ALL ${books}) AS ${name}
    GROUP BY currency HAVING SUM(figures) <> SUM(books)`;
}

/** The sums of hours that are over. They are summed again by `npm run figures -- --again`. */
export const figureInvariants: readonly Invariant[] = [
  {
    name: 'figures agree with the books',
    says: 'The hours that are over sum to what orders and ledger say of that time, and days to their hours.',
    rows: [
      beside(
        'received',
        'amount',
        `SELECT currency, 0, -SUM(amount) FROM ledger_entries WHERE kind = 'receipt'
          AND account IN ('order_due', 'sales', 'shipping', 'tax') AND at < ${until} GROUP BY currency`,
      ),
      beside(
        'refunded',
        'amount',
        `SELECT l.currency, 0, -SUM(l.amount) FROM ledger_entries l JOIN refunds r ON r.id = l.ref
          WHERE l.kind IN ('refund_done', 'refund_fail') AND l.account IN ${clearing} AND r.applies_to = 'order'
          AND l.at < ${until} GROUP BY l.currency`,
      ),
      beside('placed', 'count', `SELECT '', 0, COUNT(*) FROM orders WHERE placed_at < ${until}`),
      beside('paid', 'count', `SELECT '', 0, COUNT(*) FROM orders WHERE paid_at < ${until}`),
      `SELECT name, key, SUM(hours), SUM(days) FROM (SELECT name, key, count + amount AS hours, 0 AS days FROM figures
        UNION ALL SELECT name, key, 0, count + amount FROM figure_days) AS both_ways
        GROUP BY name, key HAVING SUM(hours) <> SUM(days)`,
    ].join(' UNION ALL '),
  },
];
