import type { Entry } from '../domain/ledger.ts';
import type { BreakKind } from '../domain/settlement.ts';
import type { Schema, Tx } from './schema.ts';

export type Journal = {
  kind: 'receipt';
  ref: string;
  orderId: string;
  currency: string;
  at: number;
  entries: Entry[];
};

/** Writes one journal. Its key is (kind, ref), so the same money is never booked twice: the second time throws. */
export async function insertJournal(tx: Tx, journal: Journal): Promise<void> {
  await tx
    .insertInto('ledger_entries')
    .values(
      journal.entries.map((entry) => ({
        kind: journal.kind,
        ref: journal.ref,
        account: entry.account,
        currency: journal.currency,
        amount: entry.amount,
        order_id: journal.orderId,
        at: journal.at,
      })),
    )
    .execute();
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
