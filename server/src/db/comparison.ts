import type { Kysely } from 'kysely';
import type { BreakRow } from './books.ts';
import type { DisputeRow } from './disputes.ts';
import type { PaymentRow } from './payments.ts';
import type { RefundRow } from './refunds.ts';
import type { Schema } from './schema.ts';

/** What the comparison with a provider's records reads, many rows in one query. */

type Db = Kysely<Schema>;

/** The attempts behind these charges, by any name under which they may be known. */
export async function findPaymentsBehind(
  db: Db,
  names: { paymentIds: readonly string[]; intentRefs: readonly string[]; chargeRefs: readonly string[] },
): Promise<PaymentRow[]> {
  const { paymentIds, intentRefs, chargeRefs } = names;
  if (paymentIds.length + intentRefs.length + chargeRefs.length === 0) return [];
  return await db
    .selectFrom('payments')
    .selectAll()
    .where((e) =>
      e.or([
        ...(paymentIds.length > 0 ? [e('id', 'in', [...paymentIds])] : []),
        ...(intentRefs.length > 0 ? [e('intent_ref', 'in', [...intentRefs])] : []),
        ...(chargeRefs.length > 0 ? [e('charge_ref', 'in', [...chargeRefs])] : []),
      ]),
    )
    .execute();
}

/** Money that arrived, as it was booked: `ref` is our payment's id, or the provider's name of money that is no payment. */
export type Receipt = { ref: string; orderId: string; amount: number; currency: string; at: number };

/** @param account the clearing account of the provider whose money it is */
export async function findReceipts(db: Db, account: string, refs: readonly string[]): Promise<Receipt[]> {
  if (refs.length === 0) return [];
  return await receipts(db, account)
    .where('ref', 'in', [...refs])
    .execute();
}

export async function findReceiptsSince(db: Db, account: string, since: number): Promise<Receipt[]> {
  return await receipts(db, account).where('at', '>=', since).execute();
}

function receipts(db: Db, account: string) {
  return db
    .selectFrom('ledger_entries')
    .select(['ref', 'order_id as orderId', 'amount', 'currency', 'at'])
    .where('kind', '=', 'receipt')
    .where('account', '=', account);
}

/** Our refunds by our ids and by the provider's. */
export async function findRefundsBy(
  db: Db,
  names: { ids: readonly string[]; refs: readonly string[] },
): Promise<RefundRow[]> {
  const { ids, refs } = names;
  if (ids.length + refs.length === 0) return [];
  return await db
    .selectFrom('refunds')
    .selectAll()
    .where((e) =>
      e.or([
        ...(ids.length > 0 ? [e('id', 'in', [...ids])] : []),
        ...(refs.length > 0 ? [e('refund_ref', 'in', [...refs])] : []),
      ]),
    )
    .execute();
}

/** Refunds that the provider is said to have made or to be making. */
export async function findRefundsSince(db: Db, provider: string, since: number): Promise<RefundRow[]> {
  return await db
    .selectFrom('refunds')
    .selectAll()
    .where('provider', '=', provider)
    .where('created_at', '>=', since)
    .where('status', 'in', ['pending', 'succeeded'])
    .execute();
}

export async function findDisputesByRefs(db: Db, refs: readonly string[]): Promise<DisputeRow[]> {
  if (refs.length === 0) return [];
  return await db
    .selectFrom('disputes')
    .selectAll()
    .where('dispute_ref', 'in', [...refs])
    .execute();
}

export async function findDisputesSince(db: Db, provider: string, since: number): Promise<DisputeRow[]> {
  return await db
    .selectFrom('disputes')
    .selectAll()
    .where('provider', '=', provider)
    .where('opened_at', '>=', since)
    .execute();
}

/** Open breaks of these kinds, the oldest first. */
export async function findOpenBreaks(db: Db, kinds: readonly string[]): Promise<BreakRow[]> {
  return await db
    .selectFrom('breaks')
    .selectAll()
    .where('closed_at', 'is', null)
    .where('kind', 'in', [...kinds])
    .orderBy('opened_at')
    .execute();
}

/** How many breaks of each kind are open. */
export async function countOpenBreaks(db: Db): Promise<{ kind: string; count: number }[]> {
  const rows = await db
    .selectFrom('breaks')
    .select((e) => ['kind', e.fn.countAll<number>().as('count')] as const)
    .where('closed_at', 'is', null)
    .groupBy('kind')
    .execute();
  return rows.map(({ kind, count }) => ({ kind, count: Number(count) }));
}
