import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Schema, Tx } from '../../src/db/schema.ts';
import { databases, startTestShop, type TestShop } from '../support/shop.ts';

const setting = (key: string): Schema['settings'] => ({ key, value: 'x' });
const insert = async (tx: Tx, key: string) => {
  await tx.insertInto('settings').values(setting(key)).execute();
};

describe.each(databases)('a transaction on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { webhooks: false, jobs: 'manual' });
  });
  afterAll(() => shop.stop());

  const keys = async (prefix: string) => {
    const rows = await shop.app.database.read
      .selectFrom('settings')
      .select('key')
      .where('key', 'like', `${prefix}%`)
      .execute();
    return rows.map(({ key }) => key).toSorted();
  };

  it('that fails leaves nothing behind, also of what it had started at the same time', async () => {
    const failing = shop.app.database.transaction(async (tx) => {
      await insert(tx, 'one-a');
      await Promise.all([
        tx.insertInto('settings').values(setting('one-a')).execute(),
        insert(tx, 'one-b').then(() => insert(tx, 'one-c')),
      ]);
    });
    await expect(failing).rejects.toThrow();
    await shop.app.database.transaction((tx) => insert(tx, 'one-after'));
    expect(await keys('one-')).toEqual(['one-after']);
  });

  it('that fails leaves the others of its moment alone', async () => {
    const ends = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        shop.app.database.transaction(async (tx) => {
          await insert(tx, `two-${String(index).padStart(2, '0')}`);
          if (index % 3 === 0) throw new Error('changed my mind');
          return index;
        }),
      ),
    );
    const kept = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    expect(kept).toEqual([1, 2, 4, 5, 7, 8, 10, 11, 13, 14, 16, 17, 19]);
    expect(await keys('two-')).toEqual(kept.map((index) => `two-${String(index).padStart(2, '0')}`));
  });

  it('is seen by others only when it is complete', async () => {
    const seen: string[][] = [];
    await shop.app.database.transaction(async (tx) => {
      await insert(tx, 'three-a');
      seen.push(await keys('three-'));
      await insert(tx, 'three-b');
    });
    expect([...seen, await keys('three-')]).toEqual([[], ['three-a', 'three-b']]);
  });
});
