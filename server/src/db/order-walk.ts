import type { OrderStatus } from '@paydesk/contract/orders';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** Where an order stands in the list of all: by the moment it was placed, then by its id. */
export type Place = { placedAt: number; id: string };

/** What has to be true of an order, of all that is named. Times are epoch milliseconds, amounts minor units. */
export type OrderConditions = {
  /** Only these, of which there are few. */
  ids: readonly string[] | null;
  email: string | null;
  view: 'needs-action' | 'disputed' | null;
  statuses: readonly OrderStatus[] | null;
  from: number | null;
  /** Before this moment. */
  until: number | null;
  min: number | null;
  max: number | null;
  /** Whether so few orders are of such an amount that they are found by it; `areFewOfAmount` tells. */
  fewOfAmount?: boolean;
};

export type Direction = 'older' | 'newer';

export type Step = { start: Place | null; direction: Direction; limit: number };

/** Those of the orders passed that meet all conditions, and where passing ended; null where there are no more. */
export type Passed = { places: Place[]; passed: number; end: Place | null };

type Condition = RawBuilder<unknown>;

/**
 * Where orders are found by an index, mostly in their order. `few`: they are found by something else that there is little of,
 * and then put in order; with a plus the time is no column that an index has, so that the database does not go through all orders instead.
 */
type Source = { tables: Condition; where: Condition; few?: true };

// Word for word as in the index, or it is not used.
const waiting = sql`(o.status <> 'paid' OR o.fulfilment = 'unfulfilled')`;
const openBreaks = sql`breaks x JOIN orders o ON o.id = x.order_id`;
const openDisputes = sql`disputes x JOIN orders o ON o.id = x.order_id`;
const isOpen = sql`x.closed_at IS NULL AND x.order_id IS NOT NULL`;
/** The bank waits for what the shop has to say. */
const awaitsAnswer = sql`x.status IN ('needs_response', 'warning_needs_response')`;

/**
 * Goes through orders in the order of the list, from `start` on: those that the most telling condition leaves, whether or not
 * they meet the rest. So each call looks at no more than `limit` of them, whatever is asked for; the caller goes on where it ended.
 */
export async function passOrders(
  db: Kysely<Schema>,
  conditions: OrderConditions,
  step: Step,
): Promise<Passed> {
  if (conditions.ids?.length === 0 || conditions.statuses?.length === 0)
    return { places: [], passed: 0, end: null };
  const { sources, rest } = plan(conditions);
  const passing = passingOf(sources, rest, conditions, step);
  const { rows } = await (rest.length === 0 ? passing : thoseThatFit(passing, step)).execute(db);
  const at = ({ placed_at, id }: Row): Place => ({ placedAt: placed_at, id });
  const places = rows.filter(({ fits }) => fits === 1).map(at);
  if (rest.length === 0)
    return { places, passed: rows.length, end: rows.length < step.limit ? null : places.at(-1)! };
  const last = rows.find(({ passed }) => passed !== null);
  const passed = Number(last?.passed ?? 0);
  return { places, passed, end: last === undefined || passed < step.limit ? null : at(last) };
}

/** `passed` is in the row of the last one that was passed; another row has that one if it fits. */
type Row = { placed_at: number; id: string; fits: number; passed: number | null };

function passingOf(
  sources: readonly Source[],
  rest: readonly Condition[],
  conditions: OrderConditions,
  step: Step,
): RawBuilder<Row> {
  const fits = rest.length === 0 ? sql`1` : sql`CASE WHEN ${all(rest)} THEN 1 ELSE 0 END`;
  const limit = sql.lit(step.limit);
  const order = orderOf(step);
  const [first, ...more] = sources.map(({ tables, where, few }) => {
    const time = few ? sql`+o.placed_at` : sql`o.placed_at`;
    const range = all(rangeOf(conditions, step, time));
    return sql<Row>`SELECT o.placed_at, o.id, ${fits} AS fits FROM ${tables} WHERE ${where} AND ${range}
      ORDER BY ${time} ${order}, o.id ${order} LIMIT ${limit}`;
  });
  if (more.length === 0) return first!;
  const parts = [first!, ...more].map(
    (part, index) => sql`SELECT * FROM (${part}) AS ${sql.ref(`part${index}`)}`,
  );
  return sql<Row>`${sql.join(parts, sql` UNION `)} ORDER BY placed_at ${order}, id ${order} LIMIT ${limit}`;
}

/** Of many that are passed only what is wanted leaves the database: that is four fifths of what it costs. */
function thoseThatFit(passing: RawBuilder<Row>, step: Step): RawBuilder<Row> {
  const order = orderOf(step);
  const back = step.direction === 'older' ? sql`ASC` : sql`DESC`;
  return sql<Row>`WITH passing AS MATERIALIZED (${passing})
    SELECT placed_at, id, fits, NULL AS passed FROM passing WHERE fits = 1
    UNION ALL SELECT placed_at, id, 0, (SELECT COUNT(*) FROM passing) FROM
      (SELECT placed_at, id FROM passing ORDER BY placed_at ${back}, id ${back} LIMIT 1) AS last_one
    ORDER BY placed_at ${order}, id ${order}`;
}

function orderOf({ direction }: Step): Condition {
  return direction === 'older' ? sql`DESC` : sql`ASC`;
}

/** Whether no other condition is as telling as the amount, and fewer than `few` orders are of such a one. */
export async function areFewOfAmount(
  db: Kysely<Schema>,
  conditions: OrderConditions,
  few: number,
): Promise<boolean> {
  const { ids, email, view, min, max } = conditions;
  if (ids !== null || email !== null || view !== null || (min === null && max === null)) return false;
  const { rows } = await sql<{ count: number }>`SELECT COUNT(*) AS count FROM
    (SELECT 1 FROM orders o WHERE ${all(amountsOf(conditions))} LIMIT ${sql.lit(few)}) AS found`.execute(db);
  return Number(rows[0]!.count) < few;
}

/** Whether every order that is passed meets all conditions, so that none is passed in vain. */
export function isExact(conditions: OrderConditions): boolean {
  return plan(conditions).rest.length === 0;
}

/** The most telling condition finds the orders; the rest is looked at. */
function plan(conditions: OrderConditions): { sources: Source[]; rest: Condition[] } {
  const { ids, email, view, statuses } = conditions;
  const orders = sql`orders o`;
  const amounts = amountsOf(conditions);
  const ofStatus = statuses === null ? [] : [sql`o.status IN (${sql.join(statuses)})`];
  const ofView = view === null ? [] : [isInView(view)];
  const ofEmail = email === null ? [] : [sql`o.email = ${email}`];
  if (ids !== null) {
    const where = sql`o.id IN (${sql.join(ids)})`;
    return { sources: [{ tables: orders, where }], rest: [...ofEmail, ...ofView, ...ofStatus, ...amounts] };
  }
  if (email !== null)
    return { sources: [{ tables: orders, where: ofEmail[0]! }], rest: [...ofView, ...ofStatus, ...amounts] };
  if (view !== null) return { sources: sourcesOf(view), rest: [...ofStatus, ...amounts] };
  // Of one amount they lie in the order of the list; of several, few can be put in order.
  if (conditions.min !== null && conditions.min === conditions.max)
    return { sources: [{ tables: orders, where: sql`o.total = ${conditions.min}` }], rest: ofStatus };
  if (conditions.fewOfAmount)
    return { sources: [{ tables: orders, where: all(amounts), few: true }], rest: ofStatus };
  // Most orders are paid, so whoever looks for those finds them on the way.
  if (statuses === null || statuses.includes('paid'))
    return { sources: [{ tables: orders, where: sql`1 = 1` }], rest: [...ofStatus, ...amounts] };
  return { sources: statuses.flatMap(withStatus), rest: amounts };
}

function sourcesOf(view: NonNullable<OrderConditions['view']>): Source[] {
  if (view === 'disputed') return [{ tables: openDisputes, where: isOpen, few: true }];
  return [
    ...withStatus('review'),
    ...(['paid', 'partially_refunded'] as const).map((status) => withBoth(status, 'unfulfilled')),
    { tables: openBreaks, where: isOpen, few: true },
    { tables: openDisputes, where: sql`${isOpen} AND ${awaitsAnswer}`, few: true },
  ];
}

/** Both, because the index has the fulfilment before the time. */
function withStatus(status: OrderStatus): Source[] {
  return (['unfulfilled', 'fulfilled'] as const).map((fulfilment) => withBoth(status, fulfilment));
}

function withBoth(status: OrderStatus, fulfilment: Schema['orders']['fulfilment']): Source {
  const where = sql`${waiting} AND o.status = ${status} AND o.fulfilment = ${fulfilment}`;
  return { tables: sql`orders o`, where };
}

/** The same as a question about one order that was found otherwise. */
function isInView(view: NonNullable<OrderConditions['view']>): Condition {
  const disputed = (more: Condition) =>
    sql`EXISTS (SELECT 1 FROM disputes x WHERE x.order_id = o.id AND ${isOpen} AND ${more})`;
  if (view === 'disputed') return disputed(sql`1 = 1`);
  return sql`(o.status = 'review' OR (o.status IN ('paid', 'partially_refunded') AND o.fulfilment = 'unfulfilled')
    OR EXISTS (SELECT 1 FROM breaks x WHERE x.order_id = o.id AND ${isOpen}) OR ${disputed(awaitsAnswer)})`;
}

function amountsOf({ min, max }: OrderConditions): Condition[] {
  return [
    ...(min === null ? [] : [sql`o.total >= ${min}`]),
    ...(max === null ? [] : [sql`o.total <= ${max}`]),
  ];
}

/** From where to where, by this time. */
function rangeOf({ from, until }: OrderConditions, { start, direction }: Step, time: Condition): Condition[] {
  const range = [
    ...(from === null ? [] : [sql`${time} >= ${from}`]),
    ...(until === null ? [] : [sql`${time} < ${until}`]),
  ];
  if (start === null) return range.length === 0 ? [sql`1 = 1`] : range;
  const { placedAt, id } = start;
  const beyond =
    direction === 'older'
      ? sql`(${time}, o.id) < (${placedAt}, ${id})`
      : sql`(${time}, o.id) > (${placedAt}, ${id})`;
  return [...range, beyond];
}

function all(conditions: readonly Condition[]): Condition {
  return sql.join([...conditions], sql` AND `);
}
