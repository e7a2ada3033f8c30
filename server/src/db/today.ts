import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** What the operators' first page looks at as it is now: few rows each, by the indexes that the work itself needs. */

type Db = Kysely<Schema>;

/** The names of products, also of those that are sold no more. */
export async function findNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('products')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export type Queued = { count: number; oldest: number | null };

/** Events that wait to be dealt with, and since when the oldest of them. */
export async function countInbox(db: Db): Promise<Queued> {
  return await db
    .selectFrom('inbox')
    .select((e) => [e.fn.countAll<number>().as('count'), e.fn.min<number | null>('received_at').as('oldest')])
    .where(sql<boolean>`state IN ('new', 'waiting')`)
    .executeTakeFirstOrThrow();
}

/** Effects that should have happened by now, apart by whether they are e-mails, and since when the oldest of them. */
export async function countOutbox(db: Db, now: number): Promise<{ effects: Queued; mails: Queued }> {
  const rows = await db
    .selectFrom('outbox')
    .select((e) => [
      sql<number>`CASE WHEN kind LIKE 'mail.%' THEN 1 ELSE 0 END`.as('mail'),
      e.fn.countAll<number>().as('count'),
      e.fn.min<number | null>('not_before').as('oldest'),
    ])
    .where(sql<boolean>`done_at IS NULL AND dead_at IS NULL`)
    .where('not_before', '<=', now)
    .groupBy('mail')
    .execute();
  const of = (mail: number) => rows.find((row) => row.mail === mail) ?? { count: 0, oldest: null };
  return { effects: of(0), mails: of(1) };
}

/** Orders that hold stock without having been paid: each has an effect that will end it. */
export async function countHolds(db: Db): Promise<{ orders: number; next: number | null; units: number }> {
  const [ends, stock] = await Promise.all([
    db
      .selectFrom('outbox')
      .select((e) => [e.fn.countAll<number>().as('orders'), e.fn.min<number | null>('not_before').as('next')])
      .where(sql<boolean>`done_at IS NULL AND dead_at IS NULL`)
      .where('kind', '=', 'order.close')
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('products')
      .select((e) => e.fn.sum<number | null>('reserved').as('units'))
      .executeTakeFirstOrThrow(),
  ]);
  return { ...ends, units: stock.units ?? 0 };
}

/** Disputes that the shop has not answered yet. */
export async function findUnanswered(db: Db) {
  return await db
    .selectFrom('disputes')
    .select(['amount', 'currency', 'evidence_due_at'])
    .where('closed_at', 'is', null)
    .where('status', 'in', ['needs_response', 'warning_needs_response'])
    .execute();
}

/** What can be sold of each product that is sold at all. */
export async function findAvailable(db: Db) {
  return await db
    .selectFrom('products')
    .select(['id', 'slug', 'name'])
    .select(sql<number>`on_hand - reserved`.as('available'))
    .where('active', '=', 1)
    .execute();
}
