import type { Invariant } from './invariants.ts';
import { clearing } from './invariants-money.ts';

/** What the provider lists, beside what we booked. */
export const providerInvariants: readonly Invariant[] = [
  {
    name: 'movements agree',
    says: 'The provider moved what we booked for the same thing, unless a break says so.',
    rows: `SELECT t.id, t.amount, t.currency, e.amount AS booked FROM provider_transactions t JOIN ledger_entries e
        ON e.kind = t.journal_kind AND e.ref = t.journal_ref AND e.account IN ${clearing}
      WHERE e.currency = t.currency AND e.amount <> t.amount
      AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.kind = 'balance_differs' AND b.object_id = t.id)`,
  },
  {
    name: 'movements happen once',
    says: 'The provider moved money once for each thing we booked.',
    rows: `SELECT journal_kind, journal_ref, COUNT(*) AS movements FROM provider_transactions t WHERE journal_ref IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.kind = 'balance_differs' AND b.object_id = t.id)
      GROUP BY journal_kind, journal_ref HAVING COUNT(*) > 1`,
  },
  {
    name: 'fees are booked',
    says: 'The fee of a movement of ours is booked as the provider says.',
    rows: `SELECT t.id, t.fee, e.amount AS booked FROM provider_transactions t
      LEFT JOIN ledger_entries e ON e.kind = 'fee' AND e.ref = t.id AND e.account = 'fees'
      WHERE (t.order_id IS NOT NULL AND t.fee <> COALESCE(e.amount, 0)) OR t.net <> t.amount - t.fee`,
  },
  {
    name: 'conversions are booked',
    says: 'What was paid in one currency and lies on the account in another is converted in the books, on both sides.',
    rows: `SELECT t.id, t.currency, e.currency AS paid_in FROM provider_transactions t JOIN ledger_entries e
        ON e.kind = t.journal_kind AND e.ref = t.journal_ref AND e.account IN ${clearing}
      WHERE e.currency <> t.currency AND 2 <> (SELECT COUNT(*) FROM ledger_entries x WHERE x.kind = 'exchange' AND x.account = 'exchange'
        AND ((x.ref = t.id || ':' || t.currency AND x.amount = -t.amount) OR (x.ref = t.id || ':' || e.currency AND x.amount = e.amount)))`,
  },
  {
    name: 'breaks are closed by somebody',
    says: 'A break that is closed says by whom and how.',
    rows: `SELECT id, kind FROM breaks WHERE (closed_at IS NULL) <> (closed_by IS NULL) OR (closed_at IS NULL) <> (resolution IS NULL)`,
  },
];
