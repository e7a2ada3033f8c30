import { type Kysely, type SqlBool, sql } from 'kysely';
import type { ChargeDetails } from './payments.ts';
import { prepared, preparedInsert } from './prepared.ts';
import { queueOf } from './queue.ts';
import type { Schema, Tx } from './schema.ts';

export type InboxRow = Schema['inbox'];

/** As in the table's partial index. */
const isOpen = sql<SqlBool>`state IN ('new', 'waiting')`;

const insertOnce = preparedInsert('inbox', ['event_id']);

/** Keeps an event for ever. False means that it was here before, and that nothing more may be done about it. */
export async function insertEvent(tx: Tx, event: InboxRow): Promise<boolean> {
  return (await insertOnce(tx, [event])) === 1;
}

/** The event of that id, if it was ever kept. */
export async function findEvent(db: Kysely<Schema>, eventId: string): Promise<InboxRow | undefined> {
  return await db.selectFrom('inbox').selectAll().where('event_id', '=', eventId).executeTakeFirst();
}

type EventOfCharge = InboxRow & Pick<ChargeDetails, 'id' | 'chargeRef'>;

const columns = [
  'event_id',
  'provider',
  'type',
  'object_id',
  'source',
  'payload',
  'state',
  'outcome',
  'order_id',
  'payment_id',
  'attempts',
  'not_before',
  'lease_token',
  'lease_until',
  'received_at',
  'done_at',
  'replayed_at',
] as const satisfies (keyof InboxRow)[];

const insertOfCharge = prepared<EventOfCharge>((db, event) =>
  db
    .insertInto('inbox')
    .columns(columns)
    .expression((e) =>
      e
        .selectFrom('payments')
        .select(columns.map((column) => e.val(event[column]).as(column)))
        .where('id', '=', event.id)
        .where('order_id', '=', event.order_id)
        .where('charge_ref', '=', event.chargeRef),
    )
    .onConflict((conflict) => conflict.column('event_id').doNothing()),
);

/** Keeps an event of a charge if the attempt has that charge. False when it has not, and when the event was here before. */
export async function insertEventOfCharge(
  tx: Tx,
  event: InboxRow,
  { id, chargeRef }: Pick<ChargeDetails, 'id' | 'chargeRef'>,
): Promise<boolean> {
  const { numAffectedRows } = await insertOfCharge(tx, { ...event, id, chargeRef });
  return Number(numAffectedRows ?? 0) === 1;
}

/** Of these events, those that are here, and how each was first told to us. A whole page of a list in one query. */
export async function findSources(
  db: Kysely<Schema>,
  eventIds: readonly string[],
): Promise<Map<string, InboxRow['source']>> {
  if (eventIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('inbox')
    .select(['event_id', 'source'])
    .where('event_id', 'in', [...eventIds])
    .execute();
  return new Map(rows.map((row) => [row.event_id, row.source]));
}

/** Whether an event about one of these objects waits to be dealt with. */
export async function hasOpenEvent(db: Kysely<Schema>, objectIds: readonly string[]): Promise<boolean> {
  if (objectIds.length === 0) return false;
  const row = await db
    .selectFrom('inbox')
    .select('event_id')
    .where(isOpen)
    .where('object_id', 'in', [...objectIds])
    .executeTakeFirst();
  return row !== undefined;
}

/** An event that we had fetched was delivered after all. */
export async function noteDelivery(tx: Tx, eventId: string): Promise<void> {
  await tx
    .updateTable('inbox')
    .set({ source: 'hook' })
    .where('event_id', '=', eventId)
    .where('source', '<>', 'hook')
    .execute();
}

/** Puts an event that is over back to be dealt with once more. False when it is not over. */
export async function reopenEvent(tx: Tx, eventId: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('inbox')
    .set({ state: 'new', attempts: 0, not_before: now, done_at: null, replayed_at: now })
    .where('event_id', '=', eventId)
    .where('state', 'in', ['done', 'parked'])
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** Makes an event that waits due at once. False when it does not wait. */
export async function hurryEvent(tx: Tx, eventId: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('inbox')
    .set({ not_before: now })
    .where('event_id', '=', eventId)
    .where(isOpen)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** Ends an event that nobody is at work on and that is not done. False when it is, or somebody is. */
export async function endEvent(
  tx: Tx,
  eventId: string,
  { outcome, now }: { outcome: string; now: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('inbox')
    .set({ state: 'done', outcome, done_at: now, lease_token: null, lease_until: null })
    .where('event_id', '=', eventId)
    .where('state', '<>', 'done')
    .where((e) => e.or([e('lease_until', 'is', null), e('lease_until', '<', now)]))
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** Whether an event about this thing is parked. */
export async function hasParkedEvent(db: Kysely<Schema>, objectId: string): Promise<boolean> {
  const row = await db
    .selectFrom('inbox')
    .select('event_id')
    .where(sql<SqlBool>`state <> 'done'`)
    .where('state', '=', 'parked')
    .where('object_id', '=', objectId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Events that wait to be dealt with. */
export const inbox = queueOf('inbox', 'event_id', isOpen);
