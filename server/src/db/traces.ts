import type { Kysely } from 'kysely';
import { journalKinds } from './books.ts';
import { effectKinds, type OutboxRow } from './outbox.ts';
import type { Schema } from './schema.ts';

/** What is left of one order in tables that are not looked up by order: it is found by keys, which are made of its ids. */

/** The effects about these things of ours, oldest first. */
export async function findEffects(db: Kysely<Schema>, subjectIds: readonly string[]): Promise<OutboxRow[]> {
  const keys = subjectIds.flatMap((id) => effectKinds.map((kind) => `${kind}:${id}`));
  return await db
    .selectFrom('outbox')
    .selectAll()
    .where('dedupe_key', 'in', keys)
    .orderBy('created_at')
    .orderBy('dedupe_key')
    .execute();
}

/** The ledger entries of an order whose journals are about these things. Oldest first, journal by journal. */
export async function findEntries(
  db: Kysely<Schema>,
  orderId: string,
  refs: readonly string[],
): Promise<Schema['ledger_entries'][]> {
  return await db
    .selectFrom('ledger_entries')
    .selectAll()
    .where('kind', 'in', [...journalKinds])
    .where('ref', 'in', [...refs])
    .where('order_id', '=', orderId)
    .orderBy('at')
    .orderBy('kind')
    .orderBy('ref')
    .orderBy('account')
    .execute();
}

/** The provider's movements of money behind these charges, refunds or disputes. */
export async function findTransactionIds(
  db: Kysely<Schema>,
  sourceRefs: readonly string[],
): Promise<string[]> {
  if (sourceRefs.length === 0) return [];
  const rows = await db
    .selectFrom('provider_transactions')
    .select('id')
    .where('source_ref', 'in', [...sourceRefs])
    .execute();
  return rows.map(({ id }) => id);
}

export type EventTrace = Pick<
  Schema['inbox'],
  | 'event_id'
  | 'provider'
  | 'type'
  | 'source'
  | 'payload'
  | 'state'
  | 'outcome'
  | 'payment_id'
  | 'received_at'
  | 'done_at'
>;

/** The events that touched an order, as they came. */
export async function findEventsOf(db: Kysely<Schema>, orderId: string): Promise<EventTrace[]> {
  return await db
    .selectFrom('inbox')
    .select(['event_id', 'provider', 'type', 'source', 'payload', 'state', 'outcome', 'payment_id'])
    .select(['received_at', 'done_at'])
    .where('order_id', '=', orderId)
    .orderBy('received_at')
    .orderBy('event_id')
    .execute();
}
