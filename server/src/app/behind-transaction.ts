import type { JournalKind } from '../db/books.ts';
import { afterSalesBehind, bookedMovements, type Counterpart, paymentsBehind } from '../db/transactions.ts';
import { clearingOf } from '../domain/ledger.ts';
import type { Movement, TransactionRecord } from '../domain/records.ts';
import type { App } from './ports.ts';

/**
 * What is behind a movement of a provider's balance. `ours`: which journal books it, and what it should have moved, signed.
 * `account`: it is of the account and of no payment. `not_yet`: it says that it is ours, but we know no such thing (yet).
 */
export type Behind =
  | {
      state: 'ours';
      orderId: string;
      journal: { kind: JournalKind; ref: string };
      amount: number;
      currency: string;
    }
  | { state: 'account' | 'foreign' | 'not_yet' };

type AboutOrder = Exclude<Movement, 'payout' | 'fee' | 'other'>;

const journalKinds: Record<AboutOrder, JournalKind> = {
  payment: 'receipt',
  refund: 'refund_done',
  refund_returned: 'refund_fail',
  dispute: 'dispute',
  dispute_returned: 'dispute_won',
};

/** Finds what is behind these, a few statements for all of them together. */
export async function findBehind(
  app: Pick<App, 'database' | 'instanceId'>,
  provider: string,
  records: readonly TransactionRecord[],
): Promise<Map<string, Behind>> {
  const { read } = app.database;
  const about = (...movements: Movement[]) =>
    defined(records.filter(({ movement }) => movements.includes(movement)).map(({ sourceRef }) => sourceRef));
  const intents = defined(records.map(({ intentRef }) => intentRef));
  const [payments, refunds, disputes] = await Promise.all([
    paymentsBehind(read, [...about('payment'), ...intents]),
    afterSalesBehind(read, 'refunds', about('refund', 'refund_returned')),
    afterSalesBehind(read, 'disputes', about('dispute', 'dispute_returned')),
  ]);
  const named = [...payments, ...refunds, ...disputes].map(({ journalRef }) => journalRef);
  // Money that is no payment of ours was booked under the provider's name of it.
  const booked = await bookedMovements(read, clearingOf(provider), [...named, ...intents]);
  const known: Known = {
    payments: byRef(payments),
    afterSales: byRef([...refunds, ...disputes]),
    booked: new Map(booked.map((each) => [`${each.kind}:${each.ref}`, each])),
  };
  return new Map(records.map((record) => [record.id, behindOf(app, record, known)]));
}

type Amount = { amount: number; currency: string };
type Known = {
  payments: Map<string, Counterpart>;
  afterSales: Map<string, Counterpart>;
  booked: Map<string, Amount & { orderId: string }>;
};

function byRef(counterparts: readonly Counterpart[]): Map<string, Counterpart> {
  return new Map(counterparts.flatMap((each) => defined(each.refs).map((ref) => [ref, each] as const)));
}

function behindOf(
  app: Pick<App, 'database' | 'instanceId'>,
  record: TransactionRecord,
  known: Known,
): Behind {
  const { movement, sourceRef, intentRef } = record;
  if (movement === 'payout' || movement === 'fee') return { state: 'account' };
  if (movement === 'other') return { state: 'foreign' };
  const kind = journalKinds[movement];
  const payment = known.payments.get(sourceRef ?? '') ?? known.payments.get(intentRef ?? '');
  const counterpart = movement === 'payment' ? payment : known.afterSales.get(sourceRef ?? '');
  if (counterpart) {
    const ref = counterpart.journalRef;
    const booked = known.booked.get(`${kind}:${ref}`);
    const expected = booked ?? { ...counterpart, amount: signOf(movement) * counterpart.amount };
    const { amount, currency } = expected;
    return { state: 'ours', orderId: counterpart.orderId, journal: { kind, ref }, amount, currency };
  }
  const stray = intentRef === null ? undefined : known.booked.get(`receipt:${intentRef}`);
  if (stray && movement === 'payment')
    return { state: 'ours', ...stray, journal: { kind: 'receipt', ref: intentRef! } };
  const isOurs = payment !== undefined || stray !== undefined || record.instanceId === app.instanceId;
  return { state: isOurs ? 'not_yet' : 'foreign' };
}

function signOf(movement: AboutOrder): 1 | -1 {
  return movement === 'refund' || movement === 'dispute' ? -1 : 1;
}

function defined(refs: readonly (string | null)[]): string[] {
  return refs.filter((ref) => ref !== null);
}
