import type { OrderMail } from '@paydesk/contract/admin/desk';
import type { Kysely } from 'kysely';
import { findResends } from '../../db/desk.ts';
import { findEffects, type OutboxRow } from '../../db/outbox.ts';
import type { Schema } from '../../db/schema.ts';
import { iso } from '../iso.ts';
import { mailSubject } from '../present-timeline.ts';

/** The effects that are e-mails about an order, also those that were sent once more, with who wanted that. */
export async function findMails(
  db: Kysely<Schema>,
  orderId: string,
  effects: readonly OutboxRow[],
): Promise<{ effect: OutboxRow; resentBy: string | null }[]> {
  const resends = await findResends(db, orderId);
  const again = await findEffects(
    db,
    resends.map(({ mail }) => mail),
  );
  const askedBy = new Map(resends.map(({ mail, asked_by }) => [mail, asked_by]));
  return [...effects.filter(({ kind }) => kind.startsWith('mail.')), ...again]
    .toSorted((one, other) => one.created_at - other.created_at)
    .map((effect) => ({ effect, resentBy: askedBy.get(effect.dedupe_key) ?? null }));
}

export function presentOrderMail(
  effect: OutboxRow,
  { to, resentBy }: { to: string | null; resentBy: string | null },
): OrderMail {
  const at = effect.dead_at ?? effect.done_at;
  return {
    id: effect.dedupe_key,
    kind: effect.kind,
    about: mailSubject(effect),
    to,
    state: stateOf(effect),
    at: iso(at),
    dueAt: iso(effect.not_before),
    attempts: effect.attempts,
    problem: effect.last_error,
    resentBy,
  };
}

function stateOf({ done_at, dead_at, last_error }: OutboxRow): OrderMail['state'] {
  if (dead_at !== null) return 'gave_up';
  if (done_at === null) return 'waiting';
  return last_error === null ? 'sent' : 'unneeded';
}
