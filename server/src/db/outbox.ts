import { type SqlBool, sql } from 'kysely';
import { prepared, preparedInsert } from './prepared.ts';
import { queueOf } from './queue.ts';
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

/** Effects that wait for their time. Effects of one order wait for no other of it. */
export const outbox = queueOf('outbox', 'dedupe_key', sql<SqlBool>`done_at IS NULL AND dead_at IS NULL`);
