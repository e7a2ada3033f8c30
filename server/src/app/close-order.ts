import { changeOrder, findLines, lockOrder, type OrderRow, toCart, touchOrder } from '../db/orders.ts';
import { rescheduleEffect, settleEffect } from '../db/outbox.ts';
import { findPayments, type PaymentRow } from '../db/payments.ts';
import { releaseHeldStock } from '../db/products.ts';
import { returnDiscountUse } from '../db/rates.ts';
import type { Tx } from '../db/schema.ts';
import { isClosable, nextOrderStatus } from '../domain/order.ts';
import { closePayment } from './close-payment.ts';
import { type CloseReason, closedEvent } from './closed-event.ts';
import { giveBack } from './give-back.ts';
import type { App } from './ports.ts';
import { findRefundable } from './refundable.ts';

/** How long a closing that was interrupted waits before the outbox takes it up again, in milliseconds. */
const closingGrace = 30_000;
/** How long a customer may take to answer their bank (3-D Secure) before the order's time is over all the same, in milliseconds. */
const answerTime = 15 * 60_000;

export type Closing = {
  reason: CloseReason;
  /** Who asks, for the record, and why, for the customer; an operator's. */
  by?: string | undefined;
  words?: string | undefined;
};

/** `not_due`: prolonged meanwhile, look again at `at`. `settled`: it has ended already, or was paid. */
export type CloseOutcome =
  | { state: 'closed' }
  | { state: 'settled' }
  | { state: 'taken' }
  | { state: 'not_due'; at: number };

/**
 * Ends an order that is not paid, or not whole: first no new attempts here, then nothing payable at the provider any more,
 * and only on the provider's word is the stock given back, and with it what was received. So money cannot arrive for
 * stock that somebody else was promised.
 *
 * @throws ProviderError when the provider could not be asked: the order keeps its stock and the outbox tries again
 */
export async function closeOrder(app: App, orderId: string, closing: Closing): Promise<CloseOutcome> {
  const begun = await app.database.transaction((tx) => beginClosing(app, tx, orderId, closing.reason));
  if (begun.state !== 'closing') return begun;
  for (const payment of begun.payments) {
    if ((await closePayment(app, payment)) === 'taken') {
      await app.database.transaction((tx) => reopen(app, tx, orderId));
      return { state: 'taken' };
    }
  }
  const closed = await app.database.transaction((tx) => finishClosing(app, tx, orderId, closing));
  if (closed) app.live.changed(orderId);
  return { state: closed ? 'closed' : 'settled' };
}

async function beginClosing(app: App, tx: Tx, orderId: string, reason: CloseReason) {
  const order = await lockOrder(tx, orderId);
  const now = app.clock.now();
  if (!order || !(order.status === 'processing' || mayClose(order, reason)))
    return { state: 'settled' as const };
  const live = (await findPayments(tx, orderId)).filter((payment) => payment.closed_at === null);
  // A cancellation that was interrupted is completed by the clock's job; it must not become an expiry on the way.
  if (reason === 'expire' && order.closing === null) {
    const at = dueTime(app, order, live);
    if (at > order.expires_at) await touchOrder(tx, orderId, { expires_at: at });
    if (at > now) return { state: 'not_due' as const, at };
  }
  // While money is on its way nothing ends; should it fail to arrive, this is looked at again.
  if (isOnItsWay(order, live)) return { state: 'taken' as const };
  await touchOrder(tx, orderId, { closing: reason === 'withdraw' ? reason : (order.closing ?? reason) });
  if (reason !== 'expire') await rescheduleEffect(tx, 'order.close', orderId, now + closingGrace);
  return { state: 'closing' as const, payments: live };
}

/** When the order's time is over: later, where its money is on its way, or the customer is just being asked by their bank. */
function dueTime(app: App, order: OrderRow, live: readonly PaymentRow[]): number {
  const now = app.clock.now();
  if (order.expires_at > now) return order.expires_at;
  if (isOnItsWay(order, live)) return now + app.shop.holdFor;
  const asked = live
    .filter(({ status }) => status === 'requires_action')
    .map((payment) => (payment.last_event_at ?? payment.created_at) + answerTime);
  return Math.max(order.expires_at, ...asked);
}

function isOnItsWay(order: OrderRow, live: readonly PaymentRow[]): boolean {
  return order.status === 'processing' || live.some(({ status }) => status === 'processing');
}

function mayClose(order: OrderRow, reason: CloseReason): boolean {
  if (isClosable(order.status)) return true;
  return order.status === 'review' && (reason === 'withdraw' || order.closing === 'withdraw');
}

/** Money is on its way after all: the order waits for the signed event, with its stock. */
async function reopen(app: App, tx: Tx, orderId: string): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order) return;
  await touchOrder(tx, orderId, { closing: null });
  const later = Math.max(order.expires_at, app.clock.now() + closingGrace);
  await rescheduleEffect(tx, 'order.close', orderId, later);
}

async function finishClosing(app: App, tx: Tx, orderId: string, closing: Closing): Promise<boolean> {
  const [order, lines] = await Promise.all([lockOrder(tx, orderId), findLines(tx, orderId)]);
  if (!order || order.closing === null || !mayClose(order, closing.reason)) return false;
  const now = app.clock.now();
  // Whoever began it ended it, also where the clock's job completes it.
  const reason = order.closing === 'expire' ? closing.reason : order.closing;
  const left = await findRefundable(tx, order);
  const event = closedEvent(
    { reason, words: closing.words, by: closing.by, refunds: left.length > 0 || order.received > 0 },
    now,
  );
  const [ended] = await Promise.all([
    changeOrder(
      tx,
      order,
      {
        status: nextOrderStatus(order.status, reason === 'expire' ? 'expired' : 'canceled'),
        hold: 'released',
        closing: null,
      },
      event,
    ),
    order.hold === 'held' ? releaseHeldStock(tx, toCart(lines)) : undefined,
    settleEffect(tx, 'order.close', orderId, now),
  ]);
  await returnDiscount(tx, order);
  const cause = reason === 'expire' ? 'order_expired' : 'order_canceled';
  const back = left.map(({ disputed: _, ...part }) => ({ ...part, cause, actor: event.actor }) as const);
  await giveBack(
    app,
    tx,
    ended,
    closing.by === undefined ? back : back.map((one) => ({ ...one, by: closing.by! })),
  );
  return true;
}

async function returnDiscount(tx: Tx, order: OrderRow): Promise<void> {
  if (order.discount_code !== null) await returnDiscountUse(tx, order.discount_code, order.id);
}
