import { type Kysely, sql } from 'kysely';
import { expect } from 'vitest';
import { verifyAudit } from '../../src/app/verify-audit.ts';
import type { Database } from '../../src/db/database.ts';
import { findBroken, invariants } from '../../src/db/invariants.ts';
import type { Schema } from '../../src/db/schema.ts';
import {
  type Charge,
  type Intent,
  listAll,
  readJournal,
  type Session,
  type StripeRefund,
} from './stripe-record.ts';

/** What is looked at: a shop in this process, or only its database and its sandbox. */
export type Books = { database: Database; sandboxUrl: string };
type Shop = { app: { database: Database }; sandbox: { url: string } };

/** Fails with the name of every invariant that does not hold, and the rows that break it. */
export async function checkBooks(shop: Shop | Books): Promise<void> {
  const { database } = booksOf(shop);
  const broken: Record<string, unknown> = {};
  for (const invariant of invariants) {
    const { rows } = await findBroken(database.read, invariant, 10).catch((cause: unknown) => {
      throw new Error(`${invariant.name}: ${invariant.rows}`, { cause });
    });
    if (rows.length > 0) broken[invariant.name] = rows;
  }
  const links = await verifyAudit(database.read, 10);
  if (links.count > 0) broken['I16 audit chains verify'] = links.rows;
  const secrets = await storedSecrets(database.read);
  if (secrets.length > 0) broken['I21 no secret is stored'] = secrets;
  expect(broken).toEqual({});
}

/** I11: what is on hand and what was sold is what there was. */
export async function checkStock(shop: Shop | Books, supplied: ReadonlyMap<string, number>): Promise<void> {
  const { rows } = await sql<{
    id: string;
    units: number;
  }>`SELECT p.id, p.on_hand + COALESCE((SELECT SUM(l.quantity - l.returned)
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
    WHERE e.account = 'stripe_clearing' AND e.kind = 'receipt'`.execute(database.read);
  const charges = (await listAll<Charge>(sandboxUrl, '/v1/charges')).filter(
    ({ status, metadata }) => status === 'succeeded' && metadata.paydesk_order !== undefined,
  );
  const lines = (list: { intent: string; amount: number; currency: string }[]) =>
    list.map(({ intent, amount, currency }) => `${intent} ${amount} ${currency}`).toSorted();
  expect(lines(booked)).toEqual(
    lines(charges.map((charge) => ({ ...charge, intent: charge.payment_intent }))),
  );
  await compareRefunds(database.read, sandboxUrl, new Set(charges.map(({ id }) => id)));
  expect(await payableButClosed(database.read, sandboxUrl)).toEqual([]);
  expect(await unkeyedCreations(sandboxUrl)).toEqual([]);
}

/** Both sides know the same refunds of these charges, with the same amounts and outcomes. */
async function compareRefunds(db: Kysely<Schema>, sandboxUrl: string, charges: ReadonlySet<string>) {
  const ours = await db.selectFrom('refunds').selectAll().where('refund_ref', 'is not', null).execute();
  const theirs = (await listAll<StripeRefund>(sandboxUrl, '/v1/refunds')).filter(({ charge }) =>
    charges.has(charge),
  );
  const line = (id: string, rest: { amount: number; status: string }) =>
    `${id} ${rest.amount} ${rest.status}`;
  expect(ours.map((refund) => line(refund.refund_ref!, refund)).toSorted()).toEqual(
    theirs.map((refund) => line(refund.id, refund)).toSorted(),
  );
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
    ({ source, method, path }) =>
      source === 'api' &&
      method === 'POST' &&
      /^\/v1\/(payment_intents|checkout\/sessions)$/.test(path ?? ''),
  );
  return creations
    .filter(({ idempotency_key: key }) => !/^(pi|cs):create:pay_\w+$/.test(key ?? ''))
    .map(({ seq, path }) => `${seq} ${path}`);
}

const tables = [
  'settings',
  'orders',
  'order_lines',
  'order_events',
  'payments',
  'refunds',
  'inbox',
  'outbox',
  'idempotency',
  'ledger_entries',
  'breaks',
] as const satisfies (keyof Schema)[];

/** Keys of the API, signing secrets, and what lets somebody pay in a customer's name. Card numbers have 13 to 19 digits. */
const secret = /\b(sk|rk)_(live|test)_\w+|\bwhsec_\w+|\bpi_\w+_secret_\w+|\b\d{15,19}\b/;

/** What banks call a refund has as many digits as a card. */
const refundReference = /"reference": ?"\d+"/g;

async function storedSecrets(db: Kysely<Schema>): Promise<string[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await db.selectFrom(table).selectAll().execute();
    for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
      const match = typeof value === 'string' ? secret.exec(value.replaceAll(refundReference, '')) : null;
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
