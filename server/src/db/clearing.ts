import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/**
 * What has to be known to compare a clearing account with its provider, in minor units of one currency.
 *
 * @property clearing what lies on the account by our books
 * @property foreign what the provider moved that is not ours
 * @property awaited what it moved for something of ours whose outcome our books still await
 * @property unlisted what we booked that the provider has not listed (yet)
 */
export type Sums = { clearing: number; foreign: number; awaited: number; unlisted: number };

type Row = { what: keyof Sums; currency: string; amount: number | string | null };

/** By currency. One statement, so that all of it is of one moment. */
export async function clearingSums(
  db: Kysely<Schema>,
  provider: string,
  account: string,
): Promise<Map<string, Sums>> {
  const { rows } = await sql<Row>`
    SELECT 'clearing' AS what, currency, SUM(amount) AS amount FROM ledger_entries WHERE account = ${account} GROUP BY currency
    UNION ALL SELECT 'foreign', currency, SUM(net) FROM provider_transactions t WHERE provider = ${provider} AND order_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.kind IN ('fee', 'payout') AND e.ref = t.id) GROUP BY currency
    UNION ALL SELECT 'awaited', currency, SUM(amount) FROM provider_transactions t WHERE provider = ${provider} AND journal_ref IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.kind = t.journal_kind AND e.ref = t.journal_ref AND e.account = ${account})
      AND NOT EXISTS (SELECT 1 FROM ledger_entries x WHERE x.kind = 'exchange' AND x.ref = t.id || ':' || t.currency) GROUP BY currency
    UNION ALL SELECT 'awaited', x.currency, -SUM(x.amount) FROM ledger_entries x JOIN provider_transactions t
      ON t.id = substr(x.ref, 1, length(x.ref) - 4) AND t.currency <> x.currency
      WHERE x.kind = 'exchange' AND x.account = ${account} AND NOT EXISTS
        (SELECT 1 FROM ledger_entries e WHERE e.kind = t.journal_kind AND e.ref = t.journal_ref AND e.account = ${account}) GROUP BY x.currency
    UNION ALL SELECT 'unlisted', currency, SUM(amount) FROM ledger_entries e WHERE account = ${account}
      AND kind IN ('receipt', 'refund_done', 'refund_fail', 'dispute', 'dispute_won') AND NOT EXISTS
        (SELECT 1 FROM provider_transactions t WHERE t.journal_ref = e.ref AND t.journal_kind = e.kind) GROUP BY currency`.execute(
    db,
  );
  const sums = new Map<string, Sums>();
  for (const { what, currency, amount } of rows) {
    const known = sums.get(currency) ?? { clearing: 0, foreign: 0, awaited: 0, unlisted: 0 };
    known[what] += Number(amount ?? 0);
    sums.set(currency, known);
  }
  return sums;
}

/** What the provider has moved by all that we keep of it, by currency. */
export async function listedNet(db: Kysely<Schema>, provider: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('provider_transactions')
    .select((e) => ['currency', e.fn.sum('net').as('net')] as const)
    .where('provider', '=', provider)
    .groupBy('currency')
    .execute();
  return new Map(rows.map(({ currency, net }) => [currency, Number(net)]));
}
