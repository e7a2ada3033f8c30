import { findDisputesByRefs, findDisputesSince, findPaymentsBehind } from '../db/comparison.ts';
import type { DisputeRow } from '../db/disputes.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { DisputeFact } from '../domain/dispute.ts';
import { type Comparison, hasIt, isSettled, newComparison } from './comparison.ts';
import { inChunks } from './in-chunks.ts';
import type { App, Listed, PaymentProvider, ProviderRecords } from './ports.ts';

/**
 * Every dispute of the provider against ours, and the other way round.
 *
 * @throws ProviderError when the provider could not be asked; nothing may be concluded then
 */
export async function compareDisputes(
  app: App,
  provider: PaymentProvider,
  records: ProviderRecords,
  since: number,
): Promise<Comparison> {
  const comparison = newComparison('disputes');
  const { read } = app.database;
  const now = app.clock.now();
  for await (const chunk of inChunks(records.disputes(since))) {
    const listed = chunk.filter(({ createdAt }) => isSettled(createdAt, now));
    const facts = listed.map(({ fact }) => fact);
    const texts = (names: (string | null)[]) => names.filter((name) => name !== null);
    const [disputes, payments] = await Promise.all([
      findDisputesByRefs(
        read,
        facts.map(({ disputeRef }) => disputeRef),
      ),
      findPaymentsBehind(read, {
        paymentIds: [],
        intentRefs: texts(facts.map(({ intentRef }) => intentRef)),
        chargeRefs: texts(facts.map(({ chargeRef }) => chargeRef)),
      }),
    ]);
    for (const dispute of listed) judge(app, comparison, dispute, disputes, payments);
  }
  await compareOurs(app, provider, comparison, since);
  return comparison;
}

function judge(
  app: App,
  comparison: Comparison,
  { fact, createdAt }: Listed<DisputeFact>,
  disputes: readonly DisputeRow[],
  payments: readonly PaymentRow[],
): void {
  const { disputeRef, amount, currency, status, funds } = fact;
  const ours = disputes.find((each) => each.dispute_ref === disputeRef);
  const payment = payments.find(
    (each) =>
      (fact.intentRef !== null && each.intent_ref === fact.intentRef) ||
      (fact.chargeRef !== null && each.charge_ref === fact.chargeRef),
  );
  if (!ours && !payment && fact.instanceId !== app.instanceId) {
    comparison.foreign += 1;
    return;
  }
  comparison.compared += 1;
  const orderId = ours?.order_id ?? payment?.order_id ?? fact.orderId;
  const difference = { orderId, amount, currency, at: createdAt };
  const repair = { of: 'dispute' as const, disputeRef };
  if (!ours) {
    const detail = `${disputeRef} is ${status} at the provider, and no dispute of ours`;
    comparison.differences.push({
      ...difference,
      kind: 'dispute_not_booked',
      objectId: disputeRef,
      detail,
      repair,
    });
  } else if (ours.status !== status || ours.funds !== funds || ours.amount !== amount) {
    const detail = `${disputeRef} is ${ours.status} (${ours.funds}) here and ${status} (${funds}) at the provider`;
    comparison.differences.push({
      ...difference,
      kind: 'dispute_differs',
      objectId: ours.id,
      detail,
      repair,
    });
  } else {
    comparison.agreed.add(disputeRef).add(ours.id);
  }
}

async function compareOurs(
  app: App,
  provider: PaymentProvider,
  comparison: Comparison,
  since: number,
): Promise<void> {
  const now = app.clock.now();
  const seen = new Set(comparison.differences.map(({ objectId }) => objectId));
  for (const dispute of await findDisputesSince(app.database.read, provider.name, since)) {
    const { id, order_id: orderId, dispute_ref: ref, amount, currency, opened_at: at } = dispute;
    if (comparison.agreed.has(id) || seen.has(id) || !isSettled(at, now)) continue;
    comparison.compared += 1;
    if (await hasIt(async () => (await provider.lookDispute(ref)).disputeRef === ref)) {
      comparison.agreed.add(id);
      continue;
    }
    const detail = `we say that ${ref} is ${dispute.status}, and the provider has no such dispute`;
    const kind = 'dispute_not_found';
    comparison.differences.push({ kind, objectId: id, orderId, amount, currency, at, detail, repair: null });
  }
}
