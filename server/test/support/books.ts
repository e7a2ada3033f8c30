import { type Kysely, sql } from 'kysely';
import { expect } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import type { Schema } from '../../src/db/schema.ts';
import { nextOrderStatus, orderFacts } from '../../src/domain/order.ts';
import { type Charge, type Intent, listAll, readJournal, type Session } from './stripe-record.ts';

/** What is looked at: a shop in this process, or only its database and its sandbox. */
export type Books = { database: Database; sandboxUrl: string };
type Shop = { app: { database: Database }; sandbox: { url: string } };

/**
 * Each is true at every instant, and a query that finds rows says where it is not. Amounts in minor units.
 * The numbers are those of the project's list of invariants.
 */
const invariants: Record<string, string> = {
  'I1 a journal sums to zero':
    'SELECT kind, ref, currency FROM ledger_entries GROUP BY kind, ref, currency HAVING SUM(amount) <> 0',
  'I2 a journal has two entries or more':
    'SELECT kind, ref FROM ledger_entries GROUP BY kind, ref HAVING COUNT(*) < 2',
  'I2 a receipt belongs to a payment of its order, or to nobody': `SELECT ref FROM ledger_entries e WHERE kind = 'receipt'
      AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = e.ref AND p.order_id = e.order_id AND p.currency = e.currency)
      AND NOT EXISTS (SELECT 1 FROM ledger_entries u WHERE u.ref = e.ref AND u.account = 'unapplied')`,
  'I3 an order has received what was booked to it': `SELECT o.id, o.received FROM orders o WHERE o.received <> COALESCE((SELECT -SUM(e.amount) FROM ledger_entries e
      WHERE e.order_id = o.id AND e.account NOT IN ('stripe_clearing', 'unapplied')), 0)`,
  'I5 a paid order has all its money, and only a paid one has': `SELECT id FROM orders WHERE (status = 'paid') <> (received = total) OR received > total`,
  'I6 money that belongs to no order has an open break': `SELECT ref FROM ledger_entries e WHERE account = 'unapplied' AND NOT EXISTS
      (SELECT 1 FROM breaks b WHERE b.object_id = e.ref AND b.amount = -e.amount AND b.closed_at IS NULL)`,
  'I6 an order under review says why': `SELECT id FROM orders o WHERE status = 'review' AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.order_id = o.id)`,
  'I7 an order has at most one attempt that can take money':
    'SELECT order_id FROM payments WHERE closed_at IS NULL GROUP BY order_id HAVING COUNT(*) > 1',
  'I7 an attempt that succeeded or was canceled can take no more': `SELECT id FROM payments WHERE status IN ('succeeded', 'canceled') AND closed_at IS NULL`,
  'I8 at most one receipt settles an order': `SELECT order_id FROM ledger_entries WHERE account = 'sales' GROUP BY order_id HAVING COUNT(*) > 1`,
  'I8 a payment that succeeded has one receipt': `SELECT p.id FROM payments p WHERE p.status = 'succeeded' AND 1 <> (SELECT COUNT(*) FROM ledger_entries e
      WHERE e.kind = 'receipt' AND e.ref = p.id AND e.account = 'stripe_clearing')`,
  'I9 stock is neither negative nor promised twice':
    'SELECT id FROM products WHERE on_hand < 0 OR reserved < 0 OR reserved > on_hand',
  'I10 reserved units are those of the orders that hold them': `SELECT p.id, p.reserved FROM products p WHERE p.reserved <> COALESCE((SELECT SUM(l.quantity) FROM order_lines l
      JOIN orders o ON o.id = l.order_id WHERE l.product_id = p.id AND o.hold = 'held'), 0)`,
  'I12 the hold fits the status': `SELECT id, status, hold FROM orders WHERE hold <> CASE WHEN status IN ('pending', 'processing', 'failed') THEN 'held'
      WHEN status = 'paid' THEN 'sold' WHEN status IN ('canceled', 'expired') THEN 'released' ELSE hold END`,
  'I13 the lines sum to the total': `SELECT o.id FROM orders o WHERE o.total <> o.subtotal - o.discount + o.shipping + o.tax
      OR o.subtotal <> (SELECT SUM(quantity * unit_price) FROM order_lines l WHERE l.order_id = o.id)
      OR o.discount <> (SELECT SUM(discount) FROM order_lines l WHERE l.order_id = o.id)
      OR o.tax < (SELECT SUM(tax) FROM order_lines l WHERE l.order_id = o.id)`,
  'I14 an attempt is about the whole order': `SELECT p.id FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.amount <> o.total OR p.currency <> o.currency`,
  'I15 one charge belongs to one payment':
    'SELECT charge_ref FROM payments WHERE charge_ref IS NOT NULL GROUP BY charge_ref HAVING COUNT(*) > 1',
  'I15 one intent belongs to one payment':
    'SELECT intent_ref FROM payments WHERE intent_ref IS NOT NULL GROUP BY intent_ref HAVING COUNT(*) > 1',
  'I16 the timeline has every version once': `SELECT o.id, o.version FROM orders o WHERE o.version <> (SELECT COUNT(*) FROM order_events e WHERE e.order_id = o.id)
      OR o.version <> (SELECT MAX(version) FROM order_events e WHERE e.order_id = o.id)
      OR o.status <> (SELECT status FROM order_events e WHERE e.order_id = o.id AND e.version = o.version)`,
  'I17 an event that is done says what came of it': `SELECT event_id, outcome FROM inbox i WHERE state IN ('done', 'parked') AND (outcome IS NULL OR outcome = ''
      OR (outcome LIKE 'payment %' AND NOT EXISTS (SELECT 1 FROM order_events e WHERE e.event_id = i.event_id)))`,
  'I18 an order that holds stock has a job that ends it': `SELECT id FROM orders o WHERE status IN ('pending', 'failed', 'processing') AND NOT EXISTS
      (SELECT 1 FROM outbox x WHERE x.kind = 'order.close' AND x.subject_id = o.id AND x.done_at IS NULL)`,
  'I18 an attempt Stripe may not know has a job that makes it': `SELECT id FROM payments p WHERE status IN ('creating', 'unknown') AND closed_at IS NULL AND NOT EXISTS
      (SELECT 1 FROM outbox x WHERE x.kind = 'payment.create' AND x.subject_id = p.id AND x.done_at IS NULL)`,
  'I19 a finished request has its reply': `SELECT scope FROM idempotency WHERE state = 'done' AND reply IS NULL`,
  'I20 no effect is done and dead':
    'SELECT subject_id FROM outbox WHERE done_at IS NOT NULL AND dead_at IS NOT NULL',
  'a discount was used as often as orders that stand say': `SELECT code, uses FROM discounts d WHERE uses <> (SELECT COUNT(*) FROM discount_uses u WHERE u.code = d.code)`,
};

/** Fails with the name of every invariant that does not hold, and the rows that break it. */
export async function checkBooks(shop: Shop | Books): Promise<void> {
  const { database } = booksOf(shop);
  const broken: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(invariants)) {
    const { rows } = await sql
      .raw(query)
      .execute(database.read)
      .catch((cause: unknown) => {
        throw new Error(`${name}: ${query}`, { cause });
      });
    if (rows.length > 0) broken[name] = rows;
  }
  const steps = await forbiddenSteps(database.read);
  if (steps.length > 0) broken['I16 an order moves along its table only'] = steps;
  const secrets = await storedSecrets(database.read);
  if (secrets.length > 0) broken['I21 no secret is stored'] = secrets;
  expect(broken).toEqual({});
}

/** I11: what is on hand and what was sold is what there was. */
export async function checkStock(shop: Shop | Books, supplied: ReadonlyMap<string, number>): Promise<void> {
  const { rows } = await sql<{
    id: string;
    units: number;
  }>`SELECT p.id, p.on_hand + COALESCE((SELECT SUM(l.quantity)
    FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.product_id = p.id AND o.hold = 'sold'), 0) AS units
    FROM products p`.execute(booksOf(shop).database.read);
  expect(new Map(rows.map((row) => [row.id, Number(row.units)]))).toEqual(supplied);
}

export async function stockOnHand(shop: Shop | Books): Promise<Map<string, number>> {
  const rows = await booksOf(shop).database.read.selectFrom('products').select(['id', 'on_hand']).execute();
  return new Map(rows.map((row) => [row.id, row.on_hand]));
}

/**
 * The other side of the books (X1–X10): all money Stripe took for this shop is booked once and in full, nothing else is,
 * and nothing that was closed here can still be paid there. Only for shops whose events were all genuine.
 */
export async function compareWithStripe(shop: Shop | Books): Promise<void> {
  const { database, sandboxUrl } = booksOf(shop);
  const { rows: booked } = await sql<{ intent: string; amount: number; currency: string }>`
    SELECT COALESCE(p.intent_ref, e.ref) AS intent, e.amount, e.currency
    FROM ledger_entries e LEFT JOIN payments p ON p.id = e.ref
    WHERE e.account = 'stripe_clearing'`.execute(database.read);
  const charges = (await listAll<Charge>(sandboxUrl, '/v1/charges')).filter(
    ({ status, metadata }) => status === 'succeeded' && metadata.paydesk_order !== undefined,
  );
  const lines = (list: { intent: string; amount: number; currency: string }[]) =>
    list.map(({ intent, amount, currency }) => `${intent} ${amount} ${currency}`).toSorted();
  expect(lines(booked)).toEqual(
    lines(charges.map((charge) => ({ ...charge, intent: charge.payment_intent }))),
  );
  expect(await payableButClosed(database.read, sandboxUrl)).toEqual([]);
  expect(await unkeyedCreations(sandboxUrl)).toEqual([]);
}

async function payableButClosed(db: Kysely<Schema>, sandboxUrl: string): Promise<string[]> {
  const closed = await db.selectFrom('payments').select('id').where('closed_at', 'is not', null).execute();
  const ids = new Set(closed.map((row) => row.id));
  const intents = await listAll<Intent>(sandboxUrl, '/v1/payment_intents');
  const sessions = await listAll<Session>(sandboxUrl, '/v1/checkout/sessions');
  const payable = [
    ...intents.filter(({ status }) => status.startsWith('requires_')),
    ...sessions.filter(({ status }) => status === 'open'),
  ];
  // The intent of a session that ended lives on without a way to reach it: the session is what can be paid.
  const reachable = payable.filter(
    ({ id }) => !sessions.some((one) => one.payment_intent === id && one.status !== 'open'),
  );
  return reachable.filter(({ metadata }) => ids.has(metadata.paydesk_payment ?? '')).map(({ id }) => id);
}

async function unkeyedCreations(sandboxUrl: string): Promise<string[]> {
  const creations = (await readJournal(sandboxUrl)).filter(
    ({ method, path }) =>
      method === 'POST' && /^\/v1\/(payment_intents|checkout\/sessions)$/.test(path ?? ''),
  );
  return creations
    .filter(({ idempotency_key: key }) => !/^(pi|cs):create:pay_\w+$/.test(key ?? ''))
    .map(({ seq, path }) => `${seq} ${path}`);
}

async function forbiddenSteps(db: Kysely<Schema>): Promise<string[]> {
  const events = await db
    .selectFrom('order_events')
    .select(['order_id', 'version', 'status'])
    .orderBy('order_id')
    .orderBy('version')
    .execute();
  return events.flatMap((event, index) => {
    const before = events[index - 1];
    if (before?.order_id !== event.order_id) return event.status === 'pending' ? [] : [event.order_id];
    const allowed =
      before.status === event.status ||
      orderFacts.some((fact) => nextOrderStatus(before.status, fact) === event.status);
    return allowed ? [] : [`${event.order_id}: ${before.status} → ${event.status}`];
  });
}

const tables = [
  'settings',
  'orders',
  'order_lines',
  'order_events',
  'payments',
  'inbox',
  'outbox',
  'idempotency',
  'ledger_entries',
  'breaks',
] as const satisfies (keyof Schema)[];

/** Keys of the API, signing secrets, and what lets somebody pay in a customer's name. Card numbers have 13 to 19 digits. */
const secret = /\b(sk|rk)_(live|test)_\w+|\bwhsec_\w+|\bpi_\w+_secret_\w+|\b\d{15,19}\b/;

async function storedSecrets(db: Kysely<Schema>): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await db.selectFrom(table).selectAll().execute();
    for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
      const match = typeof value === 'string' ? secret.exec(value) : null;
      if (match) found.push(`${table}.${column}: ${match[0].slice(0, 40)}`);
    }
  }
  return [...new Set(found.map((line) => line.replace(/_\w+_secret_\w+/, '_…_secret_…')))];
}

function booksOf(shop: Shop | Books): Books {
  return 'app' in shop ? { database: shop.app.database, sandboxUrl: shop.sandbox.url } : shop;
}

/** Everything an event could change, to be compared before and after. */
export async function snapshot(shop: Shop | Books): Promise<Record<string, unknown[]>> {
  const { database } = booksOf(shop);
  const all: Record<string, unknown[]> = {};
  for (const table of [...tables, 'products', 'discounts'] as const)
    all[table] = (await database.read.selectFrom(table).selectAll().execute())
      .map((row) => JSON.stringify(row))
      .toSorted();
  return all;
}
