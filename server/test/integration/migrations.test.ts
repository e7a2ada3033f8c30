import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/dialect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { checkBooks } from '../support/books.ts';
import { pay, started } from '../support/customer.ts';
import {
  databases,
  makeDatabase,
  makeEmptyDatabase,
  order,
  readOrder,
  startTestShop,
  type TestShop,
  until,
} from '../support/shop.ts';
import { runSql } from '../support/stored.ts';

describe.each(databases)('a database of %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind);
    const placed = await order(shop);
    await pay(shop, await started(shop, placed));
    await until(
      () => readOrder(shop, placed),
      ({ status }) => status === 'paid',
    );
  });
  afterAll(() => shop.stop());

  it('is left alone when it is up to date', async () => {
    expect(await migrate(shop.app.database, Date.now())).toEqual([]);
  });

  it.each(['order_events', 'ledger_entries'])('lets %s only grow', async (table) => {
    const before = await runSql(shop, `SELECT * FROM ${table}`);
    expect(before.length).toBeGreaterThan(0);
    await expect(runSql(shop, `UPDATE ${table} SET at = 0`)).rejects.toThrow(`${table} only grows`);
    await expect(runSql(shop, `DELETE FROM ${table}`)).rejects.toThrow(`${table} only grows`);
    expect(await runSql(shop, `SELECT * FROM ${table}`)).toEqual(before);
  });

  it.each([
    ['more reserved than there is', 'UPDATE products SET reserved = on_hand + 1'],
    ['negative stock', 'UPDATE products SET on_hand = -1, reserved = 0'],
    ['fewer than no units reserved', 'UPDATE products SET reserved = -1'],
    ['a total that is not the sum of its parts', 'UPDATE orders SET total = total + 1'],
    ['a line whose total is not its own', 'UPDATE order_lines SET total = total + 1'],
    ['an order for nothing', 'UPDATE orders SET total = 0, subtotal = 0, shipping = 0, tax = 0'],
    ['negative money received', 'UPDATE orders SET received = -1'],
    ['a hold of another kind', "UPDATE orders SET hold = 'lost'"],
    ['more uses of a code than it has', 'UPDATE discounts SET max_uses = 1, uses = 2'],
    [
      'two attempts that could both take money',
      `INSERT INTO payments (id, order_id, attempt, provider, flow, status, amount, currency, params_json, created_at)
        SELECT 'pay_' || n, id, 90 + n, 'stripe', 'elements', 'open', 1, 'usd', '{}', 0 FROM orders,
        (SELECT 1 AS n UNION SELECT 2) AS twice`,
    ],
    [
      'money booked twice',
      `INSERT INTO ledger_entries (kind, ref, account, currency, amount, order_id, at)
        SELECT kind, ref, account, currency, amount, order_id, at FROM ledger_entries`,
    ],
  ])('refuses %s, whoever asks for it', async (_, statement) => {
    await expect(runSql(shop, statement)).rejects.toThrow(/constraint/i);
    await checkBooks(shop);
  });

  it('is refused when a newer version has changed it', async () => {
    const database = await makeDatabase(kind);
    const older = openDatabase(database.url);
    await older.transaction((tx) =>
      sql`INSERT INTO migrations (name, applied_at) VALUES ('9999-from-the-future', 0)`.execute(tx),
    );
    await expect(migrate(older, Date.now())).rejects.toThrow(
      'The database was changed by a newer version (9999-from-the-future). Update Paydesk first.',
    );
    await older.close();
    await database.remove();
  });

  it('keeps the same identity of the shop for ever', async () => {
    const rows = await runSql(shop, "SELECT value FROM settings WHERE key = 'instance_id'");
    expect(rows).toEqual([{ value: shop.app.instanceId }]);
  });
});

describe('durability', () => {
  it('of SQLite: every commit waits for the disk, on the connection that writes', async () => {
    const { url, remove } = await makeDatabase('SQLite');
    const database = openDatabase(url);
    const settings = await database.transaction(async (tx) => {
      const { rows: mode } = await sql<{ journal_mode: string }>`PRAGMA journal_mode`.execute(tx);
      const { rows: level } = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(tx);
      const { rows: keys } = await sql<{ foreign_keys: number }>`PRAGMA foreign_keys`.execute(tx);
      return { ...mode[0], ...level[0], ...keys[0] };
    });
    expect(settings).toEqual({ journal_mode: 'wal', synchronous: 2, foreign_keys: 1 });
    expect(await database.assertDurable()).toMatch(/^SQLite 3\.\d+\.\d+, WAL, synchronous=FULL$/);
    await database.close();
    await remove();
  });

  it('of SQLite: a connection that reads cannot write', async () => {
    const { url, remove } = await makeDatabase('SQLite');
    const database = openDatabase(url);
    await expect(sql`DELETE FROM products`.execute(database.read)).rejects.toThrow(/readonly/);
    await database.close();
    await remove();
  });

  it.each(['synchronous_commit'])('of PostgreSQL: a start with %s off is refused', async (setting) => {
    const { url } = await makeDatabase('PostgreSQL');
    await asOwner(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET ${setting} = off`);
    const database = openDatabase(url);
    await expect(database.assertDurable()).rejects.toThrow(
      `The database is not durable (PostgreSQL's ${setting} is off).`,
    );
    await database.close();
  });

  it('of PostgreSQL: the settings are read back from the server', async () => {
    const { url } = await makeDatabase('PostgreSQL');
    const database = openDatabase(url);
    expect(await database.assertDurable()).toMatch(/^PostgreSQL \d+.*, fsync on$/);
    await database.close();
  });
});

describe.each(databases)('opening %s for the first time', (kind) => {
  it('makes all tables once, although several processes come at the same moment', async () => {
    const { url, remove } = await makeEmptyDatabase(kind);
    const connections = kind === 'PostgreSQL' ? 4 : 1;
    const opened = Array.from({ length: connections }, () => openDatabase(url));
    const applied = await Promise.all(opened.map((database) => migrate(database, 1)));
    expect(applied.flat().toSorted()).toEqual([...new Set(applied.flat())].toSorted());
    expect(applied.flat()).toContain('0001-purchase');
    for (const database of opened) await database.close();
    await remove();
  });
});

it.each(['mysql://localhost/shop', 'shop.db', ''])('%j is refused as a database with one sentence', (url) => {
  expect(() => openDatabase(url)).toThrow('DATABASE_URL must start with sqlite: or postgres://');
});

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.query(statement);
  await client.end();
}
