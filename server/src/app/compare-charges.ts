import { findPaymentsBehind, findReceipts, findReceiptsSince, type Receipt } from '../db/comparison.ts';
import { findPayment, type PaymentRow } from '../db/payments.ts';
import { clearingOf } from '../domain/ledger.ts';
import type { ChargeRecord } from '../domain/records.ts';
import { type Comparison, hasIt, isSettled, newComparison } from './comparison.ts';
import { inChunks } from './in-chunks.ts';
import type { App, PaymentProvider, ProviderRecords } from './ports.ts';
import { sayAmount } from './say-amount.ts';

/**
 * Every charge of the provider against the receipts in our books, and every receipt against the charges.
 *
 * @throws ProviderError when the provider could not be asked; nothing may be concluded then
 */
export async function compareCharges(
  app: App,
  provider: PaymentProvider,
  records: ProviderRecords,
  since: number,
): Promise<Comparison> {
  const comparison = newComparison('charges');
  const now = app.clock.now();
  for await (const chunk of inChunks(records.charges(since))) {
    const charges = chunk.filter(
      ({ status, createdAt }) => status === 'succeeded' && isSettled(createdAt, now),
    );
    const books = await readBooks(app, provider, charges);
    for (const charge of charges) judge(app, comparison, charge, books);
  }
  await compareReceipts(app, provider, comparison, since);
  return comparison;
}

type Books = { payments: PaymentRow[]; receipts: Map<string, Receipt> };

async function readBooks(
  app: App,
  provider: PaymentProvider,
  charges: readonly ChargeRecord[],
): Promise<Books> {
  const { read } = app.database;
  const payments = await findPaymentsBehind(read, {
    paymentIds: texts(charges.map(({ paymentId }) => paymentId)),
    intentRefs: texts(charges.map(({ intentRef }) => intentRef)),
    chargeRefs: charges.map(({ chargeRef }) => chargeRef),
  });
  const refs = [...payments.map(({ id }) => id), ...texts(charges.map(({ intentRef }) => intentRef))];
  const receipts = await findReceipts(read, clearingOf(provider.name), refs);
  return { payments, receipts: new Map(receipts.map((receipt) => [receipt.ref, receipt])) };
}

function texts(names: readonly (string | null)[]): string[] {
  return names.filter((name) => name !== null);
}

function judge(app: App, comparison: Comparison, charge: ChargeRecord, { payments, receipts }: Books): void {
  const { chargeRef, intentRef, amount, currency } = charge;
  const payment = payments.find(
    (each) => each.charge_ref === chargeRef || (intentRef !== null && each.intent_ref === intentRef),
  );
  const named = payments.find(({ id }) => id === charge.paymentId);
  if (!payment && !named && charge.instanceId !== app.instanceId) {
    comparison.foreign += 1;
    return;
  }
  comparison.compared += 1;
  const receipt = (payment && receipts.get(payment.id)) ?? receipts.get(intentRef ?? chargeRef);
  const difference = {
    orderId: payment?.order_id ?? named?.order_id ?? null,
    amount,
    currency,
    at: charge.createdAt,
  };
  if (!receipt) {
    const whose = payment ? `our payment ${payment.id} is ${payment.status}` : 'no payment of ours has it';
    comparison.differences.push({
      ...difference,
      kind: 'charge_not_booked',
      objectId: chargeRef,
      detail: `${intentRef ?? chargeRef} took money, but ${whose}`,
      repair: intentRef === null ? null : { of: 'payment', intentRef },
    });
  } else if (receipt.amount !== amount || receipt.currency !== currency) {
    comparison.differences.push({
      ...difference,
      kind: 'charge_differs',
      objectId: chargeRef,
      detail: `we booked ${sayAmount(receipt.amount, receipt.currency)}, the provider took ${sayAmount(amount, currency)}`,
      repair: null,
    });
  } else {
    comparison.agreed.add(chargeRef).add(receipt.ref);
  }
}

/** Money in our books that no charge was listed for is asked about one by one: the list may begin just after its charge. */
async function compareReceipts(
  app: App,
  provider: PaymentProvider,
  comparison: Comparison,
  since: number,
): Promise<void> {
  const now = app.clock.now();
  const differing = new Set(comparison.differences.map(({ objectId }) => objectId));
  for (const receipt of await findReceiptsSince(app.database.read, clearingOf(provider.name), since)) {
    if (comparison.agreed.has(receipt.ref) || !isSettled(receipt.at, now)) continue;
    const payment = await findPayment(app.database.read, receipt.ref);
    if (payment?.charge_ref && differing.has(payment.charge_ref)) continue;
    comparison.compared += 1;
    if (await isTakenThere(provider, payment, receipt)) {
      comparison.agreed.add(receipt.ref);
      continue;
    }
    const { ref, orderId, amount, currency, at } = receipt;
    const detail = `we booked money of ${payment?.intent_ref ?? ref}, which the provider did not take`;
    const kind = 'charge_not_at_provider';
    comparison.differences.push({ kind, objectId: ref, orderId, amount, currency, at, detail, repair: null });
  }
}

async function isTakenThere(
  provider: PaymentProvider,
  payment: PaymentRow | undefined,
  receipt: Receipt,
): Promise<boolean> {
  const refs = payment
    ? { sessionRef: payment.session_ref, intentRef: payment.intent_ref }
    : { sessionRef: null, intentRef: receipt.ref };
  if (refs.sessionRef === null && refs.intentRef === null) return false;
  return await hasIt(async () => (await provider.look(refs)).kind === 'succeeded');
}
