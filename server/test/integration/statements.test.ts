import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import type { Tx } from '../../src/db/schema.ts';
import { databases, startTestShop, type TestShop } from '../support/shop.ts';

describe.each(databases)('statements on %s', (kind) => {
  let shop: TestShop;
  let database: Database;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
    database = shop.app.database;
    await run(sql`CREATE TABLE numbers (id INTEGER PRIMARY KEY, note TEXT)`);
  });
  afterAll(() => shop.stop());

  const run = (statement: RawBuilder<unknown>) => database.transaction((tx) => statement.execute(tx));
  const insert = (tx: Tx, id: number, note: string | null = null) =>
    sql`INSERT INTO numbers (id, note) VALUES (${id}, ${note})`.execute(tx);
  const ids = async () => {
    const { rows } = await sql<{ id: number }>`SELECT id FROM numbers ORDER BY id`.execute(database.read);
    return rows.map(({ id }) => id);
  };

  it('that are the same and new, and start together, are each answered with their own rows', async () => {
    const answers = await database.transaction(async (tx) =>
      Promise.all(
        ['a', 'b', 'c'].map((text) =>
          sql<{ text: string }>`SELECT CAST(${text} AS TEXT) AS text`.execute(tx),
        ),
      ),
    );
    expect(answers.map(({ rows }) => rows)).toEqual([[{ text: 'a' }], [{ text: 'b' }], [{ text: 'c' }]]);
  });

  it('tell how many rows they touched', async () => {
    const counts = await database.transaction(async (tx) => {
      const inserted = await insert(tx, 1);
      const updated = await sql`UPDATE numbers SET note = 'x' WHERE id IN (${1}, ${99})`.execute(tx);
      const deleted = await sql`DELETE FROM numbers WHERE id = ${99}`.execute(tx);
      return [inserted, updated, deleted].map(({ numAffectedRows }) => Number(numAffectedRows));
    });
    expect(counts).toEqual([1, 1, 0]);
  });

  it('that failed the first time they were used can be used again', async () => {
    const wrong = (tx: Tx) => sql`INSERT INTO numbers (id, note) VALUES (${1}, ${'again'})`.execute(tx);
    await expect(database.transaction(wrong)).rejects.toThrow();
    await run(sql`DELETE FROM numbers WHERE id = 1`);
    await database.transaction(wrong);
    expect(await ids()).toEqual([1]);
  });

  it('behind one that failed in the same moment are not carried out, and can be used afterwards', async () => {
    const together = (tx: Tx, first: number) =>
      Promise.all([insert(tx, first), sql`INSERT INTO numbers (id) SELECT ${2} + 0`.execute(tx)]);
    await expect(database.transaction((tx) => together(tx, 1))).rejects.toThrow();
    expect(await ids()).toEqual([1]);
    await database.transaction((tx) => together(tx, 3));
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('survive that their table gets another column', async () => {
    const all = async () => (await sql`SELECT * FROM numbers WHERE id = ${1}`.execute(database.read)).rows;
    expect(await all()).toEqual([{ id: 1, note: 'again' }]);
    await run(sql`ALTER TABLE numbers ADD COLUMN extra TEXT`);
    // PostgreSQL refuses a prepared statement once whose columns have changed.
    await all().catch(() => {});
    expect(await all()).toEqual([{ id: 1, note: 'again', extra: null }]);
  });

  it.each([
    ['text with every kind of character', '\' " \\ $1 \u0001 ü 😀 \r\n'],
    ['nothing', null],
    ['the largest whole number', Number.MAX_SAFE_INTEGER],
  ])('carry %s there and back', async (_, value) => {
    const type = sql.raw(typeof value === 'number' ? 'BIGINT' : 'TEXT');
    const { rows } = await sql`SELECT CAST(${value} AS ${type}) AS value`.execute(database.read);
    expect(rows).toEqual([{ value }]);
  });
});
