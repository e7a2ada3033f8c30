import { type SqlBool, sql } from 'kysely';
import { preparedInsert } from './prepared.ts';
import { queueOf } from './queue.ts';
import type { Schema, Tx } from './schema.ts';

export type InboxRow = Schema['inbox'];

const insertOnce = preparedInsert('inbox', ['event_id']);

/** Keeps an event for ever. False means that it was here before, and that nothing more may be done about it. */
export async function insertEvent(tx: Tx, event: InboxRow): Promise<boolean> {
  return (await insertOnce(tx, [event])) === 1;
}

/** Events that wait to be dealt with. */
export const inbox = queueOf('inbox', 'event_id', sql<SqlBool>`state IN ('new', 'waiting')`);
