import { type Kysely, sql } from 'kysely';
import type { Schema, Tx } from './schema.ts';

/**
 * What lies on the accounts. Summing every entry there ever was takes seconds once a shop has a million orders, so the sums
 * up to a moment are kept (a *checkpoint*), and only what was written since is added. Entries are never changed, and are
 * written with the time of their transaction, so what is older than any transaction can last is complete.
 */
export type Balance = { account: string; currency: string; amount: number };

/**
 * How many journals one checkpoint adds: so many that there are few checkpoints, and so few that summing them holds up
 * nobody. And beyond how many of them a reader is told the last sums instead.
 */
const atOnce = { least: 1_000, most: 2_000 };
const mostRead = 20_000;

/** Every journal has an entry on one of these. */
const heads = ['stripe_clearing', 'bank', 'order_due', 'refunds_payable', 'dispute_hold'];
// In words, because they are those of a partial index.
const isHead = (account: string) =>
  sql`account NOT IN ('sales', 'shipping', 'tax') AND account = ${sql.lit(account)}`;

/** When the first journals after a moment were written, at most `most` of them; a moment may stand there twice. */
async function momentsSince(
  db: Kysely<Schema>,
  { since, until, most }: { since: number; until: number; most: number },
): Promise<number[]> {
  const parts = heads.map(
    (account) => sql`SELECT * FROM (SELECT at FROM ledger_entries
      WHERE ${isHead(account)} AND at > ${since} AND at <= ${until} ORDER BY at LIMIT ${most}) AS part`,
  );
  const { rows } = await sql<{ at: number }>`
    SELECT at FROM (${sql.join(parts, sql` UNION ALL `)}) AS news ORDER BY at LIMIT ${most}`.execute(db);
  return rows.map(({ at }) => Number(at));
}

/** What a checkpoint says, and the entries of all journals that were written after it, up to a moment. */
async function sumSince(
  db: Kysely<Schema>,
  { since, until }: { since: number; until: number },
): Promise<Balance[]> {
  const parts = heads.map(
    (account) => sql`SELECT kind, ref FROM ledger_entries
      WHERE ${isHead(account)} AND at > ${since} AND at <= ${until}`,
  );
  const { rows } = await sql<Balance>`
    SELECT account, currency, SUM(amount) AS amount FROM (
      SELECT account, currency, amount FROM ledger_checkpoints WHERE through = ${since}
      UNION ALL SELECT account, currency, amount FROM ledger_entries
        WHERE (kind, ref) IN (SELECT kind, ref FROM (${sql.join(parts, sql` UNION ALL `)}) AS news)) AS parts
    GROUP BY account, currency ORDER BY account, currency`.execute(db);
  return rows.map((row) => ({ ...row, amount: Number(row.amount) }));
}

async function lastCheckpoint(db: Kysely<Schema>): Promise<number> {
  const { last } = await db
    .selectFrom('ledger_checkpoints')
    .select((e) => e.fn.max('through').as('last'))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0);
}

/**
 * Every account with its balance in each currency. `asOf` is null where everything is in them, else the moment in epoch
 * milliseconds up to which it is: so it is for some minutes after an older version's database was taken over.
 */
export async function readBalances(
  db: Kysely<Schema>,
): Promise<{ balances: Balance[]; asOf: number | null }> {
  const since = await lastCheckpoint(db);
  const until = Number.MAX_SAFE_INTEGER;
  const isFar = (await momentsSince(db, { since, until, most: mostRead + 1 })).length > mostRead;
  const balances = await sumSince(db, { since, until: isFar ? since : until });
  return { balances, asOf: isFar ? since : null };
}

/**
 * The sums at a later moment than those of the last checkpoint, at most at `until`, in epoch milliseconds. Null where so
 * little was written since that nobody needs them.
 */
export async function nextCheckpoint(
  db: Kysely<Schema>,
  until: number,
): Promise<Schema['ledger_checkpoints'][] | null> {
  const since = await lastCheckpoint(db);
  const moments = await momentsSince(db, { since, until, most: atOnce.most });
  if (moments.length < atOnce.least) return null;
  const through = moments.at(-1)!;
  const sums = await sumSince(db, { since, until: through });
  return sums.map((sum) => ({ through, ...sum }));
}

/** Keeps a checkpoint, all of it or nothing; another process may have kept it just before. */
export async function insertCheckpoint(tx: Tx, rows: readonly Schema['ledger_checkpoints'][]): Promise<void> {
  await tx
    .insertInto('ledger_checkpoints')
    .values([...rows])
    .onConflict((conflict) => conflict.columns(['through', 'account', 'currency']).doNothing())
    .execute();
}
