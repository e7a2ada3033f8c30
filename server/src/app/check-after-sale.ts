import { findDueRefunds, findOpenDisputes, forgetCheck, noteChecks } from '../db/checks.ts';
import type { DisputeRow } from '../db/disputes.ts';
import type { RefundRow } from '../db/refunds.ts';
import { applyLooked } from './apply-looked.ts';
import { type Checked, listing } from './check-payments.ts';
import { ProviderError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import { type Looked, lookAtDispute, lookAtRefunds } from './look-again.ts';
import type { App } from './ports.ts';

/** A refund that is younger is still being made, in milliseconds. */
const refundAge = 5 * 60_000;
const hour = 3_600_000;

/** Looks at refunds whose outcome is still open, once an hour each. */
export async function checkRefunds(app: App, limit: number): Promise<Checked> {
  const now = app.clock.now();
  const schedule = { age: refundAge, every: hour };
  const due = await findDueRefunds(app.database.read, schedule, { providers: listing(app), now, limit });
  if (due.length === 0) return { looked: 0, isAway: false };
  const mine = await app.database.transaction((tx) => noteChecks(tx, 'refunds', due, now));
  const answers = await Promise.all(
    mine.map(async (refund) => {
      const isLooked = await checkRefund(app, refund);
      if (!isLooked) await app.database.transaction((tx) => forgetCheck(tx, 'refunds', refund));
      return isLooked;
    }),
  );
  return { looked: mine.length, isAway: answers.includes(false) };
}

/** Looks at every dispute that is not decided. */
export async function checkDisputes(app: App): Promise<Checked> {
  const disputes = await findOpenDisputes(app.database.read);
  for (const dispute of disputes)
    if (!(await checkDispute(app, dispute))) return { looked: disputes.length, isAway: true };
  return { looked: disputes.length, isAway: false };
}

/** What the provider says about one refund of ours, written down. False when it could not be asked. */
async function checkRefund(app: App, refund: RefundRow): Promise<boolean> {
  const hint = {
    instanceId: app.instanceId,
    orderId: refund.order_id,
    refundRef: refund.refund_ref,
    intentRef: refund.intent_ref,
    chargeRef: refund.charge_ref,
  };
  return await check(app, { orderId: refund.order_id, refundId: refund.id }, () =>
    lookAtRefunds(app, providerOf(app, refund), hint),
  );
}

/** The same for a dispute. */
async function checkDispute(app: App, dispute: DisputeRow): Promise<boolean> {
  return await check(app, { orderId: dispute.order_id, disputeId: dispute.id }, () =>
    lookAtDispute(app, providerOf(app, dispute), { disputeRef: dispute.dispute_ref }),
  );
}

async function check(app: App, fields: object, look: () => Promise<Looked>): Promise<boolean> {
  try {
    const looked = await look();
    if (looked.facts.length === 0) return true;
    const applied = await applyLooked(app, looked, { eventId: null, actor: 'reconciler' });
    if (applied?.state === 'applied')
      app.log.warn(
        { ...fields, outcome: applied.outcome },
        'no event told what the provider said when asked',
      );
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    app.log.warn({ ...fields, err: error }, 'the provider could not be asked');
    return error.failure === 'refused';
  }
}
