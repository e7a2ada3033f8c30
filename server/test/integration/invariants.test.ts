import type { PlacedOrder } from '@paydesk/contract/orders';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookTransactions } from '../../src/app/book-transactions.ts';
import { verifyAudit } from '../../src/app/verify-audit.ts';
import { auditHash } from '../../src/db/audit.ts';
import { findBroken, invariants } from '../../src/db/invariants.ts';
import { findEvents } from '../../src/db/orders.ts';
import type { Tx } from '../../src/db/schema.ts';
import { checkBooks } from '../support/books.ts';
import { bookCorruptions, type Corruption } from '../support/corruptions.ts';
import { deskCorruptions } from '../support/corruptions-desk.ts';
import { orderWithPayment } from '../support/customer.ts';
import { disputed, disputedCards, paidWith, tell } from '../support/disputes.ts';
import { figureCorruption } from '../support/figure-corruption.ts';
import { call, databases, readOrder, startTestShop, type TestShop, until } from '../support/shop.ts';

const audit = 'I16 audit chains verify';
const corruptions = [...bookCorruptions, ...deskCorruptions, figureCorruption];

it('every rule has a database that breaks it', () => {
  const rules = [...invariants.map(({ name }) => name), audit];
  expect(corruptions.map(({ breaks }) => breaks).toSorted()).toEqual(rules.toSorted());
});

describe.each(databases)('the rules of the books, on %s', (kind) => {
  let shop: TestShop;
  let names: Record<string, string>;
  beforeAll(async () => {
    shop = await startTestShop(kind, { sandboxSettings: { refund_delay_ms: 0 } });
    names = await makeOrders(shop);
  });
  afterAll(() => shop.stop());

  it('hold in a shop where everything happened', async () => {
    await checkBooks(shop);
  });

  // Some are refused by PostgreSQL's own constraints, which a transaction cannot switch off.
  it.each(corruptions.filter(({ checks }) => kind === 'SQLite' || !checks))(
    'notice when exactly one does not: $breaks',
    async (corruption) => {
      expect(await brokenBy(shop, kind, names, corruption)).toEqual([corruption.breaks]);
    },
  );
});

/** One order of every kind, with all their money booked. Returns their ids. */
async function makeOrders(shop: TestShop): Promise<Record<string, string>> {
  const visa = '4242424242424242';
  const paid = await paidOrder(shop, visa);
  const refunded = await paidOrder(shop, visa);
  const { payments } = await readOrder(shop, refunded);
  await tell(shop, '/v1/refunds', { payment_intent: payments[0]!.reference!, amount: '300' });
  await until(
    () => readOrder(shop, refunded),
    ({ status }) => status === 'partially_refunded',
  );
  const withDispute = await paidWith(shop, disputedCards.fraudulent);
  await disputed(shop, withDispute, ({ funds }) => funds === 'withdrawn');
  const { placed: canceled } = await orderWithPayment(shop);
  await call(shop, 'POST', `/api/orders/${canceled.order.id}/cancel`, { token: canceled.accessToken });
  const { placed: pending, payment } = await orderWithPayment(shop);
  await until(
    () => bookTransactions(shop.app).then(() => countListed(shop)),
    (count) => count === 5,
  );
  const quote = (id: string) => `'${id}'`;
  return {
    ':paid': quote(paid.order.id),
    ':refunded': quote(refunded.order.id),
    ':disputed': quote(withDispute.order.id),
    ':canceled': quote(canceled.order.id),
    ':pending': quote(pending.order.id),
    ':open': quote(payment.payment.id),
  };
}

async function paidOrder(shop: TestShop, card: string): Promise<PlacedOrder> {
  const placed = await paidWith(shop, card);
  await until(
    () => readOrder(shop, placed),
    ({ status }) => status === 'paid',
  );
  return placed;
}

async function countListed(shop: TestShop): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT COUNT(*) AS count FROM provider_transactions`.execute(
    shop.app.database.read,
  );
  return Number(rows[0]!.count);
}

/** The names of the rules that speak, in a transaction that is then undone. */
async function brokenBy(
  shop: TestShop,
  kind: 'SQLite' | 'PostgreSQL',
  names: Record<string, string>,
  corruption: Corruption,
): Promise<string[]> {
  const undone = new Error('undone on purpose');
  const spoke: string[] = [];
  const tryOut = async (tx: Tx): Promise<void> => {
    await letEverythingThrough(tx, kind, corruption.unique ?? []);
    await forgetSums(tx);
    for (const statement of corruption.by) await sql.raw(named(statement, names)).execute(tx);
    if (corruption.retold) await retell(tx, named(corruption.retold, names).slice(1, -1));
    for (const invariant of invariants)
      if ((await findBroken(tx, invariant, 5)).count > 0) spoke.push(invariant.name);
    if ((await verifyAudit(tx, 5)).count > 0) spoke.push(audit);
    throw undone;
  };
  await expect(shop.app.database.transaction(tryOut)).rejects.toBe(undone);
  return spoke;
}

function named(statement: string, names: Record<string, string>): string {
  return statement.replaceAll(/:[a-z]+\b/g, (name) => names[name] ?? name);
}

async function letEverythingThrough(tx: Tx, kind: 'SQLite' | 'PostgreSQL', indexes: string[]): Promise<void> {
  const run = async (text: string) => await sql.raw(text).execute(tx);
  if (kind === 'PostgreSQL') await run('SET LOCAL session_replication_role = replica');
  else {
    await run('PRAGMA ignore_check_constraints = ON');
    const triggers = await sql<{
      name: string;
    }>`SELECT name FROM sqlite_master WHERE type = 'trigger'`.execute(tx);
    for (const { name } of triggers.rows) await run(`DROP TRIGGER ${name}`);
  }
  for (const index of indexes) await run(`DROP INDEX ${index}`);
}

/** Should an hour have ended just now, what is planted in the past would be missed in its sums as well. */
async function forgetSums(tx: Tx): Promise<void> {
  await tx.deleteFrom('figures').execute();
  await tx.deleteFrom('figure_days').execute();
  await tx.deleteFrom('settings').where('key', '=', 'figures_until').execute();
}

/** Hashes an order's timeline anew, as only somebody could who knows how. */
async function retell(tx: Tx, orderId: string): Promise<void> {
  let previous = '';
  for (const event of await findEvents(tx, orderId)) {
    previous = auditHash(previous, event);
    const row = tx.updateTable('order_events').set({ hash: previous });
    await row.where('order_id', '=', orderId).where('version', '=', event.version).execute();
  }
  await tx.updateTable('orders').set({ audit_hash: previous }).where('id', '=', orderId).execute();
}
