import { type Kysely, sql } from 'kysely';
import type { Schema, Tx } from './schema.ts';

export type DocumentRow = Schema['documents'];

/** The next number of a series, from 1. It is taken only if the transaction commits, so that a series has no gaps. */
export async function nextNumber(tx: Tx, series: DocumentRow['kind']): Promise<number> {
  const { value } = await tx
    .insertInto('counters')
    .values({ name: series, value: 1 })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet((e) => ({ value: e('counters.value', '+', 1) })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return Number(value);
}

export async function insertDocument(tx: Tx, document: DocumentRow): Promise<void> {
  await tx.insertInto('documents').values(document).execute();
}

export async function findInvoice(db: Kysely<Schema>, orderId: string): Promise<DocumentRow | undefined> {
  return await db
    .selectFrom('documents')
    .selectAll()
    .where('kind', '=', kindOf('invoice'))
    .where('order_id', '=', orderId)
    .executeTakeFirst();
}

export async function findCreditNote(db: Kysely<Schema>, refundId: string): Promise<DocumentRow | undefined> {
  return await db
    .selectFrom('documents')
    .selectAll()
    .where('kind', '=', kindOf('credit_note'))
    .where('refund_id', '=', refundId)
    .executeTakeFirst();
}

/** What was issued about an order and these refunds of it. */
export async function findDocuments(
  db: Kysely<Schema>,
  orderId: string,
  refundIds: readonly string[],
): Promise<DocumentRow[]> {
  const notes = refundIds.map((id) => findCreditNote(db, id));
  const found = await Promise.all([findInvoice(db, orderId), ...notes]);
  return found.filter((document) => document !== undefined);
}

/** The word itself and no parameter: the index is for one kind, and SQLite uses it only for a statement that names it. */
function kindOf(kind: DocumentRow['kind']) {
  return sql.lit(kind);
}
