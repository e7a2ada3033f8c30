import { type Kysely, sql } from 'kysely';
import { preparedInsert } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type InboxRow = Schema['inbox'];

const insertOnce = preparedInsert('inbox', ['event_id']);

/** Keeps an event for ever. False means that it was here before, and that nothing more may be done about it. */
export async function insertEvent(tx: Tx, event: InboxRow): Promise<boolean> {
  return (await insertOnce(tx, [event])) === 1;
}

export type Lease = { token: string; now: number; milliseconds: number; limit: number };

/** Takes the oldest due events for one worker; another takes others. A lease that ends gives its events back. */
export async function claimEvents(tx: Tx, lease: Lease): Promise<InboxRow[]> {
  const due = tx
    .selectFrom('inbox')
    .select('event_id')
    .where('state', 'in', ['new', 'waiting'])
    .where('not_before', '<=', lease.now)
    .where((e) => e.or([e('lease_until', 'is', null), e('lease_until', '<', lease.now)]))
    .orderBy('not_before')
    .limit(lease.limit)
    .forUpdate()
    .skipLocked();
  return await tx
    .updateTable('inbox')
    .set((e) => ({
      lease_token: lease.token,
      lease_until: lease.now + lease.milliseconds,
      attempts: e('attempts', '+', 1),
    }))
    .where('event_id', 'in', due)
    .returningAll()
    .execute();
}

/** Writes only while the lease is still ours; returns false when another worker has it by now. */
export async function finishEvent(tx: Tx, event: InboxRow, changes: Partial<InboxRow>): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('inbox')
    .set({ ...changes, lease_token: null, lease_until: null })
    .where('event_id', '=', event.event_id)
    .where('lease_token', '=', event.lease_token)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** Milliseconds since the oldest event that should have been dealt with by now; 0 when none waits. */
export async function inboxAge(db: Kysely<Schema>, now: number): Promise<number> {
  const { oldest } = await db
    .selectFrom('inbox')
    .select(sql<number | null>`min(not_before)`.as('oldest'))
    .where('state', 'in', ['new', 'waiting'])
    .executeTakeFirstOrThrow();
  return oldest === null ? 0 : Math.max(0, now - Number(oldest));
}
