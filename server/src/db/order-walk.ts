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
};

export type Direction = 'older' | 'newer';

export type Step = { start: Place | null; direction: Direction; limit: number };

/** An order that was passed, and whether it meets all conditions. */
export type Passed = Place & { fits: boolean };

type Condition = RawBuilder<unknown>;

/** Where orders are found in their order, by an index; a condition that it meets need not be looked at again. */
type Source = { tables: Condition; where: Condition };

// Word for word as in the index, or it is not used.
const waiting = sql`(o.status <> 'paid' OR o.fulfilment = 'unfulfilled')`;
const openBreaks = sql`breaks x JOIN orders o ON o.id = x.order_id`;
const openDisputes = sql`disputes x JOIN orders o ON o.id = x.order_id`;
const isOpen = sql`x.closed_at IS NULL AND x.order_id IS NOT NULL`;
/** The bank waits for what the shop has to say. */
const awaitsAnswer = sql`x.status IN ('needs_response', 'warning_needs_response')`;

/**
 * Orders in the order of the list, from `start` on: those that the most telling condition leaves, whether or not they meet
 * the rest. So each call looks at no more than `limit` of them, whatever is asked for; the caller goes on where it ended.
 */
export async function passOrders(
  db: Kysely<Schema>,
  conditions: OrderConditions,
  step: Step,
): Promise<Passed[]> {
  if (conditions.ids?.length === 0 || conditions.statuses?.length === 0) return [];
  const { sources, rest } = plan(conditions);
  const fits = rest.length === 0 ? sql`1` : sql`CASE WHEN ${all(rest)} THEN 1 ELSE 0 END`;
  const order = step.direction === 'older' ? sql`DESC` : sql`ASC`;
  const limit = sql.lit(step.limit);
  const range = all(rangeOf(conditions, step));
  const parts = sources.map(
    ({
      tables,
      where,
    }) => sql`SELECT o.placed_at, o.id, ${fits} AS fits FROM ${tables} WHERE ${where} AND ${range}
      ORDER BY o.placed_at ${order}, o.id ${order} LIMIT ${limit}`,
  );
  const [first] = parts;
  const joined = sql.join(
    parts.map((part, index) => sql`SELECT * FROM (${part}) AS ${sql.ref(`part${index}`)}`),
    sql` UNION `,
  );
  const whole =
    parts.length === 1 ? first! : sql`${joined} ORDER BY placed_at ${order}, id ${order} LIMIT ${limit}`;
  const { rows } = await (whole as RawBuilder<{ placed_at: number; id: string; fits: number }>).execute(db);
  return rows.map((row) => ({ placedAt: row.placed_at, id: row.id, fits: row.fits === 1 }));
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
  // Most orders are paid, so whoever looks for those finds them on the way.
  if (statuses === null || statuses.includes('paid'))
    return { sources: [{ tables: orders, where: sql`1 = 1` }], rest: [...ofStatus, ...amounts] };
  return { sources: statuses.flatMap(withStatus), rest: amounts };
}

function sourcesOf(view: NonNullable<OrderConditions['view']>): Source[] {
  if (view === 'disputed') return [{ tables: openDisputes, where: isOpen }];
  return [
    ...withStatus('review'),
    ...(['paid', 'partially_refunded'] as const).map((status) => withBoth(status, 'unfulfilled')),
    { tables: openBreaks, where: isOpen },
    { tables: openDisputes, where: sql`${isOpen} AND ${awaitsAnswer}` },
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

/** From where to where. The times are named beside the place, because by them an index can be entered. */
function rangeOf({ from, until }: OrderConditions, { start, direction }: Step): Condition[] {
  const range = [
    ...(from === null ? [] : [sql`o.placed_at >= ${from}`]),
    ...(until === null ? [] : [sql`o.placed_at < ${until}`]),
  ];
  if (start === null) return range.length === 0 ? [sql`1 = 1`] : range;
  const { placedAt, id } = start;
  const beyond =
    direction === 'older'
      ? sql`(o.placed_at, o.id) < (${placedAt}, ${id})`
      : sql`(o.placed_at, o.id) > (${placedAt}, ${id})`;
  return [...range, beyond];
}

function all(conditions: readonly Condition[]): Condition {
  return sql.join([...conditions], sql` AND `);
}
