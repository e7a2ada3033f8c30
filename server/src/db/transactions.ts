import type { Kysely } from 'kysely';
import type { JournalKind } from './books.ts';
import type { Schema, Tx } from './schema.ts';

export type TransactionRow = Schema['provider_transactions'];

/** Keeps transactions for ever. Returns the ids of those that were not here before. */
export async function insertTransactions(tx: Tx, rows: readonly TransactionRow[]): Promise<Set<string>> {
  const inserted = await tx
    .insertInto('provider_transactions')
    .values([...rows])
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .execute();
  return new Set(inserted.map(({ id }) => id));
}

/** Which of these are kept already. */
export async function knownTransactions(db: Kysely<Schema>, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('provider_transactions')
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** When this provider was first asked to take money, in epoch milliseconds; null when it never was. */
export async function firstPaymentAt(db: Kysely<Schema>, provider: string): Promise<number | null> {
  const row = await db
    .selectFrom('payments')
    .select((e) => e.fn.min('created_at').as('first'))
    .where('provider', '=', provider)
    .executeTakeFirst();
  return row?.first === null || row?.first === undefined ? null : Number(row.first);
}

/** Whatever a transaction can be about, with what it should have moved by our books. */
export type Counterpart = {
  /** The provider's names of it. */
  refs: (string | null)[];
  orderId: string;
  journalRef: string;
  amount: number;
  currency: string;
};

/** Our payments that these charges or intents belong to. */
export async function paymentsBehind(db: Kysely<Schema>, refs: readonly string[]): Promise<Counterpart[]> {
  if (refs.length === 0) return [];
  const rows = await db
    .selectFrom('payments')
    .select(['id', 'order_id', 'intent_ref', 'charge_ref', 'amount', 'received', 'currency'])
    .where((e) => e.or([e('intent_ref', 'in', [...refs]), e('charge_ref', 'in', [...refs])]))
    .execute();
  return rows.map((row) => ({
    refs: [row.charge_ref, row.intent_ref],
    orderId: row.order_id,
    journalRef: row.id,
    amount: row.received === 0 ? row.amount : row.received,
    currency: row.currency,
  }));
}

/** Our refunds or disputes that the provider calls by these names. */
export async function afterSalesBehind(
  db: Kysely<Schema>,
  table: 'refunds' | 'disputes',
  refs: readonly string[],
): Promise<Counterpart[]> {
  if (refs.length === 0) return [];
  const name = table === 'refunds' ? 'refund_ref' : 'dispute_ref';
  const rows = await db
    .selectFrom(table as 'refunds')
    .select(['id', 'order_id', 'amount', 'currency', `${name as 'refund_ref'} as ref`])
    .where(name as 'refund_ref', 'in', [...refs])
    .execute();
  return rows.map((row) => ({
    refs: [row.ref],
    orderId: row.order_id,
    journalRef: row.id,
    amount: row.amount,
    currency: row.currency,
  }));
}

/** What journals of these things have moved on the account where the provider's money lies. */
export async function bookedMovements(
  db: Kysely<Schema>,
  account: string,
  refs: readonly string[],
): Promise<{ kind: JournalKind; ref: string; orderId: string; amount: number; currency: string }[]> {
  if (refs.length === 0) return [];
  const kinds = ['receipt', 'refund_done', 'refund_fail', 'dispute', 'dispute_won'] as const;
  const rows = await db
    .selectFrom('ledger_entries')
    .select(['kind', 'ref', 'order_id', 'amount', 'currency'])
    .where('kind', 'in', [...kinds])
    .where('ref', 'in', [...refs])
    .where('account', '=', account)
    .execute();
  return rows.map(({ kind, ref, order_id: orderId, amount, currency }) => ({
    kind: kind as JournalKind,
    ref,
    orderId,
    amount,
    currency,
  }));
}
