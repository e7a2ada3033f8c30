import { type Kysely, sql } from 'kysely';
import { prepared, preparedInsert, preparedUpdate } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type PaymentRow = Schema['payments'];

type Refs = { sessionRef: string | null; intentRef: string | null };

const insert = preparedInsert('payments');
const update = preparedUpdate('payments', ['id']);

const selectByOrder = prepared<{ orderId: string }, PaymentRow>((db, { orderId }) =>
  db.selectFrom('payments').selectAll().where('order_id', '=', orderId).orderBy('attempt'),
);

const selectById = prepared<{ id: string }, PaymentRow>((db, { id }) =>
  db.selectFrom('payments').selectAll().where('id', '=', id),
);

const adopt = prepared<Refs & { id: string }, PaymentRow>((db, { id, sessionRef, intentRef }) =>
  db
    .updateTable('payments')
    .set({
      session_ref: sql<string | null>`coalesce(session_ref, ${sessionRef})`,
      intent_ref: sql<string | null>`coalesce(intent_ref, ${intentRef})`,
      status: sql<
        PaymentRow['status']
      >`CASE WHEN status IN ('creating', 'unknown') THEN 'open' ELSE status END`,
    })
    .where('id', '=', id)
    .returningAll(),
);

export async function insertPayment(tx: Tx, payment: PaymentRow): Promise<void> {
  await insert(tx, [payment]);
}

export async function updatePayment(tx: Tx, id: string, changes: Partial<PaymentRow>): Promise<void> {
  await update(tx, { id }, changes);
}

/** What a provider's charge tells about an attempt. Nulls say nothing. */
export type ChargeDetails = {
  id: string;
  orderId: string;
  intentRef: string;
  chargeRef: string;
  balanceRef: string | null;
  brand: string | null;
  last4: string | null;
};

// Two statements, because writing a column costs its index also where the value stays: the first charge is named once.
const nameCharge = prepared<ChargeDetails>((db, details) =>
  withDetails(db, details).set({ charge_ref: details.chargeRef }).where('charge_ref', 'is', null),
);
const addToCharge = prepared<ChargeDetails>((db, details) =>
  withDetails(db, details)
    .where('charge_ref', '=', details.chargeRef)
    // Most often the statement before it has written all of it.
    .where((e) =>
      e.or([
        sql<boolean>`balance_ref IS DISTINCT FROM coalesce(${details.balanceRef}, balance_ref)`,
        sql<boolean>`card_brand IS DISTINCT FROM coalesce(${details.brand}, card_brand)`,
        sql<boolean>`card_last4 IS DISTINCT FROM coalesce(${details.last4}, card_last4)`,
      ]),
    ),
);

function withDetails(db: Kysely<Schema>, details: ChargeDetails) {
  return db
    .updateTable('payments')
    .set({
      balance_ref: sql<string | null>`coalesce(${details.balanceRef}, balance_ref)`,
      card_brand: sql<string | null>`coalesce(${details.brand}, card_brand)`,
      card_last4: sql<string | null>`coalesce(${details.last4}, card_last4)`,
    })
    .where('id', '=', details.id)
    .where('order_id', '=', details.orderId)
    .where('intent_ref', '=', details.intentRef);
}

/**
 * Adds what a charge tells to the attempt that is known to be its own, if there is one. In this order: where another transaction names the
 * charge meanwhile, the first statement waits for it and then finds nothing to name, and the second one sees what it wrote. The other way
 * round PostgreSQL's second statement would find nothing either, and what was told would be lost.
 */
export async function addChargeDetails(tx: Tx, details: ChargeDetails): Promise<void> {
  await Promise.all([nameCharge(tx, details), addToCharge(tx, details)]);
}

/** Oldest attempt first. */
export async function findPayments(db: Kysely<Schema>, orderId: string): Promise<PaymentRow[]> {
  return (await selectByOrder(db, { orderId })).rows;
}

export async function findPayment(db: Kysely<Schema>, id: string): Promise<PaymentRow | undefined> {
  return (await selectById(db, { id })).rows[0];
}

/** Writes down what the provider calls an attempt, without undoing what an event may have told us already. */
export async function adoptRefs(tx: Tx, id: string, refs: Refs): Promise<PaymentRow> {
  const [payment] = (await adopt(tx, { id, ...refs })).rows;
  if (!payment) throw new Error(`payment ${id} is gone`);
  return payment;
}

/** The attempt that this charge, or the intent behind it, belongs to. */
export async function findPaymentByCharge(
  db: Kysely<Schema>,
  refs: { intentRef: string | null; chargeRef: string | null },
): Promise<PaymentRow | undefined> {
  const { intentRef, chargeRef } = refs;
  if (intentRef === null && chargeRef === null) return undefined;
  return await db
    .selectFrom('payments')
    .selectAll()
    .where((e) =>
      e.or([
        ...(intentRef === null ? [] : [e('intent_ref', '=', intentRef)]),
        ...(chargeRef === null ? [] : [e('charge_ref', '=', chargeRef)]),
      ]),
    )
    .executeTakeFirst();
}

/** The attempt that the provider calls by one of these ids. */
export async function findPaymentByRef(db: Kysely<Schema>, refs: Refs): Promise<PaymentRow | undefined> {
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
