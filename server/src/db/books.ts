import type { Kysely } from 'kysely';
import type { Entry } from '../domain/ledger.ts';
import type { BreakKind } from '../domain/settlement.ts';
import { preparedInsert } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

/** What a journal is about; with `ref`, the id of that thing, it is the journal's key. */
export const journalKinds = [
  'receipt',
  'settle',
  'refund_req',
  'refund_done',
  'refund_fail',
  'dispute',
  'dispute_won',
  'dispute_lost',
  'fee',
  'payout',
  'exchange',
] as const;
export type JournalKind = (typeof journalKinds)[number];

export type Journal = {
  kind: JournalKind;
  ref: string;
  orderId: string;
  currency: string;
  at: number;
  entries: Entry[];
};

const insertEntries = preparedInsert('ledger_entries');

/** Writes one journal. Its key is (kind, ref), so the same money is never booked twice: the second time throws. */
export async function insertJournal(tx: Tx, journal: Journal): Promise<void> {
  const { kind, ref, orderId, currency, at } = journal;
  const rows = journal.entries.map(({ account, amount }) => ({
    kind,
    ref,
    account,
    currency,
    amount,
    order_id: orderId,
    at,
  }));
  await insertEntries(tx, rows);
}

/** The same for many that are known to be new, in one statement. */
export async function insertJournals(tx: Tx, journals: readonly Journal[]): Promise<void> {
  const rows = journals.flatMap(({ entries, orderId, ...journal }) =>
    entries.map((entry) => ({
      kind: journal.kind,
      ref: journal.ref,
      ...entry,
      currency: journal.currency,
      order_id: orderId,
      at: journal.at,
    })),
  );
  if (rows.length > 0) await tx.insertInto('ledger_entries').values(rows).execute();
}

/** Whether this journal is in the books already. */
export async function hasJournal(tx: Tx, kind: JournalKind, ref: string): Promise<boolean> {
  return (await findJournal(tx, kind, ref)).length > 0;
}

/** The entries of a journal; none when it was never written. */
export async function findJournal(
  db: Kysely<Schema>,
  kind: JournalKind,
  ref: string,
): Promise<Schema['ledger_entries'][]> {
  return await db
    .selectFrom('ledger_entries')
    .selectAll()
    .where('kind', '=', kind)
    .where('ref', '=', ref)
    .execute();
}

export type BreakRow = Schema['breaks'];
export type Break = Omit<BreakRow, 'closed_at' | 'closed_by' | 'resolution' | 'kind'> & { kind: BreakKind };

/** Opens a break once: the same difference seen again is the same break, and one that was closed is open again. */
export async function openBreak(tx: Tx, difference: Break): Promise<void> {
  const open = { closed_at: null, closed_by: null, resolution: null };
  await tx
    .insertInto('breaks')
    .values({ ...difference, ...open })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'object_id']).doUpdateSet({
        ...open,
        detail: difference.detail,
        amount: difference.amount,
        currency: difference.currency,
      }),
    )
    .execute();
}

/** Closes the breaks about this thing; returns how many were open. */
export async function closeBreaks(
  tx: Tx,
  kinds: readonly BreakKind[],
  objectId: string,
  closing: { at: number; by: string; resolution: string },
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('breaks')
    .set({ closed_at: closing.at, closed_by: closing.by, resolution: closing.resolution })
    .where('kind', 'in', [...kinds])
    .where('object_id', '=', objectId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
