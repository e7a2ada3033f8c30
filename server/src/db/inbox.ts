import { type SqlBool, sql } from 'kysely';
import type { ChargeDetails } from './payments.ts';
import { prepared, preparedInsert } from './prepared.ts';
import { queueOf } from './queue.ts';
import type { Schema, Tx } from './schema.ts';

export type InboxRow = Schema['inbox'];

const insertOnce = preparedInsert('inbox', ['event_id']);

/** Keeps an event for ever. False means that it was here before, and that nothing more may be done about it. */
export async function insertEvent(tx: Tx, event: InboxRow): Promise<boolean> {
  return (await insertOnce(tx, [event])) === 1;
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

/** Events that wait to be dealt with. */
export const inbox = queueOf('inbox', 'event_id', sql<SqlBool>`state IN ('new', 'waiting')`);
