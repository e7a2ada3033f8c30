import { type Kysely, type SqlBool, sql } from 'kysely';
import type { Figure, FigureName } from '../domain/figures.ts';
import { hour } from '../domain/zone.ts';
import type { Range } from './figures.ts';
import { isCounted } from './migrations/0012-figures.ts';
import type { Schema } from './schema.ts';

/**
 * What the timeline says happened between two moments, summed by the hour. All but new orders is reached from the timeline's partial
 * index: money by the keys of its journals, goods by those of their order. None of it ever changes once it was written.
 *
 * The joins are crossed ones because a planner that knows no sizes would else begin with all receipts there ever were.
 */

type Db = Kysely<Schema>;

/** Hours begin this long after UTC's. */
type Phased = Range & { phase: number };

type Sum = { hour: number; key: string; currency: string; count: number; amount: number };

const names: Partial<Record<string, FigureName>> = {
  'order.paid': 'paid',
  'order.canceled': 'canceled',
  'order.expired': 'expired',
  'dispute.opened': 'disputed',
};

/** The timeline between the two moments; each query names the types that it wants besides. */
function counted(db: Db, { from, to }: Range) {
  return db
    .selectFrom('order_events as e')
    .where(sql<SqlBool>`${sql.raw(`e.${isCounted}`)}`)
    .where('e.at', '>=', from)
    .where('e.at', '<', to);
}

function hourOf({ phase }: Phased) {
  return sql<number>`e.at - (e.at - ${sql.lit(phase)}) % ${sql.lit(hour)}`;
}

/** How many orders were placed. */
export async function countPlaced(db: Db, { from, to, phase }: Phased): Promise<Figure[]> {
  const begun = sql<number>`placed_at - (placed_at - ${sql.lit(phase)}) % ${sql.lit(hour)}`;
  const rows = await db
    .selectFrom('orders')
    .where('placed_at', '>=', from)
    .where('placed_at', '<', to)
    .select((e) => [begun.as('hour'), e.fn.countAll<number>().as('count')])
    .groupBy('hour')
    .execute();
  return rows.map((row) => figure('placed', { ...row, key: '', currency: '', amount: 0 }));
}

/** When the first order of the shop was placed; undefined where there is none. */
export async function firstPlacedAt(db: Db): Promise<number | undefined> {
  const first = await db
    .selectFrom('orders')
    .select('placed_at')
    .orderBy('placed_at')
    .limit(1)
    .executeTakeFirst();
  return first?.placed_at;
}

/** How many orders were paid, ended and so on. */
export async function countOrders(db: Db, range: Phased): Promise<Figure[]> {
  const rows = await counted(db, range)
    .select((e) => [hourOf(range).as('hour'), 'e.type', e.fn.countAll<number>().as('count')])
    .groupBy(['hour', 'e.type'])
    .execute();
  return rows.flatMap(({ hour, type, count }) => {
    const name = names[type];
    return name ? [{ name, hour, key: '', currency: '', count, amount: 0 }] : [];
  });
}

/** What was received for orders, as its journals have it. Money that belongs to no order is not in it. */
export async function sumReceipts(db: Db, range: Phased): Promise<Figure[]> {
  // One journal's entries lie together: reading all of them is faster than looking for each.
  const isEarned = sql<SqlBool>`l.account IN ('order_due', 'sales', 'shipping', 'tax')`;
  const rows = await counted(db, range)
    .crossJoin('ledger_entries as l')
    .where('e.type', 'in', ['order.paid', 'payment.succeeded'])
    .where('l.kind', '=', 'receipt')
    .whereRef('l.ref', '=', 'e.payment_id')
    .select([
      hourOf(range).as('hour'),
      'l.currency',
      sql<number>`count(DISTINCT CASE WHEN ${isEarned} THEN l.ref END)`.as('count'),
      sql<number>`-sum(CASE WHEN ${isEarned} THEN l.amount ELSE 0 END)`.as('amount'),
    ])
    .groupBy(['hour', 'l.currency'])
    .execute();
  return rows.map((row) => figure('received', { ...row, key: '' }));
}

/** What has gone back of it, less what came back of that, because the refund failed after all. */
export async function sumRefunds(db: Db, range: Phased): Promise<Figure[]> {
  const isDone = sql<SqlBool>`${sql.ref('e.type')} = 'refund.succeeded'`;
  const rows = await counted(db, range)
    .crossJoin('refunds as r')
    .crossJoin('ledger_entries as l')
    .where('e.type', 'in', ['refund.succeeded', 'refund.failed', 'refund.canceled'])
    .whereRef('r.id', '=', 'e.refund_id')
    .where('r.applies_to', '=', 'order')
    .where('l.kind', '=', sql<string>`CASE WHEN ${isDone} THEN 'refund_done' ELSE 'refund_fail' END`)
    .whereRef('l.ref', '=', 'e.refund_id')
    .where('l.account', 'in', ['stripe_clearing', 'bank'])
    .select((e) => [
      hourOf(range).as('hour'),
      'l.currency',
      sql<number>`sum(CASE WHEN ${isDone} THEN 1 ELSE -1 END)`.as('count'),
      sql<number>`-sum(${e.ref('l.amount')})`.as('amount'),
    ])
    .groupBy(['hour', 'l.currency'])
    .execute();
  return rows.map((row) => figure('refunded', { ...row, key: '' }));
}

/** Units of each product in the orders that were paid, and what they cost less discount, before tax. */
export async function sumProducts(db: Db, range: Phased): Promise<Figure[]> {
  const rows = await counted(db, range)
    .crossJoin('orders as o')
    .crossJoin('order_lines as l')
    .where('e.type', '=', 'order.paid')
    .whereRef('o.id', '=', 'e.order_id')
    .whereRef('l.order_id', '=', 'e.order_id')
    .select((e) => [
      hourOf(range).as('hour'),
      'l.product_id as key',
      'o.currency',
      e.fn.sum<number>('l.quantity').as('count'),
      sql<number>`sum(l.subtotal - l.discount)`.as('amount'),
    ])
    .groupBy(['hour', 'l.product_id', 'o.currency'])
    .execute();
  return rows.map((row) => figure('sold', row));
}

/** A provider's notification behind the timeline, as it is kept. */
export type Told = {
  hour: number;
  type: string;
  provider: string;
  source: string;
  payload: string;
  receivedAt: number;
};

/** Notifications of failures, all, and of successes, as many an hour as tell how long they take. Newest first, at most `limit`. */
export async function findTold(
  db: Db,
  range: Phased,
  { perHour, limit }: { perHour: number; limit: number },
): Promise<Told[]> {
  const ranked = counted(db, range)
    .where('e.type', 'in', ['order.paid', 'payment.failed'])
    .where('e.event_id', 'is not', null)
    .select((e) => [
      hourOf(range).as('hour'),
      'e.type',
      'e.at',
      'e.event_id',
      sql<number>`row_number() OVER (PARTITION BY ${hourOf(range)}, ${e.ref('e.type')} ORDER BY e.at DESC)`.as(
        'rank',
      ),
    ]);
  return await db
    .selectFrom(ranked.as('t'))
    .innerJoin('inbox as i', 'i.event_id', 't.event_id')
    .where((e) => e.or([e('t.type', '=', 'payment.failed'), e('t.rank', '<=', perHour)]))
    .select(['t.hour', 't.type', 'i.provider', 'i.source', 'i.payload', 'i.received_at as receivedAt'])
    .orderBy('t.at', 'desc')
    .limit(limit)
    .execute();
}

/**
 * How many attempts failed, by the hour. Those that no notification told of, because the provider was asked, by the code that their
 * attempt has; all others with none, because only the notification says which it was then.
 */
export async function countFailures(
  db: Db,
  range: Phased,
): Promise<{ hour: number; code: string | null; count: number }[]> {
  return await counted(db, range)
    .leftJoin('payments as p', (join) => join.onRef('p.id', '=', 'e.payment_id').on('e.event_id', 'is', null))
    .where('e.type', '=', 'payment.failed')
    .select((e) => [hourOf(range).as('hour'), 'p.failure_code as code', e.fn.countAll<number>().as('count')])
    .groupBy(['hour', 'p.failure_code'])
    .execute();
}

/** When the counted event was that comes `skip` after the first one since then; undefined where there is none. */
export async function findCountedAt(db: Db, since: number, skip: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('order_events as e')
    .select('e.at')
    .where(sql<SqlBool>`${sql.raw(`e.${isCounted}`)}`)
    .where('e.at', '>=', since)
    .orderBy('e.at')
    .limit(1)
    .offset(skip)
    .executeTakeFirst();
  return row?.at;
}

function figure(name: FigureName, sum: Sum): Figure {
  return { name, ...sum };
}
