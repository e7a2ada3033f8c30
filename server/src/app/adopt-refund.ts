import { openBreak } from '../db/books.ts';
import { changeOrder, type OrderRow } from '../db/orders.ts';
import type { PaymentRow } from '../db/payments.ts';
import { findRefunds, insertRefund, type RefundRow } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import { isPayable, nextOrderStatus } from '../domain/order.ts';
import { type RefundFact, refundableOf } from '../domain/refund.ts';
import { bookRequest } from './give-back.ts';
import type { App } from './ports.ts';
import { refundEvent } from './refund-timeline.ts';
import { sayAmount } from './say-amount.ts';
import type { FactSource } from './write-settlement.ts';

/** What a refund is about, under the order's lock. */
export type Located = { order: OrderRow; payment: PaymentRow | undefined };

/**
 * A refund that somebody made at the provider gets a row like any other, and its amount is owed in our books before it is
 * given back. Where it does not fit what we had left to refund, a person is told.
 *
 * @returns the row, `requested` as yet, and the order as it is then
 */
export async function adoptRefund(
  app: App,
  tx: Tx,
  { order, payment }: Located,
  fact: RefundFact,
  source: FactSource,
): Promise<{ refund: RefundRow; order: OrderRow }> {
  const earlier = await findRefunds(tx, order.id);
  const left = payment ? refundableOf(payment, ofPayment(earlier, payment)) : { order: 0, unapplied: 0 };
  const appliesTo = appliesToOf(payment, left, fact.amount);
  const refund: RefundRow = {
    id: app.ids.next('ref'),
    order_id: order.id,
    payment_id: payment?.id ?? null,
    provider: payment?.provider ?? 'stripe',
    intent_ref: fact.intentRef,
    charge_ref: fact.chargeRef,
    refund_ref: fact.refundRef,
    amount: fact.amount,
    currency: fact.currency,
    status: 'requested',
    cause: 'provider',
    reason: reasonWords(fact.reason),
    applies_to: appliesTo,
    failure_code: null,
    requested_by: 'provider',
    created_at: app.clock.now(),
    settled_at: null,
    checked_at: null,
    last_event_id: null,
    last_event_at: null,
  };
  await insertRefund(tx, refund);
  await bookRequest(tx, order, refund, earlier);
  const isUnderWay = appliesTo === 'order' && isPayable(order.status);
  const problem = problemOf(fact, left[appliesTo], isUnderWay);
  if (problem) await reportDifference(app, tx, refund, problem);
  // At once, so that no rest is taken for an order whose first part is going back.
  const changes = isUnderWay ? { status: nextOrderStatus(order.status, 'refunded_in_part') } : {};
  const changed = await changeOrder(tx, order, changes, refundEvent(refund, source, app.clock.now()));
  return { refund, order: changed };
}

/** Money that belongs to nobody is given back before money of the order. */
function appliesToOf(
  payment: PaymentRow | undefined,
  left: { order: number; unapplied: number },
  amount: number,
): RefundRow['applies_to'] {
  if (left.unapplied >= amount) return 'unapplied';
  if (left.order >= amount) return 'order';
  return payment && payment.unapplied === payment.received ? 'unapplied' : 'order';
}

function problemOf(fact: RefundFact, left: number, isUnderWay: boolean): string | null {
  const told = `the provider refunded ${sayAmount(fact.amount, fact.currency)}`;
  if (fact.amount > left) return `${told}, more than we had left to refund`;
  return isUnderWay ? `${told} of an order that is paid in part only: a person has to end it` : null;
}

function ofPayment(refunds: readonly RefundRow[], payment: PaymentRow): RefundRow[] {
  return refunds.filter((refund) => refund.payment_id === payment.id);
}

function reasonWords(reason: string | null): string {
  switch (reason) {
    case 'duplicate':
      return 'It was paid twice.';
    case 'fraudulent':
      return 'The payment was fraudulent.';
    case 'requested_by_customer':
      return 'Requested by the customer.';
    default:
      return 'Refunded by the shop.';
  }
}

async function reportDifference(app: App, tx: Tx, refund: RefundRow, problem: string): Promise<void> {
  await openBreak(tx, {
    id: app.ids.next('brk'),
    kind: 'refund_differs',
    object_id: refund.id,
    order_id: refund.order_id,
    amount: refund.amount,
    currency: refund.currency,
    detail: problem,
    opened_at: app.clock.now(),
  });
}
