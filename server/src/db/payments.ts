import type { Kysely } from 'kysely';
import type { Schema, Tx } from './schema.ts';

export type PaymentRow = Schema['payments'];

export async function insertPayment(tx: Tx, payment: PaymentRow): Promise<void> {
  await tx.insertInto('payments').values(payment).execute();
}

export async function updatePayment(tx: Tx, id: string, changes: Partial<PaymentRow>): Promise<void> {
  await tx.updateTable('payments').set(changes).where('id', '=', id).execute();
}

export async function findPayments(db: Kysely<Schema>, orderId: string): Promise<PaymentRow[]> {
  return await db
    .selectFrom('payments')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('attempt')
    .execute();
}

export async function findPayment(db: Kysely<Schema>, id: string): Promise<PaymentRow | undefined> {
  return await db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The attempt that the provider calls by one of these ids. */
export async function findPaymentByRef(
  db: Kysely<Schema>,
  refs: { sessionRef: string | null; intentRef: string | null },
): Promise<PaymentRow | undefined> {
  if (refs.sessionRef === null && refs.intentRef === null) return undefined;
  return await db
    .selectFrom('payments')
    .selectAll()
    .where((e) =>
      e.or([
        ...(refs.sessionRef === null ? [] : [e('session_ref', '=', refs.sessionRef)]),
        ...(refs.intentRef === null ? [] : [e('intent_ref', '=', refs.intentRef)]),
      ]),
    )
    .executeTakeFirst();
}
