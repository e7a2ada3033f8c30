import { type Kysely, type SqlBool, sql } from 'kysely';
import { perShape, prepared, preparedInsert } from './prepared.ts';
import { queueOf } from './queue.ts';
import type { Schema, Tx } from './schema.ts';

/** Something to do because of what was committed. */
export const effectKinds = [
  'payment.create',
  'payment.close',
  'order.close',
  'refund.create',
  'payment.check',
  'mail.placed',
  'mail.payment_failed',
  'mail.paid',
  'mail.shipped',
  'mail.refunded',
  'mail.refund_failed',
  'mail.transfer',
  'mail.disputed',
  'mail.account',
] as const;
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
export function dedupeKey(kind: EffectKind, subjectId: string): string {
  return `${kind}:${subjectId}`;
}

const insertOnce = preparedInsert('outbox', ['dedupe_key']);

const settle = prepared<{ key: string; now: number }>((db, { key, now }) =>
  db.updateTable('outbox').set({ done_at: now }).where('dedupe_key', '=', key).where('done_at', 'is', null),
);

const drop = prepared<{ key: string; why: string; now: number }>((db, { key, why, now }) =>
  db
    .updateTable('outbox')
    .set({ done_at: now, last_error: why })
    .where('dedupe_key', '=', key)
    .where('done_at', 'is', null)
    .where('lease_token', 'is', null),
);

const selectEffects = perShape((count: number) =>
  prepared<readonly string[], OutboxRow>((db, keys) =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where(
        'dedupe_key',
        'in',
        Array.from({ length: count }, (_, index) => keys[index]!),
      ),
  ),
);

/** @param key where the same is to be done once more, a name for that one time */
export async function insertEffect(
  tx: Tx,
  effect: Effect,
  key: string = dedupeKey(effect.kind, effect.subjectId),
): Promise<void> {
  const row: OutboxRow = {
    dedupe_key: key,
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

/** The same for an effect that may be needed again after it was done; one that waits already is left as it is. */
export async function renewEffect(tx: Tx, effect: Effect): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ not_before: effect.notBefore, attempts: 0, done_at: null })
    .where('dedupe_key', '=', dedupeKey(effect.kind, effect.subjectId))
    .where('done_at', 'is not', null)
    .execute();
  await insertEffect(tx, effect);
}

/** The need for the effect is gone, or somebody else has met it. */
export async function settleEffect(tx: Tx, kind: EffectKind, subjectId: string, now: number): Promise<void> {
  await settle(tx, { key: dedupeKey(kind, subjectId), now });
}

/** An effect that nobody is at work on is not needed any more. */
export async function dropEffect(
  tx: Tx,
  kind: EffectKind,
  subjectId: string,
  dropped: { why: string; now: number },
): Promise<void> {
  await drop(tx, { key: dedupeKey(kind, subjectId), ...dropped });
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

/** The effect of that key, locked. */
export async function lockEffect(tx: Tx, key: string): Promise<OutboxRow | undefined> {
  return await tx
    .selectFrom('outbox')
    .selectAll()
    .where('dedupe_key', '=', key)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateEffect(tx: Tx, key: string, changes: Partial<OutboxRow>): Promise<void> {
  await tx.updateTable('outbox').set(changes).where('dedupe_key', '=', key).execute();
}

/** The effects with these keys, where they are; none is made up. */
export async function findEffects(db: Kysely<Schema>, keys: readonly string[]): Promise<OutboxRow[]> {
  if (keys.length === 0) return [];
  return (await selectEffects(keys.length)(db, keys)).rows;
}

/**
 * Effects that wait for their time. Effects of one order wait for no other of it. E-mails have a lane of their own, so that
 * a mail server that does not answer holds up no refund and no payment.
 */
export const outbox = queueOf(
  'outbox',
  'dedupe_key',
  sql<SqlBool>`done_at IS NULL AND dead_at IS NULL AND kind NOT LIKE 'mail.%'`,
);
export const mailOutbox = queueOf(
  'outbox',
  'dedupe_key',
  sql<SqlBool>`done_at IS NULL AND dead_at IS NULL AND kind LIKE 'mail.%'`,
);
