import type { Actor } from '@paydesk/contract/orders';
import { insertJournal, openBreak } from '../db/books.ts';
import type { Last } from '../db/database.ts';
import { changeOrder, type OrderLineRow, type OrderRow, toCart } from '../db/orders.ts';
import { dropEffect, insertEffect, settleEffect } from '../db/outbox.ts';
import { findPayments, type PaymentRow, updatePayment } from '../db/payments.ts';
import { sellHeldStock } from '../db/products.ts';
import { retakeDiscount } from '../db/rates.ts';
import { findRefunds } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import { clearingOf, receiptForOrder, receiptInPart, settleParts } from '../domain/ledger.ts';
import { dueOf, isPayable } from '../domain/order.ts';
import type { PaymentFact } from '../domain/payment.ts';
import { isActiveRefund } from '../domain/refund.ts';
import type { Settlement } from '../domain/settlement.ts';
import { giveBack } from './give-back.ts';
import type { App } from './ports.ts';
import { sayAmount } from './say-amount.ts';
import { timelineOf } from './timeline.ts';

/** Where a fact comes from: the event that said it (null where none did), and who is behind it; `by`: which operator. */
export type FactSource = { eventId: string | null; actor: Actor; by?: string | undefined };

/** What a fact is about, under the order's lock. Without a success, the lines are not read. */
export type Target = { order: OrderRow; payment: PaymentRow; lines: OrderLineRow[] };

export type Writing = Target & {
  fact: PaymentFact;
  settlement: Settlement;
  changes: Partial<PaymentRow>;
  source: FactSource;
  stockIsBack: boolean;
  /** What the books call this money: our payment's id, or the provider's name of money that is no payment of ours. */
  ref: string;
};

/** How long a failed payment waits before the customer is told by e-mail: most are trying again by then, in milliseconds. */
const failureMailDelay = 10 * 60_000;

/** Writes down all that a settlement decided: payment, order, timeline, stock, ledger, effects and breaks. */
export async function writeSettlement(app: App, tx: Tx, last: Last, writing: Writing): Promise<void> {
  const { order, payment, lines, fact, settlement, changes, source } = writing;
  const now = app.clock.now();
  const cart = toCart(lines);
  const sells = settlement.hold === 'sell';
  const entry = timelineOf(fact, payment, settlement);
  const changed = changeOrder(tx, order, orderChanges(app, writing, now), {
    ...entry,
    at: now,
    payment_id: payment.id,
    event_id: source.eventId,
    actor: source.actor,
    by: source.by,
  });
  const writes = Promise.all([
    Object.keys(changes).length > 0 ? updatePayment(tx, payment.id, changes) : undefined,
    changed,
    sells ? sellHeldStock(tx, cart) : undefined,
    sells ? settleEffect(tx, 'order.close', order.id, now) : undefined,
    settlement.applied + settlement.unapplied > 0 ? book(tx, writing, now) : undefined,
    effectsOf(tx, writing, now),
  ]);
  // At most one attempt is live, so another one can be only where this one had been closed.
  const isSurprise = payment.closed_at !== null && settlement.applied > 0;
  const isRare = settlement.break !== null || writing.stockIsBack || isSurprise || isLastPart(writing);
  if (!isRare) return last(writes);
  await writes;
  if (isLastPart(writing)) await bookWhole(tx, writing, now);
  if (isSurprise) await closeSuperfluous(tx, await changed, now);
  if (settlement.break) await reportBreak(app, tx, writing, now);
  if (sells && writing.stockIsBack) await takeDiscountAgain(tx, order);
  if (settlement.giveBack) await returnUnapplied(app, tx, await changed, writing);
}

function orderChanges(app: App, writing: Writing, now: number): Partial<OrderRow> {
  const { order, settlement } = writing;
  const changes: Partial<OrderRow> = {};
  if (settlement.orderStatus !== order.status) changes.status = settlement.orderStatus;
  if (settlement.applied > 0) changes.received = order.received + settlement.applied;
  // Whoever has paid a part gets more time for the rest.
  if (settlement.orderStatus === 'partially_paid' && settlement.applied > 0)
    changes.expires_at = Math.max(order.expires_at, now + app.shop.longHoldFor);
  if (settlement.hold === 'sell') Object.assign(changes, { hold: 'sold', paid_at: now, closing: null });
  return changes;
}

/** One journal where the money paid the order whole; where it came in parts, one for each and one for the whole. */
async function book(tx: Tx, writing: Writing, now: number): Promise<void> {
  const { order, payment, fact, settlement, ref } = writing;
  const { applied, unapplied } = settlement;
  const clearing = clearingOf(payment.provider);
  const entries =
    applied === order.total
      ? receiptForOrder(clearing, order, unapplied)
      : receiptInPart(clearing, applied, unapplied);
  // What arrived, also where it is not what was asked for.
  const currency = fact.currency ?? payment.currency;
  await insertJournal(tx, { kind: 'receipt', ref, orderId: order.id, currency, at: now, entries });
}

/** This money, with what was received before it, pays the order. */
function isLastPart({ order, settlement: { applied } }: Writing): boolean {
  return applied > 0 && applied < order.total && order.received + applied >= order.total;
}

/** What came in parts is earned now, less what has gone back or was promised back meanwhile. */
async function bookWhole(tx: Tx, { order }: Writing, now: number): Promise<void> {
  const returned = (await findRefunds(tx, order.id))
    .filter(({ applies_to, status }) => applies_to === 'order' && isActiveRefund(status))
    .reduce((sum, { amount }) => sum + amount, 0);
  const entries = settleParts(order, order.total - returned);
  const { id, currency } = order;
  await insertJournal(tx, { kind: 'settle', ref: id, orderId: id, currency, at: now, entries });
}

/** An attempt that would take more than is still due must not take anything: it is ended at its provider. */
async function closeSuperfluous(tx: Tx, order: OrderRow, now: number): Promise<void> {
  const due = dueOf(order);
  const live = (await findPayments(tx, order.id)).find((payment) => payment.closed_at === null);
  if (!live || live.amount <= due) return;
  const effect = { orderId: order.id, subjectId: live.id, notBefore: now, now };
  await insertEffect(tx, { ...effect, kind: 'payment.close' });
}

/** What is to be done because of it. Each row is unique for its order, so nobody is told twice. */
async function effectsOf(tx: Tx, writing: Writing, now: number): Promise<void> {
  const { order, settlement, fact } = writing;
  const mail = { orderId: order.id, subjectId: order.id, now };
  if (settlement.hold === 'sell')
    await Promise.all([
      insertEffect(tx, { ...mail, kind: 'mail.paid', notBefore: now }),
      dropEffect(tx, 'mail.placed', order.id, { why: 'the order is paid', now }),
    ]);
  const failed = fact.kind === 'failed' || fact.kind === 'failed_for_good';
  if (failed && isPayable(settlement.orderStatus))
    await insertEffect(tx, { ...mail, kind: 'mail.payment_failed', notBefore: now + failureMailDelay });
}

async function reportBreak(
  app: App,
  tx: Tx,
  { order, payment, fact, settlement, ref }: Writing,
  now: number,
): Promise<void> {
  if (!settlement.break) return;
  const [asked, due] = [payment.amount, dueOf(order)].map((amount) => sayAmount(amount, order.currency));
  const detail = `the attempt was to take ${asked} of ${due} due, ${sayAmount(fact.amount, fact.currency)} arrived`;
  const fields = { orderId: order.id, paymentId: payment.id, break: settlement.break };
  app.log.error(fields, 'money arrived that does not fit its order');
  await openBreak(tx, {
    id: app.ids.next('brk'),
    kind: settlement.break,
    object_id: ref,
    order_id: order.id,
    amount: settlement.unapplied,
    currency: fact.currency ?? payment.currency,
    detail,
    opened_at: now,
  });
}

/** Money that nobody asked for goes back by itself; the refund's own facts close the break. */
async function returnUnapplied(app: App, tx: Tx, order: OrderRow, writing: Writing): Promise<void> {
  const { payment, fact, settlement, ref } = writing;
  if (!settlement.giveBack) return;
  const isOwn = ref === payment.id;
  await giveBack(app, tx, order, [
    {
      paymentId: isOwn ? payment.id : null,
      provider: payment.provider,
      intentRef: isOwn ? (payment.intent_ref ?? fact.intentRef) : fact.intentRef,
      chargeRef: isOwn ? (fact.chargeRef ?? payment.charge_ref) : fact.chargeRef,
      amount: settlement.unapplied,
      currency: fact.currency ?? payment.currency,
      appliesTo: 'unapplied',
      cause: settlement.giveBack,
      actor: 'shop',
    },
  ]);
}

/** The use of its code was given back when the order ended; now that it is paid after all it counts again. */
async function takeDiscountAgain(tx: Tx, order: OrderRow): Promise<void> {
  if (order.discount_code !== null) await retakeDiscount(tx, order.discount_code, order.id, order.email);
}
