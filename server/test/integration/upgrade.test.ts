import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/app/verify-audit.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/dialect.ts';
import { findBroken, invariants } from '../../src/db/invariants.ts';
import { migrate } from '../../src/db/migrate.ts';
import { appendOnlyTables, purchaseTables } from '../../src/db/migrations/0001-purchase.ts';
import { changeOrder, lockOrder } from '../../src/db/orders.ts';
import { databases, makeEmptyDatabase } from '../support/shop.ts';

/** A paid order as the version before this one left it. */
const paidOrder = [
  `INSERT INTO orders (id, number, status, fulfilment, version, currency, email, contact_json, address_json, country, tax_name,
    item_count, subtotal, discount, shipping, tax, total, received, token_hash, hold, placed_at, expires_at, paid_at)
    VALUES ('ord_old', '1', 'paid', 'unfulfilled', 2, 'usd', 'a@b.c', '{}', '{}', 'US', 'Tax', 1, 1000, 0, 500, 100, 1600, 1600, 'x', 'sold', 1, 2, 3)`,
  `INSERT INTO order_lines (order_id, position, product_id, slug, name, attribute, quantity, unit_price, subtotal, discount, tax, total)
    VALUES ('ord_old', 0, 'prod_1', 's', 'n', 'a', 1, 1000, 1000, 0, 100, 1100)`,
  `INSERT INTO order_events (order_id, version, at, type, status, message) VALUES
    ('ord_old', 1, 1, 'order.placed', 'pending', 'Placed.'), ('ord_old', 2, 3, 'order.paid', 'paid', 'Paid.')`,
  `INSERT INTO payments (id, order_id, attempt, provider, flow, status, amount, currency, params_json, intent_ref, closed_at, created_at) VALUES
    ('pay_old', 'ord_old', 1, 'stripe', 'elements', 'succeeded', 1600, 'usd', '{}', 'pi_1', 3, 1),
    ('pay_more', 'ord_old', 2, 'stripe', 'elements', 'succeeded', 1600, 'usd', '{}', 'pi_2', 4, 2)`,
  `INSERT INTO ledger_entries (kind, ref, account, currency, amount, order_id, at) VALUES
    ('receipt', 'pay_old', 'stripe_clearing', 'usd', 1600, 'ord_old', 3), ('receipt', 'pay_old', 'sales', 'usd', -1000, 'ord_old', 3),
    ('receipt', 'pay_old', 'shipping', 'usd', -500, 'ord_old', 3), ('receipt', 'pay_old', 'tax', 'usd', -100, 'ord_old', 3),
    ('receipt', 'pay_more', 'stripe_clearing', 'usd', 1500, 'ord_old', 4), ('receipt', 'pay_more', 'unapplied', 'usd', -1500, 'ord_old', 4)`,
  `INSERT INTO breaks (id, kind, object_id, order_id, amount, detail, opened_at) VALUES ('brk_1', 'paid_twice', 'pay_more', 'ord_old', 1500, 'x', 4)`,
];

describe.each(databases)('a database of the version before, on %s', (kind) => {
  let database: Database;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const made = await makeEmptyDatabase(kind);
    remove = made.remove;
    database = openDatabase(made.url);
    const { int, strict, appendOnly } = database.migration;
    await database.transaction(async (tx) => {
      const run = async (text: string) => await sql.raw(text).execute(tx);
      for (const statement of purchaseTables(int, strict)) await run(statement);
      for (const table of appendOnlyTables) for (const statement of appendOnly(table)) await run(statement);
      await run(`CREATE TABLE migrations (name TEXT PRIMARY KEY NOT NULL, applied_at ${int} NOT NULL)`);
      await run(`INSERT INTO migrations (name, applied_at) VALUES ('0001-purchase', 1)`);
      for (const statement of paidOrder) await run(statement);
    });
  });
  afterAll(async () => {
    await database.close();
    await remove();
  });

  it('keeps its orders and their money, and all its rules hold afterwards', async () => {
    expect(await migrate(database, 5)).toEqual([
      '0002-after-sale',
      '0005-people',
      '0006-operators',
      '0007-lookup',
      '0008-order-desk',
      '0009-queues',
      '0010-catalogue',
      '0012-figures',
      '0013-addresses',
      '0014-categories',
      '0015-by-amount',
      '0016-used-codes',
    ]);
    const broken = [];
    for (const invariant of invariants)
      if ((await findBroken(database.read, invariant, 5)).count > 0) broken.push(invariant.name);
    expect(broken).toEqual([]);
    const payments = await database.read.selectFrom('payments').selectAll().orderBy('attempt').execute();
    // What arrived is told by the ledger, also where it was another amount than was asked for.
    expect(payments.map(({ received, unapplied }) => [received, unapplied])).toEqual([
      [1600, 0],
      [1500, 1500],
    ]);
  });

  it('has an audit chain from the first change on, and names what is changed behind it', async () => {
    const event = { at: 6, type: 'order.note', message: 'Looked at.', actor: 'operator' as const };
    await database.transaction(async (tx) => {
      const changed = await changeOrder(tx, (await lockOrder(tx, 'ord_old'))!, {}, event);
      await changeOrder(tx, changed, {}, { ...event, at: 7 });
    });
    expect(await verifyAudit(database.read, 5)).toMatchObject({ count: 0, read: 4 });
    const undone = new Error('undone on purpose');
    const found = database.transaction(async (tx) => {
      const guards = database.migration.appendOnly('order_events').join('\n');
      for (const [, name] of guards.matchAll(/CREATE TRIGGER (\w+)/g))
        await sql.raw(`DROP TRIGGER ${name}${kind === 'PostgreSQL' ? ' ON order_events' : ''}`).execute(tx);
      await tx.updateTable('order_events').set({ message: 'Never seen.' }).where('version', '=', 3).execute();
      expect((await verifyAudit(tx, 5)).rows).toEqual([
        { order_id: 'ord_old', version: 3, type: 'order.note', problem: 'changed' },
      ]);
      await tx.updateTable('order_events').set({ hash: '' }).where('version', '=', 4).execute();
      expect((await verifyAudit(tx, 5)).rows[1]).toMatchObject({ version: 4, problem: 'without a hash' });
      throw undone;
    });
    await expect(found).rejects.toBe(undone);
  });
});
