import { findPaymentsBehind } from '../db/comparison.ts';
import type { PaymentRow } from '../db/payments.ts';
import { inChunks } from './in-chunks.ts';
import type { App, PayableRecord, PaymentProvider, ProviderRecords } from './ports.ts';

/** What is younger may be one that a request is just making, in milliseconds. */
const youngest = 30 * 60_000;

/**
 * Ends what can still be paid at the provider although its attempt here is over: made twice because an answer was lost, or
 * made after we had given it up. Nobody was given its secret; but what nobody needs should not be payable.
 *
 * @returns how many were ended
 * @throws ProviderError when the provider could not be asked
 */
export async function closeOrphans(
  app: App,
  provider: PaymentProvider,
  records: ProviderRecords,
  since: number,
): Promise<number> {
  let closed = 0;
  const oldest = app.clock.now() - youngest;
  for await (const chunk of inChunks(records.payable(since))) {
    const ours = chunk.filter(
      ({ instanceId, createdAt }) => instanceId === app.instanceId && createdAt < oldest,
    );
    const paymentIds = ours.map(({ paymentId }) => paymentId).filter((id) => id !== null);
    const payments = await findPaymentsBehind(app.database.read, {
      paymentIds,
      intentRefs: [],
      chargeRefs: [],
    });
    for (const record of ours) {
      if (!isOrphan(record, payments)) continue;
      if ((await provider.close(record.refs)) === 'closed') closed += 1;
      app.log.warn({ ...record.refs, paymentId: record.paymentId }, 'an orphan was ended at the provider');
    }
  }
  return closed;
}

function isOrphan({ refs, paymentId }: PayableRecord, payments: readonly PaymentRow[]): boolean {
  const payment = payments.find(({ id }) => id === paymentId);
  // The intent of a session cannot be ended but with its session.
  if (payment?.flow === 'hosted' && refs.sessionRef === null) return false;
  if (!payment || payment.closed_at !== null) return true;
  const known = refs.sessionRef !== null ? payment.session_ref : payment.intent_ref;
  return known !== null && known !== (refs.sessionRef ?? refs.intentRef);
}
