import type { Kysely } from 'kysely';
import type { Schema, Tx } from './schema.ts';

export type NoteRow = Schema['notes'];
export type FulfilmentRow = Schema['fulfilments'];
export type ResendRow = Schema['resends'];
export type RefundLineRow = Schema['refund_lines'];

export async function insertNote(tx: Tx, note: NoteRow): Promise<void> {
  await tx.insertInto('notes').values(note).execute();
}

/** Oldest first. */
export async function findNotes(db: Kysely<Schema>, orderId: string): Promise<NoteRow[]> {
  return await db
    .selectFrom('notes')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

export async function insertFulfilment(tx: Tx, fulfilment: FulfilmentRow): Promise<void> {
  await tx.insertInto('fulfilments').values(fulfilment).execute();
}

export async function updateTracking(
  tx: Tx,
  orderId: string,
  tracking: Pick<FulfilmentRow, 'carrier' | 'tracking_number' | 'tracking_url'>,
): Promise<void> {
  await tx.updateTable('fulfilments').set(tracking).where('order_id', '=', orderId).execute();
}

export async function findFulfilments(db: Kysely<Schema>, orderId: string): Promise<FulfilmentRow[]> {
  return await db.selectFrom('fulfilments').selectAll().where('order_id', '=', orderId).execute();
}

export async function insertRefundLines(tx: Tx, lines: readonly RefundLineRow[]): Promise<void> {
  if (lines.length > 0)
    await tx
      .insertInto('refund_lines')
      .values([...lines])
      .execute();
}

/** What refunds of an order were for; those that came to nothing are among them. */
export async function findRefundLines(db: Kysely<Schema>, orderId: string): Promise<RefundLineRow[]> {
  return await db.selectFrom('refund_lines').selectAll().where('order_id', '=', orderId).execute();
}

export async function insertResend(tx: Tx, resend: ResendRow): Promise<void> {
  await tx.insertInto('resends').values(resend).execute();
}

/** Oldest first. */
export async function findResends(db: Kysely<Schema>, orderId: string): Promise<ResendRow[]> {
  return await db
    .selectFrom('resends')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('at')
    .orderBy('mail')
    .execute();
}

/** Which operator is behind one row of an order's timeline. */
export async function insertOperator(
  tx: Tx,
  { orderId, version, name }: { orderId: string; version: number; name: string },
): Promise<void> {
  await tx.insertInto('order_event_operators').values({ order_id: orderId, version, name }).execute();
}

/** The operators behind rows of an order's timeline, by version. */
export async function findOperatorNames(db: Kysely<Schema>, orderId: string): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('order_event_operators')
    .selectAll()
    .where('order_id', '=', orderId)
    .execute();
  return new Map(rows.map(({ version, name }) => [version, name]));
}

/** Whose account an order belongs to. */
export async function findOwner(
  db: Kysely<Schema>,
  personId: string,
): Promise<Pick<Schema['people'], 'id' | 'name' | 'email' | 'email_verified'> | undefined> {
  return await db
    .selectFrom('people')
    .select(['id', 'name', 'email', 'email_verified'])
    .where('id', '=', personId)
    .executeTakeFirst();
}

export type MovementRow = { sourceRef: string; fee: number; net: number; currency: string };

/** What moved on the provider's balance for these charges, refunds and disputes, by its own list. */
export async function findMovements(
  db: Kysely<Schema>,
  sourceRefs: readonly string[],
): Promise<MovementRow[]> {
  if (sourceRefs.length === 0) return [];
  const rows = await db
    .selectFrom('provider_transactions')
    .select(['source_ref', 'fee', 'net', 'currency'])
    .where('source_ref', 'in', [...sourceRefs])
    .execute();
  return rows.map(({ source_ref, fee, net, currency }) => ({
    sourceRef: source_ref!,
    fee: Number(fee),
    net: Number(net),
    currency,
  }));
}
