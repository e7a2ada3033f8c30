import { findPaymentsBehind, findReceipts, findRefundsBy, findRefundsSince } from '../db/comparison.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { RefundRow } from '../db/refunds.ts';
import { clearingOf } from '../domain/ledger.ts';
import { nextRefundStatus, type RefundFact } from '../domain/refund.ts';
import { type Comparison, hasIt, isSettled, newComparison } from './comparison.ts';
import { inChunks } from './in-chunks.ts';
import type { App, Listed, PaymentProvider, ProviderRecords } from './ports.ts';
import { sayAmount } from './say-amount.ts';

/**
 * Every refund of the provider against ours, and the other way round.
 *
 * @throws ProviderError when the provider could not be asked; nothing may be concluded then
 */
export async function compareRefunds(
  app: App,
  provider: PaymentProvider,
  records: ProviderRecords,
  since: number,
): Promise<Comparison> {
  const comparison = newComparison('refunds');
  const now = app.clock.now();
  for await (const chunk of inChunks(records.refunds(since))) {
    const listed = chunk.filter(({ createdAt }) => isSettled(createdAt, now));
    const books = await readBooks(app, provider, listed);
    for (const refund of listed) judge(app, comparison, refund, books);
  }
  await compareOurs(app, provider, comparison, since);
  return comparison;
}

/** `strays`: money of ours that is no payment. */
type Books = { refunds: RefundRow[]; payments: PaymentRow[]; strays: Set<string> };

async function readBooks(
  app: App,
  provider: PaymentProvider,
  listed: readonly Listed<RefundFact>[],
): Promise<Books> {
  const { read } = app.database;
  const facts = listed.map(({ fact }) => fact);
  const texts = (names: (string | null)[]) => names.filter((name) => name !== null);
  const intentRefs = texts(facts.map(({ intentRef }) => intentRef));
  const chargeRefs = texts(facts.map(({ chargeRef }) => chargeRef));
  const [refunds, payments, strays] = await Promise.all([
    findRefundsBy(read, {
      ids: texts(facts.map(({ refundId }) => refundId)),
      refs: texts(facts.map(({ refundRef }) => refundRef)),
    }),
    findPaymentsBehind(read, { paymentIds: [], intentRefs, chargeRefs }),
    findReceipts(read, clearingOf(provider.name), intentRefs),
  ]);
  return { refunds, payments, strays: new Set(strays.map(({ ref }) => ref)) };
}

function judge(
  app: App,
  comparison: Comparison,
  { fact, createdAt }: Listed<RefundFact>,
  { refunds, payments, strays }: Books,
): void {
  const ours = refunds.find(({ id, refund_ref }) => refund_ref === fact.refundRef || id === fact.refundId);
  const payment = payments.find(
    (each) =>
      (fact.intentRef !== null && each.intent_ref === fact.intentRef) ||
      (fact.chargeRef !== null && each.charge_ref === fact.chargeRef),
  );
  const isOurs =
    fact.instanceId === app.instanceId || (fact.intentRef !== null && strays.has(fact.intentRef));
  if (!ours && !payment && !isOurs) {
    comparison.foreign += 1;
    return;
  }
  comparison.compared += 1;
  const { amount, currency } = fact;
  const orderId = ours?.order_id ?? payment?.order_id ?? fact.orderId;
  const difference = { orderId, amount, currency, at: createdAt };
  const refundRef = fact.refundRef ?? '';
  const repair = { of: 'refund' as const, refundRef, instanceId: fact.instanceId, orderId };
  if (!ours) {
    const detail = `${refundRef} is ${fact.status} at the provider, and no refund of ours`;
    comparison.differences.push({
      ...difference,
      kind: 'refund_not_booked',
      objectId: refundRef,
      detail,
      repair,
    });
  } else if (ours.amount !== amount || ours.currency !== currency) {
    const detail = `${refundRef}: ours is ${sayAmount(ours.amount, ours.currency)}, the provider's ${sayAmount(amount, currency)}`;
    const kind = 'refund_differs';
    comparison.differences.push({ ...difference, kind, objectId: ours.id, detail, repair: null });
  } else if (nextRefundStatus(ours.status, fact.status) !== ours.status || isOver(ours, fact)) {
    const detail = `${refundRef} is ${ours.status} here and ${fact.status} at the provider`;
    const kind = 'refund_status_differs';
    comparison.differences.push({ ...difference, kind, objectId: ours.id, detail, repair });
  } else {
    comparison.agreed.add(refundRef).add(ours.id);
  }
}

/** We think that it came to nothing, and the provider gave the money back. */
function isOver(ours: RefundRow, fact: RefundFact): boolean {
  return (ours.status === 'failed' || ours.status === 'canceled') && fact.status === 'succeeded';
}

async function compareOurs(
  app: App,
  provider: PaymentProvider,
  comparison: Comparison,
  since: number,
): Promise<void> {
  const now = app.clock.now();
  const seen = new Set(comparison.differences.map(({ objectId }) => objectId));
  for (const refund of await findRefundsSince(app.database.read, provider.name, since)) {
    const { id, order_id: orderId, refund_ref: ref, amount, currency, created_at: at } = refund;
    if (comparison.agreed.has(id) || seen.has(id) || !isSettled(at, now)) continue;
    comparison.compared += 1;
    const isThere =
      ref !== null && (await hasIt(async () => (await provider.lookRefund(ref)).refundRef === ref));
    if (isThere) {
      comparison.agreed.add(id);
      continue;
    }
    const detail = `we say that ${ref ?? id} is ${refund.status}, and the provider has no such refund`;
    const kind = 'refund_not_found';
    comparison.differences.push({ kind, objectId: id, orderId, amount, currency, at, detail, repair: null });
  }
}
