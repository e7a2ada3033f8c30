import type { Entry } from '../domain/ledger.ts';
import type { BreakKind } from '../domain/settlement.ts';
import { preparedInsert } from './prepared.ts';
import type { Schema, Tx } from './schema.ts';

export type Journal = {
  kind: 'receipt';
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

/** Whether this money is in the books already. */
export async function hasReceipt(tx: Tx, ref: string): Promise<boolean> {
  const entry = await tx
    .selectFrom('ledger_entries')
    .select('ref')
    .where('kind', '=', 'receipt')
    .where('ref', '=', ref)
    .executeTakeFirst();
  return entry !== undefined;
}

export type Break = Omit<Schema['breaks'], 'closed_at' | 'kind'> & { kind: BreakKind };

/** Opens a break once: the same difference seen again is the same break. */
export async function openBreak(tx: Tx, difference: Break): Promise<void> {
  await tx
    .insertInto('breaks')
    .values({ ...difference, closed_at: null })
    .onConflict((conflict) => conflict.columns(['kind', 'object_id']).doNothing())
    .execute();
}
