import { formatMoney } from '@paydesk/contract/money';
import type { Actor } from '@paydesk/contract/orders';
import type { RefundCause } from '@paydesk/contract/refunds';
import { insertJournal } from '../db/books.ts';
import { changeOrder, type OrderRow } from '../db/orders.ts';
import { insertEffect } from '../db/outbox.ts';
import { findRefunds, insertRefund, type RefundRow } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import { type RefundOf, refundRequested } from '../domain/ledger.ts';
import type { Minor } from '../domain/money.ts';
import { isPaidLike } from '../domain/order.ts';
import { isActiveRefund } from '../domain/refund.ts';
import type { App } from './ports.ts';

/** The outbox gives whoever asked for a refund this long to make it at the provider, in milliseconds. */
const refundGrace = 15_000;

/** One refund to be made. `amount` in minor units, already checked against what can be refunded. */
export type NewRefund = {
  /** Null for money that is no payment of ours. */
  paymentId: string | null;
  provider: string;
  intentRef: string | null;
  chargeRef: string | null;
  amount: Minor;
  currency: string;
  appliesTo: RefundRow['applies_to'];
  cause: RefundCause;
  actor: Actor;
  /** Who asked, for the record; the actor where nobody in particular did. */
  by?: string;
  /** In words, for the customer; each cause has its own where none is given. */
  reason?: string;
};

const reasons: Record<RefundCause, string> = {
  operator: 'Refunded by the shop.',
  order_canceled: 'The order was cancelled.',
  order_expired: 'The rest of the order was not paid in time.',
  duplicate: 'The order had been paid already.',
  late: 'The payment arrived after the order had ended.',
  excess: 'More was paid than was due.',
  provider: 'Refunded by the shop.',
};

/**
 * The first step of every refund, in the caller's transaction and under the order's lock: a row of its own with a frozen
 * amount, the journal that owes the money, the timeline, and the effect that carries it out. Nothing has moved yet.
 *
 * @returns the rows, and the order as it is then
 */
export async function giveBack(
  app: App,
  tx: Tx,
  order: OrderRow,
  wanted: readonly NewRefund[],
): Promise<{ refunds: RefundRow[]; order: OrderRow }> {
  const known = wanted.length > 0 ? await findRefunds(tx, order.id) : [];
  let current = order;
  const refunds: RefundRow[] = [];
  for (const one of wanted) {
    const refund = newRow(app, order, one);
    await insertRefund(tx, refund);
    await bookRequest(tx, order, refund, [...known, ...refunds]);
    await insertEffect(tx, {
      kind: 'refund.create',
      orderId: order.id,
      subjectId: refund.id,
      notBefore: refund.created_at + (one.cause === 'operator' ? refundGrace : 0),
      now: refund.created_at,
    });
    current = await changeOrder(tx, current, {}, requestedEvent(refund, one.actor));
    refunds.push(refund);
  }
  return { refunds, order: current };
}

function newRow(app: App, order: OrderRow, wanted: NewRefund): RefundRow {
  return {
    id: app.ids.next('ref'),
    order_id: order.id,
    payment_id: wanted.paymentId,
    provider: wanted.provider,
    intent_ref: wanted.intentRef,
    charge_ref: wanted.chargeRef,
    refund_ref: null,
    amount: wanted.amount,
    currency: wanted.currency,
    status: 'requested',
    cause: wanted.cause,
    reason: wanted.reason ?? reasons[wanted.cause],
    applies_to: wanted.appliesTo,
    failure_code: null,
    requested_by: wanted.by ?? wanted.actor,
    created_at: app.clock.now(),
    settled_at: null,
    checked_at: null,
    last_event_id: null,
    last_event_at: null,
  };
}

/** The journal that owes the customer the money. `earlier` are the order's refunds before this one. */
export async function bookRequest(
  tx: Tx,
  order: OrderRow,
  refund: RefundRow,
  earlier: readonly RefundRow[],
): Promise<void> {
  await insertJournal(tx, {
    kind: 'refund_req',
    ref: refund.id,
    orderId: order.id,
    currency: refund.currency,
    at: refund.created_at,
    entries: refundRequested(refund.amount, sourceOf(order, refund, earlier)),
  });
}

function sourceOf(order: OrderRow, refund: RefundRow, earlier: readonly RefundRow[]): RefundOf {
  if (refund.applies_to === 'unapplied') return { of: 'unapplied' };
  if (!isPaidLike(order.status)) return { of: 'order_due' };
  const refundedBefore = earlier
    .filter(({ status, applies_to }) => applies_to === 'order' && isActiveRefund(status))
    .reduce((sum, { amount }) => sum + amount, 0);
  return { of: 'paid', order, refundedBefore };
}

function requestedEvent(refund: RefundRow, actor: Actor) {
  return {
    at: refund.created_at,
    type: 'refund.requested',
    message: `${formatMoney(refund)} will be refunded. ${refund.reason}`,
    payment_id: refund.payment_id,
    refund_id: refund.id,
    event_id: null,
    actor,
    by: actor === 'operator' ? refund.requested_by : undefined,
  };
}
