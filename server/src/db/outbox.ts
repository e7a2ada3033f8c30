import { type Kysely, sql } from 'kysely';
import type { Lease } from './inbox.ts';
import { prepared, preparedInsert } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

/** Something to do because of what was committed. */
export const effectKinds = ['payment.create', 'order.close'] as const;
export type EffectKind = (typeof effectKinds)[number];

export type OutboxRow = Schema['outbox'];

export type Effect = {
  kind: EffectKind;
  orderId: string;
  subjectId: string;
  notBefore: number;
  now: number;
};

/** An effect happens once per subject, whatever repeats: the key is made of its meaning. */
function dedupeKey(kind: EffectKind, subjectId: string): string {
  return `${kind}:${subjectId}`;
}

const insertOnce = preparedInsert('outbox', ['dedupe_key']);

const settle = prepared<{ key: string; now: number }>((db, { key, now }) =>
  db.updateTable('outbox').set({ done_at: now }).where('dedupe_key', '=', key).where('done_at', 'is', null),
);

export async function insertEffect(tx: Tx, effect: Effect): Promise<void> {
  const row: OutboxRow = {
    dedupe_key: dedupeKey(effect.kind, effect.subjectId),
    kind: effect.kind,
    order_id: effect.orderId,
    subject_id: effect.subjectId,
    not_before: effect.notBefore,
    attempts: 0,
    lease_token: null,
    lease_until: null,
    last_error: null,
    created_at: effect.now,
    done_at: null,
    dead_at: null,
  };
  await insertOnce(tx, [row]);
}

/** The need for the effect is gone, or somebody else has met it. */
export async function settleEffect(tx: Tx, kind: EffectKind, subjectId: string, now: number): Promise<void> {
  await settle(tx, { key: dedupeKey(kind, subjectId), now });
}

/** Makes an effect due at another time, also one that was done already. */
export async function rescheduleEffect(
  tx: Tx,
  kind: EffectKind,
  subjectId: string,
  notBefore: number,
): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ not_before: notBefore, done_at: null })
    .where('dedupe_key', '=', dedupeKey(kind, subjectId))
    .execute();
}

/** Takes the effects that have been due longest for one worker. Effects of one order wait for no other of it. */
export async function claimEffects(tx: Tx, lease: Lease): Promise<OutboxRow[]> {
  const due = tx
    .selectFrom('outbox')
    .select('dedupe_key')
    .where('done_at', 'is', null)
    .where('dead_at', 'is', null)
    .where('not_before', '<=', lease.now)
    .where((e) => e.or([e('lease_until', 'is', null), e('lease_until', '<', lease.now)]))
    .orderBy('not_before')
    .limit(lease.limit)
    .forUpdate()
    .skipLocked();
  return await tx
    .updateTable('outbox')
    .set((e) => ({
      lease_token: lease.token,
      lease_until: lease.now + lease.milliseconds,
      attempts: e('attempts', '+', 1),
    }))
    .where('dedupe_key', 'in', due)
    .returningAll()
    .execute();
}

/** Writes only while the lease is still ours; returns false when another worker has it by now. */
export async function finishEffect(tx: Tx, effect: OutboxRow, changes: Partial<OutboxRow>): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox')
    .set({ ...changes, lease_token: null, lease_until: null })
    .where('dedupe_key', '=', effect.dedupe_key)
    .where('lease_token', '=', effect.lease_token)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** Milliseconds since the oldest effect that should have happened by now; 0 when none is late. */
export async function outboxAge(db: Kysely<Schema>, now: number): Promise<number> {
  const { oldest } = await db
    .selectFrom('outbox')
    .select(sql<number | null>`min(not_before)`.as('oldest'))
    .where('done_at', 'is', null)
    .where('dead_at', 'is', null)
    .executeTakeFirstOrThrow();
  return oldest === null ? 0 : Math.max(0, now - Number(oldest));
}
