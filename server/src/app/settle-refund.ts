import type { SettledRefund } from '@paydesk/contract/transfers';
import { findOrder, lockOrder } from '../db/orders.ts';
import { findRefund, type RefundRow } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import { isOpenRefund, type RefundFact } from '../domain/refund.ts';
import { applyRefundFact } from './apply-refund-fact.ts';
import { AppError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import type { App } from './ports.ts';
import { loadOrder } from './present-order.ts';

/** What a person says of a refund that people carry out. `reason`: why it did not arrive. */
export type SettleRefund = { refundId: string; by: string } & (
  | { status: 'succeeded' }
  | { status: 'failed'; reason?: string | undefined }
);

/**
 * An operator has sent a refund by bank transfer, or has seen it come back. Saying the same twice is the same as once;
 * what was sent may come back later, but what came back needs a new refund.
 *
 * @throws AppError refund_not_found, refund_not_by_hand (its provider says itself what became of it), refund_not_open
 */
export async function settleRefund(app: App, request: SettleRefund): Promise<SettledRefund> {
  const orderId = await app.database.transaction((tx) => settle(app, tx, request));
  app.live.changed(orderId);
  app.log.info({ orderId, refundId: request.refundId, status: request.status }, 'refund settled by hand');
  const order = await findOrder(app.database.read, orderId);
  if (!order) throw new AppError('order_not_found');
  const shown = await loadOrder(app, order);
  return { order: shown, refund: shown.refunds.find(({ id }) => id === request.refundId)! };
}

async function settle(app: App, tx: Tx, request: SettleRefund): Promise<string> {
  const named = await findRefund(tx, request.refundId);
  if (!named) throw new AppError('refund_not_found');
  if (!providerOf(app, named).byHand) throw new AppError('refund_not_by_hand');
  await lockOrder(tx, named.order_id);
  const refund = (await findRefund(tx, named.id))!;
  if (refund.status === request.status) return refund.order_id;
  const cameBack = refund.status === 'succeeded' && request.status === 'failed';
  if (!isOpenRefund(refund.status) && !cameBack) throw new AppError('refund_not_open');
  await applyRefundFact(app, tx, factOf(app, refund, request), {
    eventId: null,
    actor: 'operator',
    by: request.by,
  });
  return refund.order_id;
}

function factOf(app: App, refund: RefundRow, request: SettleRefund): RefundFact {
  return {
    kind: 'refund',
    final: true,
    live: providerOf(app, refund).live,
    instanceId: app.instanceId,
    orderId: refund.order_id,
    refundId: refund.id,
    refundRef: null,
    intentRef: refund.intent_ref,
    chargeRef: refund.charge_ref,
    status: request.status,
    amount: refund.amount,
    currency: refund.currency,
    failureCode: request.status === 'failed' ? (request.reason ?? 'returned by the bank') : null,
    reason: null,
  };
}
