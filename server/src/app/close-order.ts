import { changeOrder, findLines, lockOrder, type OrderRow, toCart, touchOrder } from '../db/orders.ts';
import { rescheduleEffect, settleEffect } from '../db/outbox.ts';
import { findPayments } from '../db/payments.ts';
import { releaseHeldStock } from '../db/products.ts';
import { returnDiscountUse } from '../db/rates.ts';
import type { Tx } from '../db/schema.ts';
import { isClosable, nextOrderStatus } from '../domain/order.ts';
import { closePayment } from './close-payment.ts';
import { providerOf } from './find-provider.ts';
import type { App } from './ports.ts';

/** How long a closing that was interrupted waits before the outbox takes it up again, in milliseconds. */
const closingGrace = 30_000;

export type CloseReason = 'cancel' | 'expire';

/** `not_due`: prolonged meanwhile, look again at `at`. `settled`: it has ended already, or was paid. */
export type CloseOutcome =
  | { state: 'closed' }
  | { state: 'settled' }
  | { state: 'taken' }
  | { state: 'not_due'; at: number };

/**
 * Ends an unpaid order: first no new attempts here, then nothing payable at the provider any more, and only on the
 * provider's word is the stock given back. So money cannot arrive for stock that somebody else was promised.
 *
 * @throws ProviderError when the provider could not be asked: the order keeps its stock and the outbox tries again
 */
export async function closeOrder(app: App, orderId: string, reason: CloseReason): Promise<CloseOutcome> {
  const begun = await app.database.transaction((tx) => beginClosing(app, tx, orderId, reason));
  if (begun.state !== 'closing') return begun;
  for (const payment of begun.payments) {
    const provider = providerOf(app, payment);
    if ((await closePayment(app, provider, payment)) === 'taken') {
      await app.database.transaction((tx) => reopen(app, tx, orderId));
      return { state: 'taken' };
    }
  }
  const closed = await app.database.transaction((tx) => finishClosing(app, tx, orderId, reason));
  if (closed) app.live.changed(orderId);
  return { state: closed ? 'closed' : 'settled' };
}

async function beginClosing(app: App, tx: Tx, orderId: string, reason: CloseReason) {
  const order = await lockOrder(tx, orderId);
  const now = app.clock.now();
  // While money is on its way nothing ends; should it fail to arrive, this is looked at again.
  if (order?.status === 'processing') return { state: 'taken' as const };
  if (!order || !isClosable(order.status)) return { state: 'settled' as const };
  // A cancellation that was interrupted is completed by the clock's job; it must not become an expiry on the way.
  const due = order.closing !== null || reason === 'cancel' || order.expires_at <= now;
  if (!due) return { state: 'not_due' as const, at: order.expires_at };
  await touchOrder(tx, orderId, { closing: order.closing ?? reason });
  if (reason === 'cancel') await rescheduleEffect(tx, 'order.close', orderId, now + closingGrace);
  const payments = (await findPayments(tx, orderId)).filter((payment) => payment.closed_at === null);
  return { state: 'closing' as const, payments };
}

/** Money is on its way after all: the order waits for the signed event, with its stock. */
async function reopen(app: App, tx: Tx, orderId: string): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order) return;
  await touchOrder(tx, orderId, { closing: null });
  const later = Math.max(order.expires_at, app.clock.now() + closingGrace);
  await rescheduleEffect(tx, 'order.close', orderId, later);
}

async function finishClosing(app: App, tx: Tx, orderId: string, reason: CloseReason): Promise<boolean> {
  const [order, lines] = await Promise.all([lockOrder(tx, orderId), findLines(tx, orderId)]);
  if (!order || !isClosable(order.status) || order.closing === null) return false;
  const now = app.clock.now();
  const canceled = order.closing === 'cancel' || reason === 'cancel';
  const cart = toCart(lines);
  await Promise.all([
    changeOrder(
      tx,
      order,
      {
        status: nextOrderStatus(order.status, canceled ? 'canceled' : 'expired'),
        hold: 'released',
        closing: null,
      },
      closedEvent(canceled, now),
    ),
    releaseHeldStock(tx, cart),
    settleEffect(tx, 'order.close', orderId, now),
  ]);
  await giveBackDiscount(tx, order);
  return true;
}

async function giveBackDiscount(tx: Tx, order: OrderRow): Promise<void> {
  if (order.discount_code !== null) await returnDiscountUse(tx, order.discount_code, order.id);
}

function closedEvent(canceled: boolean, at: number) {
  return {
    at,
    type: canceled ? 'order.canceled' : 'order.expired',
    message: canceled
      ? 'Order cancelled. Nothing was charged, and the items are no longer reserved.'
      : 'The order was not paid in time. Nothing was charged, and the items are no longer reserved.',
    payment_id: null,
    event_id: null,
  };
}
