import { findJournal, insertJournal, openBreak } from '../db/books.ts';
import {
  type DisputeRow,
  findDisputeByRef,
  findDisputes,
  insertDispute,
  updateDispute,
} from '../db/disputes.ts';
import { changeOrder, lockOrder, type OrderRow } from '../db/orders.ts';
import { insertEffect } from '../db/outbox.ts';
import { findPayment, findPaymentByCharge, type PaymentRow, updatePayment } from '../db/payments.ts';
import type { Tx } from '../db/schema.ts';
import {
  blocksRefunds,
  type DisputeFact,
  isClosedDispute,
  nextDisputeFunds,
  nextDisputeStatus,
} from '../domain/dispute.ts';
import { type Account, clearingOf, disputeLost, disputeWithdrawn, reversed } from '../domain/ledger.ts';
import { isTaken, takenStatus } from '../domain/payment.ts';
import { type Applied, foreign, unknown } from './applied.ts';
import { disputeEvent } from './dispute-timeline.ts';
import type { App } from './ports.ts';
import type { FactSource } from './write-settlement.ts';

type Found = { order: OrderRow; payment: PaymentRow };

/**
 * What the provider says about a dispute, written down under the order's lock. The order itself stays what it is: a
 * dispute stands beside it. Doing it again changes nothing.
 *
 * @param fact the provider's present truth, not an event's snapshot
 */
export async function applyDisputeFact(
  app: App,
  tx: Tx,
  fact: DisputeFact,
  source: FactSource,
): Promise<Applied> {
  const found = await locate(app, tx, fact);
  if ('state' in found) return found;
  const { order, payment } = found;
  const ids = { orderId: order.id, paymentId: payment.id };
  if (isOfAnotherCharge(payment, fact)) return await reportStray(app, tx, found, fact);
  // Its money arrives first, in our books as well: the event that says so is on its way.
  if (!isTaken(payment.status)) return unknown('payment that succeeded');
  const before = await findDisputeByRef(tx, fact.disputeRef);
  const dispute = before
    ? { ...before, ...changesOf(app, before, fact, source) }
    : newRow(app, found, fact, source);
  if (before && !hasMoved(before, dispute)) {
    if (dispute.evidence_due_at !== before.evidence_due_at)
      await updateDispute(tx, dispute.id, { evidence_due_at: dispute.evidence_due_at });
    return { state: 'no_effect', outcome: `no effect: the dispute is ${dispute.status} already`, ...ids };
  }
  if (before) await updateDispute(tx, dispute.id, dispute);
  else await insertDispute(tx, dispute);
  await writeDown(app, tx, found, { before, dispute, source });
  return { state: 'applied', outcome: `dispute ${dispute.status}`, ...ids };
}

/** Locks the order first, always. The charge's metadata names it; else the provider's own ids do. */
async function locate(app: App, tx: Tx, fact: DisputeFact): Promise<Found | Applied> {
  if (fact.instanceId !== null && fact.instanceId !== app.instanceId)
    return foreign('it belongs to another shop');
  const named =
    fact.paymentId !== null ? await findPayment(tx, fact.paymentId) : await findPaymentByCharge(tx, fact);
  if (!named)
    return fact.instanceId === null ? foreign('it is not about a payment of this shop') : unknown('payment');
  const order = await lockOrder(tx, named.order_id);
  const payment = await findPayment(tx, named.id);
  return order && payment ? { order, payment } : unknown('payment');
}

function isOfAnotherCharge(payment: PaymentRow, fact: DisputeFact): boolean {
  return payment.intent_ref !== null && fact.intentRef !== null && payment.intent_ref !== fact.intentRef;
}

/** It carries an attempt's ids, but the money is another's: no rule fits that, so a person has to look. */
async function reportStray(app: App, tx: Tx, { order, payment }: Found, fact: DisputeFact): Promise<Applied> {
  await openBreak(tx, {
    id: app.ids.next('brk'),
    kind: 'dispute_not_found',
    object_id: fact.disputeRef,
    order_id: order.id,
    amount: fact.amount,
    currency: fact.currency,
    detail: `the dispute is about ${fact.intentRef}, which is no payment of the order`,
    opened_at: app.clock.now(),
  });
  const outcome = 'no effect: the dispute is about money that is no payment of ours';
  return { state: 'no_effect', outcome, orderId: order.id, paymentId: payment.id };
}

function newRow(app: App, { order, payment }: Found, fact: DisputeFact, source: FactSource): DisputeRow {
  const now = app.clock.now();
  return {
    id: app.ids.next('dsp'),
    order_id: order.id,
    payment_id: payment.id,
    provider: payment.provider,
    dispute_ref: fact.disputeRef,
    charge_ref: fact.chargeRef,
    amount: fact.amount,
    currency: fact.currency,
    reason: fact.reason,
    status: fact.status,
    funds: fact.funds,
    evidence_due_at: fact.evidenceDueAt,
    opened_at: now,
    closed_at: isClosedDispute(fact.status) ? now : null,
    last_event_id: source.eventId,
    last_event_at: now,
  };
}

function changesOf(app: App, before: DisputeRow, fact: DisputeFact, source: FactSource): Partial<DisputeRow> {
  const now = app.clock.now();
  const status = nextDisputeStatus(before.status, fact.status);
  return {
    status,
    funds: nextDisputeFunds(before.funds, fact.funds),
    // Once its money was taken, the amount is the one that was booked.
    amount: before.funds === 'none' ? fact.amount : before.amount,
    reason: fact.reason,
    evidence_due_at: isClosedDispute(status) ? before.evidence_due_at : fact.evidenceDueAt,
    closed_at: isClosedDispute(status) ? (before.closed_at ?? now) : null,
    last_event_id: source.eventId,
    last_event_at: now,
  };
}

function hasMoved(before: DisputeRow, after: DisputeRow): boolean {
  return before.status !== after.status || before.funds !== after.funds || before.amount !== after.amount;
}

/** A dispute before and after a fact. */
type Move = { before: DisputeRow | undefined; dispute: DisputeRow; source: FactSource };

async function writeDown(app: App, tx: Tx, { order, payment }: Found, move: Move): Promise<void> {
  const { before, dispute, source } = move;
  const now = app.clock.now();
  await book(tx, dispute, now);
  await changePayment(tx, payment);
  await changeOrder(tx, order, {}, disputeEvent(before, dispute, source, now));
  if (before) return;
  await insertEffect(tx, {
    kind: 'mail.disputed',
    orderId: order.id,
    subjectId: dispute.id,
    notBefore: now,
    now,
  });
  const fields = { orderId: order.id, paymentId: payment.id, disputeRef: dispute.dispute_ref };
  app.log.warn({ ...fields, reason: dispute.reason }, 'a payment was disputed');
}

/** Brings the books to where the dispute is, whichever of its steps were seen. Each journal is written once. */
async function book(tx: Tx, dispute: DisputeRow, now: number): Promise<void> {
  if (dispute.funds === 'none') return;
  const { id: ref, order_id: orderId, currency, amount } = dispute;
  const common = { ref, orderId, currency, at: now };
  const taken = await journalOf(tx, 'dispute', ref);
  const lost = await journalOf(tx, 'dispute_lost', ref);
  const entries = taken.length > 0 ? taken : disputeWithdrawn(clearingOf(dispute.provider), amount);
  if (taken.length === 0) await insertJournal(tx, { ...common, kind: 'dispute', entries });
  if (dispute.funds === 'withdrawn') {
    // Whoever won waits for the money to come back; any other end means that it never will.
    const isGone = isClosedDispute(dispute.status) && dispute.status !== 'won';
    if (isGone && lost.length === 0)
      await insertJournal(tx, { ...common, kind: 'dispute_lost', entries: disputeLost(amount) });
    return;
  }
  if ((await journalOf(tx, 'dispute_won', ref)).length > 0) return;
  // A bank may give back what was lost already: then the loss is undone as well.
  await insertJournal(tx, { ...common, kind: 'dispute_won', entries: reversed([...entries, ...lost]) });
}

async function journalOf(tx: Tx, kind: 'dispute' | 'dispute_won' | 'dispute_lost', ref: string) {
  const entries = await findJournal(tx, kind, ref);
  return entries.map(({ account, amount }) => ({ account: account as Account, amount }));
}

/** While a bank has the money, or may take it, none of it can be refunded. */
async function changePayment(tx: Tx, payment: PaymentRow): Promise<void> {
  const disputes = await findDisputes(tx, payment.order_id);
  const isDisputed = disputes.some((each) => each.payment_id === payment.id && blocksRefunds(each.status));
  const status = takenStatus(payment, isDisputed);
  if (status !== payment.status) await updatePayment(tx, payment.id, { status });
}
