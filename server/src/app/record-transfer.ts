import type { RecordedTransfer } from '@paydesk/contract/transfers';
import { findEvent, type InboxRow, insertEvent } from '../db/inbox.ts';
import { findOrder, lockOrder, type OrderRow } from '../db/orders.ts';
import { findPayments, insertPayment, type PaymentRow } from '../db/payments.ts';
import type { Tx } from '../db/schema.ts';
import type { Minor } from '../domain/money.ts';
import { dueOf } from '../domain/order.ts';
import { type TransferBooking, transferEventId, transferFact } from '../domain/transfer.ts';
import { applyPaymentFact } from './apply-payment-fact.ts';
import { draftPayment } from './draft-payment.ts';
import { AppError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import { freezePayment } from './freeze-payment.ts';
import { claim, finish, type RequestKey, requestKey } from './idempotency.ts';
import type { App } from './ports.ts';
import { loadOrder } from './present-order.ts';

const method = 'bank-transfer';

export type RecordTransfer = {
  orderId: string;
  /** Minor units, as much as arrived: a part, all, or more than is due. */
  amount: Minor;
  /** The order's where none is named. */
  currency?: string | undefined;
  /** The bank statement's name of this one booking. */
  bankReference: string;
  /** When the bank booked it, in epoch milliseconds. */
  receivedAt?: number | undefined;
  key?: string | undefined;
  /** Who read the statement, for the record. */
  by: string;
};

type Recorded = { paymentId: string; isNew: boolean };

/**
 * An operator found money on the shop's account. It goes the way of every payment: a fact, under the order's lock, kept in
 * the inbox. Which booking it was decides whether it is news, so that two people who read the same statement, or one who
 * presses twice, record it once.
 *
 * @throws AppError order_not_found, transfer_currency_differs, transfer_already_recorded (with another amount or for another
 *   order), idempotency_key_reused
 */
export async function recordTransfer(app: App, request: RecordTransfer): Promise<RecordedTransfer> {
  const { orderId, key: text, by, ...body } = request;
  const key = requestKey(`transfer:${orderId}`, text, body);
  const recorded = await app.database.transaction((tx) => record(app, tx, request, key));
  if (recorded.isNew) app.live.changed(orderId);
  const fields = { orderId, paymentId: recorded.paymentId, bankReference: request.bankReference, by };
  app.log.info(fields, recorded.isNew ? 'transfer recorded' : 'transfer was recorded before');
  const order = await findOrder(app.database.read, orderId);
  if (!order) throw new AppError('order_not_found');
  const shown = await loadOrder(app, order);
  return { order: shown, payment: shown.payments.find(({ id }) => id === recorded.paymentId)! };
}

async function record(app: App, tx: Tx, request: RecordTransfer, key: RequestKey | null): Promise<Recorded> {
  const order = await lockOrder(tx, request.orderId);
  if (!order) throw new AppError('order_not_found');
  const claimed = key ? await claim(tx, key, app.clock.now()) : null;
  if (claimed?.state === 'done') return { paymentId: claimed.reply, isNew: false };
  const currency = request.currency?.toLowerCase() ?? order.currency;
  if (currency !== order.currency)
    throw new AppError('transfer_currency_differs', { details: { currency: order.currency } });
  const known = await findEvent(tx, transferEventId(nameOf(request)));
  const recorded = known ? asBefore(known, request) : await receive(app, tx, order, request);
  if (key) await finish(tx, key, 201, recorded.paymentId);
  return recorded;
}

/** Spaces are the one thing about a reference that people copy differently. */
function nameOf(request: RecordTransfer): string {
  return request.bankReference.trim().replaceAll(/\s+/g, ' ');
}

/** The same booking again is no news; with another amount, or for another order, somebody is mistaken. */
function asBefore(known: InboxRow, request: RecordTransfer): Recorded {
  const booking = JSON.parse(known.payload) as TransferBooking;
  if (booking.orderId !== request.orderId || booking.amount !== request.amount)
    throw new AppError('transfer_already_recorded');
  return { paymentId: booking.paymentId, isNew: false };
}

async function receive(app: App, tx: Tx, order: OrderRow, request: RecordTransfer): Promise<Recorded> {
  const payments = await findPayments(tx, order.id);
  const awaited = payments.find((payment) => payment.closed_at === null && payment.provider === method);
  const payment = awaited ?? (await insertUnasked(app, tx, order, payments, request.amount));
  const booking: TransferBooking = {
    instanceId: app.instanceId,
    orderId: order.id,
    paymentId: payment.id,
    live: providerOf(app, payment).live,
    amount: request.amount,
    currency: order.currency,
    bankReference: nameOf(request),
    receivedAt: request.receivedAt ?? null,
  };
  const eventId = transferEventId(booking.bankReference);
  const writes: Promise<unknown>[] = [];
  const applied = await applyPaymentFact(
    app,
    tx,
    // More comes after these.
    (started) => void writes.push(started),
    transferFact(booking),
    { eventId, actor: 'operator', by: request.by },
  );
  await Promise.all(writes);
  const isNew = await insertEvent(tx, inboxRow(app, booking, applied.outcome));
  // Somebody has just recorded it for another order; all of this is undone.
  if (!isNew) throw new AppError('transfer_already_recorded');
  return { paymentId: payment.id, isNew: true };
}

/** Nobody had asked for it, or the attempt had ended: the money gets an attempt of its own, which can take no other. */
async function insertUnasked(
  app: App,
  tx: Tx,
  order: OrderRow,
  payments: readonly PaymentRow[],
  arrived: Minor,
): Promise<PaymentRow> {
  const provider = providerOf(app, { provider: method });
  const amount = dueOf(order) || arrived;
  const frozen = freezePayment(app, { id: app.ids.next('pay'), flow: 'transfer', amount }, order, []);
  const attempt = (payments.at(-1)?.attempt ?? 0) + 1;
  const payment: PaymentRow = {
    ...draftPayment(app, provider, order, { attempt, frozen }),
    status: 'awaiting_transfer',
    closed_at: app.clock.now(),
  };
  await insertPayment(tx, payment);
  return payment;
}

/** Nobody signed it, an operator said so: it has a source of its own, and its fact is applied already. */
function inboxRow(app: App, booking: TransferBooking, outcome: string): InboxRow {
  const now = app.clock.now();
  return {
    event_id: transferEventId(booking.bankReference),
    provider: method,
    type: 'transfer.received',
    object_id: booking.paymentId,
    source: 'operator',
    payload: JSON.stringify(booking),
    state: 'done',
    outcome,
    order_id: booking.orderId,
    payment_id: booking.paymentId,
    attempts: 0,
    not_before: now,
    lease_token: null,
    lease_until: null,
    received_at: now,
    done_at: now,
    replayed_at: null,
  };
}
