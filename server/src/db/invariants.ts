import { type Kysely, sql } from 'kysely';
import { afterSaleInvariants } from './invariants-after-sale.ts';
import { figureInvariants } from './invariants-figures.ts';
import { moneyInvariants } from './invariants-money.ts';
import { orderInvariants } from './invariants-orders.ts';
import { providerInvariants } from './invariants-provider.ts';
import { workInvariants } from './invariants-work.ts';
import type { Schema } from './schema.ts';

/**
 * Something that is true at every instant, whatever has happened. `rows` is one query for both databases that finds what
 * breaks it, so it must find nothing. The numbers in the names are those of the project's list.
 */
export type Invariant = { name: string; says: string; rows: string };

export const invariants: readonly Invariant[] = [
  ...moneyInvariants,
  ...orderInvariants,
  ...afterSaleInvariants,
  ...providerInvariants,
  ...workInvariants,
  ...figureInvariants,
];

export type BrokenRow = Record<string, unknown>;

/** What breaks this invariant: at most `limit` rows, and how many there are in all. */
export async function findBroken(
  db: Kysely<Schema>,
  invariant: Invariant,
  limit: number,
): Promise<{ count: number; rows: BrokenRow[] }> {
  const { rows } = await sql
    .raw<BrokenRow>(`SELECT * FROM (${invariant.rows}) AS broken LIMIT ${limit + 1}`)
    .execute(db);
  if (rows.length <= limit) return { count: rows.length, rows };
  const counted = await sql
    .raw<{ count: number }>(`SELECT COUNT(*) AS count FROM (${invariant.rows}) AS broken`)
    .execute(db);
  return { count: Number(counted.rows[0]!.count), rows: rows.slice(0, limit) };
}
