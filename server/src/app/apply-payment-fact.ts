import { hasJournal } from '../db/books.ts';
import type { Last } from '../db/database.ts';
import { findLines, lockOrder, type OrderLineRow, toCart } from '../db/orders.ts';
import { findPayment, findPaymentByRef, type PaymentRow, updatePayment } from '../db/payments.ts';
import { holdStock, lockStocked } from '../db/products.ts';
import type { Tx } from '../db/schema.ts';
import { isReleased } from '../domain/order.ts';
import { closesPayment, type PaymentFact, type PaymentState } from '../domain/payment.ts';
import { type Settlement, settle } from '../domain/settlement.ts';
import { type Applied, foreign, unknown } from './applied.ts';
import { providerOf } from './find-provider.ts';
import type { App } from './ports.ts';
import { type FactSource, type Target, writeSettlement } from './write-settlement.ts';

/**
 * T4: the only place where an order becomes paid. Everything a fact does is written here, in the caller's transaction,
 * under the order's lock; doing it again changes nothing, because the payment has then moved on.
 */
export async function applyPaymentFact(
  app: App,
  tx: Tx,
  last: Last,
  fact: PaymentFact,
  source: FactSource,
): Promise<Applied> {
  const target = await locate(app, tx, fact);
  if ('state' in target) return target;
  const { order, payment, lines } = target;
  if (isOfAnotherObject(payment, fact)) return await bookStray(app, tx, last, target, fact, source);
  const { live, anyAmount } = providerOf(app, payment);
  const decide = (stockIsBack: boolean) =>
    settle(order, payment as PaymentState, fact, { live, anyAmount, stockIsBack });
  const hoped = decide(true);
  // Stock that went back is held again only for money that then pays the order.
  const isLate = isReleased(order.status) && hoped.hold === 'sell';
  const stockIsBack = isLate && (await holdAgain(tx, lines));
  const settlement = isLate && !stockIsBack ? decide(false) : hoped;
  const moved = settlement.paymentStatus !== payment.status;
  const changes = paymentChanges(app, payment, fact, settlement, source);
  if (!moved) {
    if (Object.keys(changes).length > 0) last(updatePayment(tx, payment.id, changes));
    const outcome =
      fact.kind === 'details' ? 'details recorded' : `no effect: the payment is ${payment.status} already`;
    return { state: 'no_effect', outcome, orderId: order.id, paymentId: payment.id };
  }
  const ref = payment.id;
  await writeSettlement(app, tx, last, {
    order,
    payment,
    lines,
    fact,
    settlement,
    changes,
    source,
    stockIsBack,
    ref,
  });
  const outcome = `payment ${settlement.paymentStatus}, order ${settlement.orderStatus}`;
  return { state: 'applied', outcome, orderId: order.id, paymentId: payment.id };
}

/** It carries the attempt's ids, but the provider calls what it is about by another name than the one the attempt has. */
function isOfAnotherObject(payment: PaymentRow, fact: PaymentFact): boolean {
  const differs = (known: string | null, told: string | null) =>
    known !== null && told !== null && known !== told;
  return differs(payment.intent_ref, fact.intentRef) || differs(payment.session_ref, fact.sessionRef);
}

/** Such an object should not exist. What it says moves nothing of ours, but money that it took must not get lost. */
async function bookStray(
  app: App,
  tx: Tx,
  last: Last,
  target: Target,
  fact: PaymentFact,
  source: FactSource,
): Promise<Applied> {
  const { order, payment } = target;
  const ids = { orderId: order.id, paymentId: payment.id };
  const ref = fact.intentRef ?? fact.sessionRef ?? payment.id;
  if (fact.kind !== 'succeeded' || fact.amount === null || (await hasJournal(tx, 'receipt', ref)))
    return { state: 'no_effect', outcome: 'no effect: it is about another object than the attempt', ...ids };
  const settlement: Settlement = {
    paymentStatus: payment.status,
    orderStatus: order.status,
    applied: 0,
    unapplied: fact.amount,
    hold: 'keep',
    break: 'paid_twice',
    giveBack: 'duplicate',
  };
  await writeSettlement(app, tx, last, {
    ...target,
    fact,
    settlement,
    changes: {},
    source,
    stockIsBack: false,
    ref,
  });
  return { state: 'applied', outcome: 'money that belongs to no order was booked', ...ids };
}

/** Locks the order first, always. What we wrote into the provider's metadata names it; else the provider's own ids do. */
async function locate(app: App, tx: Tx, fact: PaymentFact): Promise<Target | Applied> {
  if (fact.instanceId !== null && fact.instanceId !== app.instanceId)
    return foreign('it belongs to another shop');
  const known =
    fact.orderId !== null && fact.paymentId !== null
      ? { orderId: fact.orderId, paymentId: fact.paymentId }
      : await byRefs(tx, fact);
  if (known === null) {
    return fact.instanceId === null ? foreign('it was not made by this shop') : unknown('payment');
  }
  const [order, payment, lines] = await Promise.all([
    lockOrder(tx, known.orderId),
    findPayment(tx, known.paymentId),
    // Only a success moves stock.
    fact.kind === 'succeeded' ? findLines(tx, known.orderId) : [],
  ]);
  return order && payment && payment.order_id === order.id ? { order, payment, lines } : unknown('payment');
}

async function byRefs(tx: Tx, fact: PaymentFact): Promise<{ orderId: string; paymentId: string } | null> {
  const payment = await findPaymentByRef(tx, { sessionRef: fact.sessionRef, intentRef: fact.intentRef });
  return payment ? { orderId: payment.order_id, paymentId: payment.id } : null;
}

/** Money that arrives after the stock went back: it counts only if all of it can be held once more. */
async function holdAgain(tx: Tx, lines: readonly OrderLineRow[]): Promise<boolean> {
  const cart = toCart(lines);
  const products = await lockStocked(tx, cart);
  const enough = cart.every((line) => {
    const product = products.find((row) => row.id === line.productId);
    return product !== undefined && product.on_hand - product.reserved >= line.quantity;
  });
  if (enough) await holdStock(tx, cart);
  return enough;
}

function paymentChanges(
  app: App,
  payment: PaymentRow,
  fact: PaymentFact,
  settlement: Settlement,
  source: FactSource,
): Partial<PaymentRow> {
  const now = app.clock.now();
  const changes: Partial<PaymentRow> = {};
  if (payment.session_ref === null && fact.sessionRef !== null) changes.session_ref = fact.sessionRef;
  if (payment.intent_ref === null && fact.intentRef !== null) changes.intent_ref = fact.intentRef;
  // The charge that succeeded is the one that counts; those that were declined before it are the provider's to keep.
  if (fact.chargeRef !== null && fact.chargeRef !== payment.charge_ref && fact.kind !== 'failed')
    changes.charge_ref = fact.chargeRef;
  if (fact.balanceRef !== null) changes.balance_ref = fact.balanceRef;
  if (fact.card !== null)
    Object.assign(changes, { card_brand: fact.card.brand, card_last4: fact.card.last4 });
  if (settlement.paymentStatus !== payment.status) {
    changes.status = settlement.paymentStatus;
    changes.failure_code = settlement.paymentStatus === 'failed' ? fact.failureCode : null;
    changes.last_event_id = source.eventId;
    changes.last_event_at = now;
  }
  if (closesPayment(fact.kind) && payment.closed_at === null) changes.closed_at = now;
  const received = settlement.applied + settlement.unapplied;
  if (received > 0) Object.assign(changes, { received, unapplied: settlement.unapplied });
  return changes;
}
