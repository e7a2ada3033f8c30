import { sql } from 'kysely';
import type { Database } from '../../server/src/db/database.ts';

/** What operators look for in this database: names of things that are there, from all of its years. */
export type Samples = {
  orderIds: string[];
  numbers: string[];
  emails: string[];
  payments: string[];
  intents: string[];
  sessions: string[];
  charges: string[];
  refunds: string[];
  disputes: string[];
  events: string[];
  movements: string[];
  refundedOrders: string[];
  disputedOrders: string[];
  /** Places in the list of all, from its newest to its oldest. */
  places: string[];
  days: string[];
};

/** Of everything so many, each at another time. */
const wanted = 40;

export async function takeSamples({ read }: Database): Promise<Samples> {
  const moments = await momentsIn(read);
  const orders = await Promise.all(moments.map((at) => newestBefore(read, at)));
  return {
    orderIds: orders.map(({ id }) => id),
    numbers: orders.map(({ number }) => number),
    emails: orders.map(({ email }) => email),
    places: orders.map(({ placed_at, id }) => `${placed_at}.${id}`),
    days: moments.map((at) => new Date(at).toISOString().slice(0, 10)),
    ...(await namesOf(
      read,
      orders.map(({ id }) => id),
    )),
    ...(await namesAfterwards(read)),
  };
}

async function momentsIn(read: Database['read']): Promise<number[]> {
  const { rows } = await sql<{ first: number; last: number }>`
    SELECT MIN(placed_at) AS first, MAX(placed_at) AS last FROM orders`.execute(read);
  const { first, last } = rows[0]!;
  return Array.from({ length: wanted }, (_, index) =>
    Math.floor(last - ((last - first) * (index + 0.5)) / wanted),
  );
}

async function newestBefore(read: Database['read'], at: number) {
  return await read
    .selectFrom('orders')
    .select(['id', 'number', 'email', 'placed_at'])
    .where('placed_at', '<=', at)
    .where('status', '=', 'paid')
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
}

async function namesOf(read: Database['read'], orderIds: string[]) {
  const payments = await read.selectFrom('payments').selectAll().where('order_id', 'in', orderIds).execute();
  const charges = present(payments, 'charge_ref');
  const [events, movements] = await Promise.all([
    read.selectFrom('inbox').select('event_id').where('order_id', 'in', orderIds).execute(),
    read.selectFrom('provider_transactions').select('id').where('source_ref', 'in', charges).execute(),
  ]);
  return {
    payments: payments.map(({ id }) => id),
    intents: present(payments, 'intent_ref'),
    charges,
    events: events.map(({ event_id }) => event_id),
    movements: movements.map(({ id }) => id),
  };
}

async function namesAfterwards(read: Database['read']) {
  const [hosted, refunds, disputes] = await Promise.all([
    read
      .selectFrom('payments')
      .select('session_ref')
      .where('session_ref', 'is not', null)
      .limit(wanted)
      .execute(),
    read
      .selectFrom('refunds')
      .select(['refund_ref', 'order_id'])
      .where('refund_ref', 'is not', null)
      .limit(wanted)
      .execute(),
    read.selectFrom('disputes').select(['dispute_ref', 'order_id']).limit(wanted).execute(),
  ]);
  return {
    sessions: present(hosted, 'session_ref'),
    refunds: present(refunds, 'refund_ref'),
    refundedOrders: refunds.map(({ order_id }) => order_id),
    disputes: disputes.map(({ dispute_ref }) => dispute_ref),
    disputedOrders: disputes.map(({ order_id }) => order_id),
  };
}

function present<Name extends string>(rows: readonly Record<Name, string | null>[], name: Name): string[] {
  return rows.map((row) => row[name]).filter((value): value is string => value !== null);
}
