import { lockOrder } from '../db/orders.ts';
import { findRefund, type RefundRow, updateRefund } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import type { RefundFact } from '../domain/refund.ts';
import { applyRefundFact, notFound } from './apply-refund-fact.ts';
import { ProviderError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import type { App, FrozenRefund, PaymentProvider } from './ports.ts';

/** The provider forgets idempotency keys after a day: from then on a refund is looked for before it is asked for again. */
const keysLastFor = 23 * 3_600_000;
/** How long a refund whose outcome nobody knows is looked for before a person has to decide, in milliseconds: one day. */
const patience = 24 * 3_600_000;

export type CarriedOut = 'over' | 'unknown';

/**
 * The second and third step of a refund: the provider is asked, and what it says is written down. Called again after a
 * crash or a time-out it sends the same bytes under the same key; and where an earlier call's outcome is not known, the
 * provider's own list is searched for it first.
 *
 * @throws ProviderError when nothing happened by this call and the same call may help later
 */
export async function carryOutRefund(app: App, refundId: string): Promise<CarriedOut> {
  const refund = await findRefund(app.database.read, refundId);
  if (!refund || !isUnanswered(refund)) return 'over';
  const provider = providerOf(app, refund);
  const age = app.clock.now() - refund.created_at;
  const looks = refund.status === 'unknown' || age > keysLastFor;
  const made = looks ? await findMade(provider, refund) : null;
  if (!made && refund.status === 'unknown' && age > patience) await giveUp(app, refund);
  else if (made) await write(app, refund, made);
  else return await ask(app, provider, refund);
  return 'over';
}

function isUnanswered(refund: RefundRow | undefined): boolean {
  return refund?.status === 'requested' || refund?.status === 'unknown';
}

/** A refund that carries our id may have been made by a call whose answer was lost. */
async function findMade(provider: PaymentProvider, refund: RefundRow): Promise<RefundFact | null> {
  const made = await provider
    .refundsOf({ intentRef: refund.intent_ref, chargeRef: refund.charge_ref })
    .catch((error: unknown) => {
      // Nothing is known there of the payment either: then asking for the refund will say so.
      if (error instanceof ProviderError && error.failure === 'refused') return [];
      throw error;
    });
  return made.find(({ refundId }) => refundId === refund.id) ?? null;
}

async function ask(app: App, provider: PaymentProvider, refund: RefundRow): Promise<CarriedOut> {
  try {
    await write(app, refund, await provider.refund(frozen(app, refund)));
    return 'over';
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure === 'unavailable') throw error;
    if (error.failure === 'unknown') return await leaveUnknown(app, refund, error);
    await write(app, refund, refusal(refund, `provider_refused: ${error.message}`));
    return 'over';
  }
}

function frozen(app: App, refund: RefundRow): FrozenRefund {
  return {
    refundId: refund.id,
    orderId: refund.order_id,
    instanceId: app.instanceId,
    intentRef: refund.intent_ref,
    chargeRef: refund.charge_ref,
    amount: refund.amount,
    currency: refund.currency,
    reason: refund.reason,
  };
}

/** The provider's reply to our own call is its word as much as its events are. */
async function write(app: App, refund: RefundRow, fact: RefundFact): Promise<void> {
  await app.database.transaction((tx) => apply(app, tx, refund, fact));
  app.live.changed(refund.order_id);
  const fields = { orderId: refund.order_id, refundId: refund.id, status: fact.status };
  app.log.info(fields, 'refund carried out');
}

async function apply(app: App, tx: Tx, refund: RefundRow, fact: RefundFact): Promise<void> {
  const own = { ...fact, refundId: refund.id, orderId: refund.order_id, instanceId: app.instanceId };
  await applyRefundFact(app, tx, own, { eventId: null, actor: 'provider' });
}

/** A definite no: it did not happen, and the same request will never succeed. */
function refusal(refund: RefundRow, why: string): RefundFact {
  return {
    kind: 'refund',
    final: true,
    live: false,
    instanceId: null,
    orderId: refund.order_id,
    refundId: refund.id,
    refundRef: null,
    intentRef: refund.intent_ref,
    chargeRef: refund.charge_ref,
    status: 'failed',
    amount: refund.amount,
    currency: refund.currency,
    failureCode: why.slice(0, 200),
    reason: null,
  };
}

async function leaveUnknown(app: App, refund: RefundRow, error: ProviderError): Promise<CarriedOut> {
  const fields = { orderId: refund.order_id, refundId: refund.id, err: error };
  app.log.warn(fields, 'the outcome of a refund is not known');
  await app.database.transaction(async (tx) => {
    await lockOrder(tx, refund.order_id);
    // Its event may have told meanwhile.
    const current = await findRefund(tx, refund.id);
    if (isUnanswered(current))
      await updateRefund(tx, refund.id, { status: 'unknown', checked_at: app.clock.now() });
  });
  return 'unknown';
}

/**
 * After a day the provider has forgotten the key and still does not list the refund, so it was not made. It is not asked for
 * again by itself: should it turn up after all, a second one would be too much.
 */
async function giveUp(app: App, refund: RefundRow): Promise<void> {
  app.log.error({ orderId: refund.order_id, refundId: refund.id }, 'a refund was given up');
  await app.database.transaction(async (tx) => {
    await lockOrder(tx, refund.order_id);
    if (isUnanswered(await findRefund(tx, refund.id)))
      await apply(
        app,
        tx,
        refund,
        refusal(refund, `${notFound}: the provider never answered and does not list it`),
      );
  });
  app.live.changed(refund.order_id);
}
