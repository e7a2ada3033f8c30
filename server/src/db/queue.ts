import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Schema, Tx } from './schema.ts';

/** The right of one worker to deal with some rows for a while. Times in epoch milliseconds. */
export type Lease = { token: string; now: number; milliseconds: number; limit: number };

type Table = 'inbox' | 'outbox';

export type Queue<Row> = {
  /** Takes the rows that have been due longest; another worker takes others. A lease that ends gives its rows back. */
  claim(tx: Tx, lease: Lease): Promise<Row[]>;
  /** Writes only while the lease is still ours; returns false when another worker has it by now. */
  finish(tx: Tx, row: Row, changes: Partial<Row>): Promise<boolean>;
  /** Milliseconds since the oldest row that should have been dealt with by now; 0 when none is late. */
  age(db: Kysely<Schema>, now: number): Promise<number>;
};

/**
 * What inbox and outbox share: rows that become due, are leased by one worker, and written by who holds the lease.
 *
 * @param isOpen which rows still have to be dealt with; it has to match the table's partial index
 */
export function queueOf<T extends Table>(
  table: T,
  key: keyof Schema[T] & string,
  isOpen: RawBuilder<SqlBool>,
): Queue<Schema[T]> {
  const keyColumn = sql.ref<string>(key);
  return {
    async claim(tx, lease) {
      const due = tx
        .selectFrom(table as 'outbox')
        .select(keyColumn.as('key'))
        .where(isOpen)
        .where('not_before', '<=', lease.now)
        .where((e) => e.or([e('lease_until', 'is', null), e('lease_until', '<', lease.now)]))
        .orderBy('not_before')
        .limit(lease.limit)
        .forUpdate()
        .skipLocked();
      const claimed = await tx
        .updateTable(table as 'outbox')
        .set((e) => ({
          lease_token: lease.token,
          lease_until: lease.now + lease.milliseconds,
          attempts: e('attempts', '+', 1),
        }))
        .where(keyColumn, 'in', due)
        .returningAll()
        .execute();
      return claimed as unknown as Schema[T][];
    },
    async finish(tx, row, changes) {
      const { numUpdatedRows } = await tx
        .updateTable(table as 'outbox')
        .set({ ...(changes as object), lease_token: null, lease_until: null })
        .where(keyColumn, '=', row[key] as string)
        .where('lease_token', '=', row.lease_token)
        .executeTakeFirst();
      return Number(numUpdatedRows) === 1;
    },
    async age(db, now) {
      const { oldest } = await db
        .selectFrom(table as 'outbox')
        .select(sql<number | null>`min(not_before)`.as('oldest'))
        .where(isOpen)
        .executeTakeFirstOrThrow();
      return oldest === null ? 0 : Math.max(0, now - Number(oldest));
    },
  };
}
