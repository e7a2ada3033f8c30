import { insertJournal, openBreak } from '../db/books.ts';
import type { Last } from '../db/database.ts';
import { changeOrder, type OrderLineRow, type OrderRow, toCart } from '../db/orders.ts';
import { settleEffect } from '../db/outbox.ts';
import { type PaymentRow, updatePayment } from '../db/payments.ts';
import { sellHeldStock } from '../db/products.ts';
import { retakeDiscount } from '../db/rates.ts';
import type { Tx } from '../db/schema.ts';
import { receiptForOrder, receiptUnapplied } from '../domain/ledger.ts';
import type { PaymentFact } from '../domain/payment.ts';
import type { Settlement } from '../domain/settlement.ts';
import type { App } from './ports.ts';
import { timelineOf } from './timeline.ts';

/** Where a fact comes from: the event that said it, and the id the order's timeline will name. */
export type FactSource = { eventId: string };

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

/** Writes down all that a settlement decided: payment, order, timeline, stock, ledger, effects and breaks. */
export async function writeSettlement(app: App, tx: Tx, last: Last, writing: Writing): Promise<void> {
  const { order, payment, lines, fact, settlement, changes, source } = writing;
  const now = app.clock.now();
  const cart = toCart(lines);
  const sells = settlement.hold === 'sell';
  const entry = timelineOf(fact, payment, settlement);
  const writes = Promise.all([
    Object.keys(changes).length > 0 ? updatePayment(tx, payment.id, changes) : undefined,
    changeOrder(tx, order, orderChanges(order, settlement, now, writing.stockIsBack), {
      ...entry,
      at: now,
      payment_id: payment.id,
      event_id: source.eventId,
    }),
    sells ? sellHeldStock(tx, cart) : undefined,
    sells ? settleEffect(tx, 'order.close', order.id, now) : undefined,
    settlement.received > 0 ? book(tx, writing, now) : undefined,
  ]);
  if (!settlement.break && !writing.stockIsBack) return last(writes);
  await writes;
  if (settlement.break) await reportBreak(app, tx, writing, now);
  if (sells && writing.stockIsBack) await takeDiscountAgain(tx, order);
}

function orderChanges(
  order: OrderRow,
  settlement: Settlement,
  now: number,
  stockIsBack: boolean,
): Partial<OrderRow> {
  const changes: Partial<OrderRow> = {};
  if (settlement.orderStatus !== order.status) changes.status = settlement.orderStatus;
  if (settlement.bookTo === 'order' && settlement.received > 0)
    changes.received = order.received + settlement.received;
  if (settlement.hold === 'sell') Object.assign(changes, { hold: 'sold', paid_at: now, closing: null });
  else if (stockIsBack) changes.hold = 'held';
  return changes;
}

async function book(tx: Tx, { order, payment, fact, settlement, ref }: Writing, now: number): Promise<void> {
  const whole = settlement.bookTo === 'order' && settlement.received === order.total;
  await insertJournal(tx, {
    kind: 'receipt',
    ref,
    orderId: order.id,
    // What arrived, also where it is not what was asked for.
    currency: fact.currency ?? payment.currency,
    at: now,
    entries: whole ? receiptForOrder(order) : receiptUnapplied(settlement.received),
  });
}

async function reportBreak(
  app: App,
  tx: Tx,
  { order, payment, fact, settlement, ref }: Writing,
  now: number,
): Promise<void> {
  if (!settlement.break) return;
  const detail = `expected ${payment.amount} ${payment.currency}, was told ${fact.amount} ${fact.currency}`;
  const fields = { orderId: order.id, paymentId: payment.id, break: settlement.break };
  app.log.error(fields, 'money arrived that does not fit its order');
  await openBreak(tx, {
    id: app.ids.next('brk'),
    kind: settlement.break,
    object_id: ref,
    order_id: order.id,
    amount: settlement.received,
    detail,
    opened_at: now,
  });
}

/** The use of its code was given back when the order ended; now that it is paid after all it counts again. */
async function takeDiscountAgain(tx: Tx, order: OrderRow): Promise<void> {
  if (order.discount_code !== null) await retakeDiscount(tx, order.discount_code, order.id, order.email);
}
