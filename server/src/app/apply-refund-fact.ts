import { closeBreaks, findJournal, insertJournal, openBreak } from '../db/books.ts';
import { findDisputes } from '../db/disputes.ts';
import { changeOrder, lockOrder } from '../db/orders.ts';
import { insertEffect, settleEffect } from '../db/outbox.ts';
import { findPayment, findPaymentByCharge, type PaymentRow, updatePayment } from '../db/payments.ts';
import { findRefund, findRefundByRef, findRefunds, type RefundRow, updateRefund } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import { blocksRefunds } from '../domain/dispute.ts';
import { clearingOf, refundDone, reversed } from '../domain/ledger.ts';
import { nextOrderStatus, refundedFact } from '../domain/order.ts';
import { takenStatus } from '../domain/payment.ts';
import { isOpenRefund, nextRefundStatus, type RefundFact } from '../domain/refund.ts';
import { adoptRefund, type Located } from './adopt-refund.ts';
import { type Applied, foreign, unknown } from './applied.ts';
import type { App } from './ports.ts';
import { refundEvent } from './refund-timeline.ts';
import type { FactSource } from './write-settlement.ts';

/** Begins the failure code of a refund that was given up, because the provider neither answered nor lists it. */
export const notFound = 'not_found';

type Found = Located & { refund: RefundRow | undefined };

/**
 * What the provider says about a refund, written down under the order's lock: our own row moves, or one is made for a refund
 * that somebody made at the provider. Doing it again changes nothing.
 *
 * @param fact the provider's present truth, not an event's snapshot
 */
export async function applyRefundFact(
  app: App,
  tx: Tx,
  fact: RefundFact,
  source: FactSource,
): Promise<Applied> {
  const found = await locate(app, tx, fact);
  if ('state' in found) return found;
  // A refund that overtook the news of its own payment waits for it.
  if (!found.refund && found.payment?.received === 0) return unknown('received payment');
  const ids = { orderId: found.order.id, paymentId: found.payment?.id ?? found.refund?.payment_id ?? null };
  const adopted = found.refund ? null : await adoptRefund(app, tx, found, fact, source);
  const refund = found.refund ?? adopted!.refund;
  const order = adopted?.order ?? found.order;
  const status = nextRefundStatus(refund.status, fact.status);
  const moved = status !== refund.status;
  const changes = refundChanges(app, refund, fact, source, moved ? status : null);
  if (Object.keys(changes).length > 0) await updateRefund(tx, refund.id, changes);
  if (!moved) return { state: 'no_effect', outcome: `no effect: the refund is ${status} already`, ...ids };
  await move(app, tx, { ...found, order, refund }, { ...refund, ...changes }, source);
  return { state: 'applied', outcome: `refund ${status}${adopted ? ', adopted' : ''}`, ...ids };
}

/** Locks the order first, always; only then is it certain whether the refund has its row by now. */
async function locate(app: App, tx: Tx, fact: RefundFact): Promise<Found | Applied> {
  if (fact.instanceId !== null && fact.instanceId !== app.instanceId)
    return foreign('it belongs to another shop');
  const named = await nameOrder(tx, fact);
  if (named === null)
    return fact.instanceId === null ? foreign('it is not about a payment of this shop') : unknown('refund');
  const order = await lockOrder(tx, named.orderId);
  if (!order) return unknown('refund');
  const refund = await findKnown(tx, fact);
  const paymentId = refund ? refund.payment_id : named.paymentId;
  const payment = paymentId === null ? undefined : await findPayment(tx, paymentId);
  return refund || payment ? { order, payment, refund } : unknown('refund');
}

async function nameOrder(tx: Tx, fact: RefundFact) {
  const known = await findKnown(tx, fact);
  if (known) return { orderId: known.order_id, paymentId: known.payment_id };
  const payment = await findPaymentByCharge(tx, fact);
  return payment ? { orderId: payment.order_id, paymentId: payment.id } : null;
}

async function findKnown(tx: Tx, fact: RefundFact): Promise<RefundRow | undefined> {
  const own = fact.refundId === null ? undefined : await findRefund(tx, fact.refundId);
  if (own && isAbout(own, fact)) return own;
  return fact.refundRef === null ? undefined : await findRefundByRef(tx, fact.refundRef);
}

/**
 * Our id on a refund is not enough: one that was made a second time is another refund, and so is one that turns up after
 * ours was given up. Both have a row of their own then.
 */
function isAbout(own: RefundRow, fact: RefundFact): boolean {
  if (fact.refundRef === null || own.refund_ref === fact.refundRef) return true;
  return own.refund_ref === null && own.status !== 'failed' && own.status !== 'canceled';
}

function refundChanges(
  app: App,
  refund: RefundRow,
  fact: RefundFact,
  source: FactSource,
  status: RefundRow['status'] | null,
): Partial<RefundRow> {
  const now = app.clock.now();
  const changes: Partial<RefundRow> = {};
  if (refund.refund_ref === null && fact.refundRef !== null) changes.refund_ref = fact.refundRef;
  if (refund.charge_ref === null && fact.chargeRef !== null) changes.charge_ref = fact.chargeRef;
  if (status === null) return changes;
  const over = !isOpenRefund(status);
  return {
    ...changes,
    status,
    failure_code: status === 'failed' ? fact.failureCode : null,
    settled_at: over ? now : null,
    last_event_id: source.eventId,
    last_event_at: now,
  };
}

/** Writes what the move means: sums, order, ledger, timeline, effects and breaks. */
async function move(
  app: App,
  tx: Tx,
  { order, payment, refund: before }: Found & { refund: RefundRow },
  refund: RefundRow,
  source: FactSource,
): Promise<void> {
  const now = app.clock.now();
  const sign = signOf(before.status, refund.status);
  const returned = sign * refund.amount;
  const refunded = order.refunded + (refund.applies_to === 'order' ? returned : 0);
  const status =
    refund.applies_to === 'order' && sign !== 0
      ? nextOrderStatus(order.status, refundedFact(order, refunded))
      : order.status;
  await changeOrder(tx, order, { refunded, status }, refundEvent(refund, source, now));
  if (payment && sign !== 0) await changePayment(tx, payment, returned);
  await book(tx, before, refund, now);
  await settleEffect(tx, 'refund.create', refund.id, now);
  await tellPeople(tx, before, refund, now);
  await judgeBreaks(app, tx, payment, refund, now);
}

/** 1: its amount counts as refunded from now on; -1: it no longer does. */
function signOf(before: RefundRow['status'], after: RefundRow['status']): -1 | 0 | 1 {
  if (after === 'succeeded') return 1;
  return before === 'succeeded' ? -1 : 0;
}

async function changePayment(tx: Tx, payment: PaymentRow, returned: number): Promise<void> {
  const refunded = payment.refunded + returned;
  const disputes = await findDisputes(tx, payment.order_id);
  const isDisputed = disputes.some((each) => each.payment_id === payment.id && blocksRefunds(each.status));
  const status = takenStatus({ ...payment, refunded }, isDisputed);
  await updatePayment(tx, payment.id, { refunded, status });
}

async function book(tx: Tx, before: RefundRow, refund: RefundRow, now: number): Promise<void> {
  const { id: ref, order_id: orderId, currency, amount, provider } = refund;
  const common = { ref, orderId, currency, at: now };
  if (refund.status === 'succeeded') {
    const entries = refundDone(clearingOf(provider), amount);
    await insertJournal(tx, { ...common, kind: 'refund_done', entries });
  }
  if (refund.status !== 'failed' && refund.status !== 'canceled') return;
  const requested = await findJournal(tx, 'refund_req', ref);
  const done = before.status === 'succeeded' ? await findJournal(tx, 'refund_done', ref) : [];
  const undone = [...requested, ...done].map((entry) => ({ ...entry, account: entry.account as never }));
  await insertJournal(tx, { ...common, kind: 'refund_fail', entries: reversed(undone) });
}

async function tellPeople(tx: Tx, before: RefundRow, refund: RefundRow, now: number): Promise<void> {
  const effect = { orderId: refund.order_id, subjectId: refund.id, notBefore: now, now };
  if (refund.status === 'succeeded') await insertEffect(tx, { ...effect, kind: 'mail.refunded' });
  // Only who was told that the money is coming has to be told that it is not.
  if (refund.status === 'failed' && before.status === 'succeeded')
    await insertEffect(tx, { ...effect, kind: 'mail.refund_failed' });
}

/** Money that belonged to nobody has gone back, or has not: then a person has to see to it. */
async function judgeBreaks(
  app: App,
  tx: Tx,
  payment: PaymentRow | undefined,
  refund: RefundRow,
  now: number,
): Promise<void> {
  if (refund.status === 'failed') {
    await openBreak(tx, {
      id: app.ids.next('brk'),
      kind: refund.failure_code?.startsWith(notFound) ? 'refund_not_found' : 'refund_failed',
      object_id: refund.id,
      order_id: refund.order_id,
      amount: refund.amount,
      currency: refund.currency,
      detail: `the refund failed: ${refund.failure_code ?? 'no reason given'}`,
      opened_at: now,
    });
    return;
  }
  if (refund.status !== 'succeeded' || refund.applies_to !== 'unapplied') return;
  const object = payment?.id ?? refund.intent_ref;
  if (object === null) return;
  const refunds = await findRefunds(tx, refund.order_id);
  const back = refunds
    .filter((each) => each.applies_to === 'unapplied' && each.status === 'succeeded')
    .filter((each) => (payment ? each.payment_id === payment.id : each.intent_ref === refund.intent_ref))
    .reduce((sum, each) => sum + each.amount, 0);
  if (back < (payment?.unapplied ?? refund.amount)) return;
  const closing = { at: now, by: 'shop', resolution: `refunded (${refund.id})` };
  await closeBreaks(tx, misfits, object, closing);
}

const misfits = [
  'payment_amount_differs',
  'payment_currency_differs',
  'payment_mode_differs',
  'paid_twice',
  'paid_too_much',
  'paid_without_stock',
] as const;
