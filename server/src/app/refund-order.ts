import type { Order } from '@paydesk/contract/orders';
import type { Refund } from '@paydesk/contract/refunds';
import { findOrder, lockOrder, type OrderRow } from '../db/orders.ts';
import { findPayments } from '../db/payments.ts';
import type { Tx } from '../db/schema.ts';
import type { Minor } from '../domain/money.ts';
import { isPayable } from '../domain/order.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { AppError } from './errors.ts';
import { giveBack, type NewRefund } from './give-back.ts';
import { claim, finish, type RequestKey, requestKey } from './idempotency.ts';
import type { App } from './ports.ts';
import { loadOrder } from './present-order.ts';
import { findRefundable, type Refundable } from './refundable.ts';
import { type Restock, restock } from './restock.ts';

export type RefundOrder = {
  orderId: string;
  /** Minor units; all that is left where none is named. */
  amount?: Minor | undefined;
  currency?: string | undefined;
  /** In words, for the customer too. */
  reason: string;
  /** Only of this payment, and then also of its money that belongs to no order. */
  paymentId?: string | undefined;
  restock?: Restock | undefined;
  key?: string | undefined;
  /** Who asks, for the record. */
  by: string;
};

/**
 * An operator gives money back: the refunds are written down first, then asked for at the provider. Where that does not
 * answer, the outbox goes on; the refunds' statuses tell, and the call succeeds all the same.
 *
 * @throws AppError order_not_found, payment_not_found, order_not_refundable, refund_too_large, refund_currency_differs,
 *   payment_disputed, restock_too_many, idempotency_key_reused
 */
export async function refundOrder(
  app: App,
  request: RefundOrder,
): Promise<{ refunds: Refund[]; order: Order }> {
  const { orderId, key: text, by, ...body } = request;
  const key = requestKey(`refund:${orderId}`, text, body);
  const written = await app.database.transaction((tx) => writeDown(app, tx, request, key));
  if (written.isNew) {
    app.live.changed(orderId);
    app.log.info({ orderId, refundIds: written.refundIds, by }, 'refund requested');
    await Promise.all(written.refundIds.map((id) => carryOut(app, id)));
  }
  const order = await findOrder(app.database.read, orderId);
  if (!order) throw new AppError('order_not_found');
  const shown = await loadOrder(app, order);
  return {
    order: shown,
    refunds: written.refundIds.map((id) => shown.refunds.find((one) => one.id === id)!),
  };
}

/** Everything that has to be true before the first cent moves, in one transaction under the order's lock. */
async function writeDown(
  app: App,
  tx: Tx,
  request: RefundOrder,
  key: RequestKey | null,
): Promise<{ refundIds: string[]; isNew: boolean }> {
  const order = await lockOrder(tx, request.orderId);
  if (!order) throw new AppError('order_not_found');
  const now = app.clock.now();
  const claimed = key ? await claim(tx, key, now) : null;
  if (claimed?.state === 'done') return { refundIds: JSON.parse(claimed.reply) as string[], isNew: false };
  const wanted = await choose(tx, order, request);
  const back = await restock(tx, order, request.restock ?? false, now);
  const { refunds } = await giveBack(app, tx, back, wanted);
  const refundIds = refunds.map(({ id }) => id);
  if (key) await finish(tx, key, 201, JSON.stringify(refundIds));
  return { refundIds, isNew: true };
}

/** Which payments the money is taken from: the newest first, as much of each as is needed. */
async function choose(tx: Tx, order: OrderRow, request: RefundOrder): Promise<NewRefund[]> {
  const parts = await partsFor(tx, order, request);
  const currency = parts[0]?.currency ?? order.currency;
  if (request.currency !== undefined && request.currency.toLowerCase() !== currency)
    throw new AppError('refund_currency_differs', { details: { currency } });
  const same = parts.filter((part) => part.currency === currency);
  const left = sumOf(same);
  if (left === 0) throw new AppError('order_not_refundable');
  const amount = request.amount ?? left;
  if (amount > left) throw new AppError('refund_too_large', { details: { refundable: left, currency } });
  const free = same.filter((part) => !part.disputed);
  if (amount > sumOf(free))
    throw new AppError('payment_disputed', { details: { refundable: sumOf(free), currency } });
  return take(free, amount).map(({ disputed: _, ...part }) => ({
    ...part,
    cause: 'operator',
    actor: 'operator',
    by: request.by,
    reason: request.reason,
  }));
}

async function partsFor(tx: Tx, order: OrderRow, { paymentId }: RefundOrder): Promise<Refundable[]> {
  const all = (await findRefundable(tx, order)).filter(
    ({ appliesTo }) => appliesTo === 'unapplied' || !isUnderWay(order),
  );
  if (paymentId === undefined) return all.filter(({ appliesTo }) => appliesTo === 'order');
  const payments = await findPayments(tx, order.id);
  if (!payments.some(({ id }) => id === paymentId)) throw new AppError('payment_not_found');
  return all.filter((part) => part.paymentId === paymentId);
}

/** Of an order that still waits for money nothing is given back by part: it is canceled, which gives back all. */
function isUnderWay({ status }: OrderRow): boolean {
  return isPayable(status) || status === 'processing';
}

function sumOf(parts: readonly Refundable[]): Minor {
  return parts.reduce((sum, part) => sum + part.amount, 0);
}

function take(parts: readonly Refundable[], amount: Minor): Refundable[] {
  const taken: Refundable[] = [];
  let rest = amount;
  for (const part of parts) {
    const share = Math.min(part.amount, rest);
    if (share > 0) taken.push({ ...part, amount: share });
    rest -= share;
  }
  return taken;
}

/** From here on the refund is ours to finish: whatever goes wrong now is tried again by the outbox. */
async function carryOut(app: App, refundId: string): Promise<void> {
  try {
    await carryOutRefund(app, refundId);
  } catch (error) {
    app.log.warn({ refundId, err: error }, 'a refund is left to the outbox');
  }
}
