import { type Kysely, type SqlBool, sql } from 'kysely';
import type { DisputeRow } from './disputes.ts';
import type { PaymentRow } from './payments.ts';
import type { RefundRow } from './refunds.ts';
import type { Schema, Tx } from './schema.ts';

/** When something is looked at next: at each of these ages, and every so often after the last of them. In milliseconds. */
export type Schedule = { ages: readonly number[]; every: number };

export type Due = { providers: readonly string[]; now: number; limit: number };

/** Attempts that could still take money and whose time to be looked at has come, the least looked at first. */
export async function findDuePayments(
  db: Kysely<Schema>,
  schedule: Schedule,
  { providers, now, limit }: Due,
): Promise<PaymentRow[]> {
  return await db
    .selectFrom('payments')
    .selectAll()
    .where('closed_at', 'is', null)
    .where('provider', 'in', [...providers])
    .where((e) => e.or([e('intent_ref', 'is not', null), e('session_ref', 'is not', null)]))
    .where((e) =>
      e.or([
        e('checked_at', '<=', now - schedule.every),
        ...schedule.ages.map((age) =>
          e.and([
            e('created_at', '<=', now - age),
            e.or([e('checked_at', 'is', null), e('checked_at', '<', e('created_at', '+', age))]),
          ]),
        ),
      ]),
    )
    .orderBy('created_at')
    .limit(limit)
    .execute();
}

/** As in the table's partial index, or it is not used. */
const isOpenRefund = sql<SqlBool>`status IN ('requested', 'unknown', 'pending')`;

/** Refunds whose outcome is open, old enough, and not looked at for a while. */
export async function findDueRefunds(
  db: Kysely<Schema>,
  { age, every }: { age: number; every: number },
  { providers, now, limit }: Due,
): Promise<RefundRow[]> {
  return await db
    .selectFrom('refunds')
    .selectAll()
    .where(isOpenRefund)
    .where('provider', 'in', [...providers])
    .where('created_at', '<=', now - age)
    .where((e) => e.or([e('checked_at', 'is', null), e('checked_at', '<=', now - every)]))
    .orderBy('created_at')
    .limit(limit)
    .execute();
}

/** Disputes that the bank has not decided yet, oldest first. */
export async function findOpenDisputes(db: Kysely<Schema>): Promise<DisputeRow[]> {
  return await db
    .selectFrom('disputes')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('opened_at')
    .execute();
}

/**
 * Notes that rows are being looked at now. Only those come back that no other process noted since they were read.
 */
export async function noteChecks<
  T extends 'payments' | 'refunds',
  Row extends { id: string; checked_at: number | null },
>(tx: Tx, table: T, rows: readonly Row[], now: number | null): Promise<Row[]> {
  const noted: Row[] = [];
  for (const row of rows) {
    const { numUpdatedRows } = await tx
      .updateTable(table as 'payments')
      .set({ checked_at: now })
      .where('id', '=', row.id)
      .where('checked_at', row.checked_at === null ? 'is' : '=', row.checked_at)
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 1) noted.push(row);
  }
  return noted;
}

/** The provider could not be asked, so the row is due again as it was before. */
export async function forgetCheck(
  tx: Tx,
  table: 'payments' | 'refunds',
  row: { id: string; checked_at: number | null },
): Promise<void> {
  await tx
    .updateTable(table as 'payments')
    .set({ checked_at: row.checked_at })
    .where('id', '=', row.id)
    .execute();
}
