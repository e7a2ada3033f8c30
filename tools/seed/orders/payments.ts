import { formatMoney } from '@paydesk/contract/money';
import { declineMessage } from '../../../server/src/app/decline-messages.ts';
import { draftPayment } from '../../../server/src/app/draft-payment.ts';
import { freezePayment } from '../../../server/src/app/freeze-payment.ts';
import { sayAmount } from '../../../server/src/app/say-amount.ts';
import type { JournalKind } from '../../../server/src/db/books.ts';
import type { PaymentRow } from '../../../server/src/db/payments.ts';
import {
  clearingOf,
  type Entry,
  feeTaken,
  receiptForOrder,
  receiptInPart,
  settleParts,
} from '../../../server/src/domain/ledger.ts';
import { nextOrderStatus } from '../../../server/src/domain/order.ts';
import { type TransferBooking, transferEventId } from '../../../server/src/domain/transfer.ts';
import { keepEvent } from './events.ts';
import type { Way } from './stage.ts';
import { addEffect, addRequest, appOf, change, minute, type Story, second, settleEffect } from './story.ts';

const cards = [
  { weight: 55, brand: 'visa', last4: '4242' },
  { weight: 30, brand: 'mastercard', last4: '4444' },
  { weight: 10, brand: 'amex', last4: '0005' },
  { weight: 5, brand: 'jcb', last4: '0505' },
];

/** The customer asks for a way to pay, and the provider has made it. */
export function startAttempt(story: Story, { provider, flow }: Way, amount = story.order.total): PaymentRow {
  const { stage, order, at } = story;
  const app = appOf(story);
  const id = stage.id('pay', at);
  if (flow === 'transfer') order.expires_at = Math.max(order.expires_at, at + app.shop.longHoldFor);
  const frozen = freezePayment(app, { id, flow, amount }, order, story.lines);
  story.attempts += 1;
  const attempt = story.attempts;
  const payment = stage.rows.add('payments', {
    ...draftPayment(app, { name: provider } as never, order, { attempt, frozen }),
    status: flow === 'transfer' ? 'awaiting_transfer' : 'open',
    intent_ref: flow === 'elements' ? stage.ref('pi', at) : null,
    session_ref: flow === 'hosted' ? stage.ref('cs_test', at) : null,
  });
  addEffect(story, 'payment.create', id, { due: at + 15 * second, done: at + second });
  addRequest(story, `pay:${order.id}`, { paymentId: id });
  const close = story.effects.get(`order.close:${order.id}`);
  if (close) close.not_before = order.expires_at;
  if (flow === 'transfer') awaitTransfer(story, payment);
  return payment;
}

function awaitTransfer(story: Story, payment: PaymentRow): void {
  const { order, at } = story;
  const message = `Waiting for a bank transfer of ${formatMoney(payment)} with the reference ${order.number}.`;
  change(
    story,
    {},
    { type: 'payment.awaiting_transfer', message, payment_id: payment.id, actor: 'customer' },
  );
  addEffect(story, 'mail.transfer', payment.id, { done: at + minute });
}

/** The bank says no. The attempt stays, and can be tried again. */
export function decline(story: Story, payment: PaymentRow, code = 'insufficient_funds'): void {
  const { order, at } = story;
  const status = nextOrderStatus(order.status, 'payment_failed');
  payment.failure_code = code;
  const eventId = keepEvent(
    story,
    payment,
    'payment_intent.payment_failed',
    `payment failed, order ${status}`,
  );
  Object.assign(payment, { status: 'failed', last_event_id: eventId, last_event_at: at });
  const told = { message: declineMessage(code), payment_id: payment.id, event_id: eventId };
  change(story, { status }, { ...told, type: 'payment.failed', actor: 'provider' });
  addEffect(story, 'mail.payment_failed', order.id, { due: at + 10 * minute, done: at + 10 * minute });
}

/** The money is on its way, as with a debit. */
export function process(story: Story, payment: PaymentRow): void {
  const status = nextOrderStatus(story.order.status, 'payment_processing');
  const eventId = keepEvent(
    story,
    payment,
    'payment_intent.processing',
    `payment processing, order ${status}`,
  );
  Object.assign(payment, { status: 'processing', last_event_id: eventId, last_event_at: story.at });
  const told = { type: 'payment.processing', message: 'The payment is being processed.' };
  change(story, { status }, { ...told, payment_id: payment.id, event_id: eventId, actor: 'provider' });
}

/** The attempt can take no money any more. */
export function cancelAttempt(story: Story, payment: PaymentRow): void {
  Object.assign(payment, {
    status: payment.status === 'failed' ? 'failed' : 'canceled',
    closed_at: story.at,
  });
  const message = 'The earlier payment was closed, so that you cannot be charged twice.';
  change(story, {}, { type: 'payment.canceled', message, payment_id: payment.id, actor: 'shop' });
}

/** The money has arrived, as much as was asked for; it pays the order, or a part of it. */
export function succeed(story: Story, payment: PaymentRow): void {
  const { order, stage, at } = story;
  const { amount } = payment;
  const isWhole = order.received + amount === order.total;
  const status = nextOrderStatus(order.status, isWhole ? 'paid' : 'paid_in_part');
  const eventId = arrive(
    story,
    payment,
    { received: amount, unapplied: 0 },
    `payment succeeded, order ${status}`,
  );
  const clearing = clearingOf(payment.provider);
  const atOnce = amount === order.total;
  const entries = atOnce ? receiptForOrder(clearing, order, 0) : receiptInPart(clearing, amount, 0);
  book(story, 'receipt', payment.id, entries);
  if (isWhole && !atOnce) book(story, 'settle', order.id, settleParts(order, order.total));
  const paid = isWhole ? ({ hold: 'sold', paid_at: at } as const) : { expires_at: laterEnd(story) };
  change(
    story,
    { status, received: order.received + amount, ...paid },
    {
      type: isWhole ? 'order.paid' : 'payment.succeeded',
      message: `${formatMoney({ amount, currency: order.currency })} received.`,
      payment_id: payment.id,
      event_id: eventId,
      actor: payment.flow === 'transfer' ? 'operator' : 'provider',
    },
  );
  if (payment.provider === 'stripe') moveMoney(story, payment, stage.ref('txn', at));
  if (!isWhole) return;
  settleEffect(story, 'order.close', order.id);
  settleEffect(story, 'mail.placed', order.id, at < order.placed_at + minute ? 'the order is paid' : null);
  addEffect(story, 'mail.paid', order.id, { done: Math.min(at + 2 * second, stage.options.until) });
}

/** Whoever has paid a part gets more time for the rest. */
function laterEnd({ order, stage, at, effects }: Story): number {
  const end = Math.max(order.expires_at, at + stage.options.shop.longHoldFor);
  const close = effects.get(`order.close:${order.id}`);
  if (close) close.not_before = end;
  return end;
}

/** Another amount arrived than was asked for: it belongs to no order until a person has decided. */
export function succeedWrongly(story: Story, payment: PaymentRow, received: number): void {
  const { order, stage, at } = story;
  const eventId = arrive(
    story,
    payment,
    { received, unapplied: received },
    'payment succeeded, order review',
  );
  book(story, 'receipt', payment.id, receiptInPart(clearingOf(payment.provider), 0, received));
  const say = (amount: number) => sayAmount(amount, order.currency);
  stage.rows.add('breaks', {
    id: stage.id('brk', at),
    kind: 'payment_amount_differs',
    object_id: payment.id,
    order_id: order.id,
    amount: received,
    currency: order.currency,
    detail: `the attempt was to take ${say(payment.amount)} of ${say(order.total)} due, ${say(received)} arrived`,
    opened_at: at,
    closed_at: null,
    closed_by: null,
    resolution: null,
  });
  const message = 'A payment arrived whose amount is not the one of this order. We are looking into it.';
  const told = { type: 'payment.review', message, payment_id: payment.id, event_id: eventId };
  change(
    story,
    { status: nextOrderStatus(order.status, 'payment_mismatch') },
    { ...told, actor: 'provider' },
  );
  settleEffect(story, 'order.close', order.id);
  if (payment.provider === 'stripe') moveMoney(story, payment, stage.ref('txn', at));
}

/** What the attempt knows of its money, and the event that said so. */
function arrive(
  story: Story,
  payment: PaymentRow,
  money: { received: number; unapplied: number },
  outcome: string,
): string {
  const { stage, at } = story;
  Object.assign(payment, {
    ...money,
    status: 'succeeded',
    closed_at: at,
    last_event_at: at,
    failure_code: null,
  });
  if (payment.flow === 'transfer') {
    payment.last_event_id = bookTransfer(story, payment, outcome);
    return payment.last_event_id;
  }
  const card = stage.random.weighted(cards);
  Object.assign(payment, {
    intent_ref: payment.intent_ref ?? stage.ref('pi', at),
    charge_ref: stage.ref('ch', at),
    card_brand: card.brand,
    card_last4: card.last4,
  });
  keepEvent(story, payment, 'charge.succeeded', 'details recorded');
  const type = payment.flow === 'hosted' ? 'checkout.session.completed' : 'payment_intent.succeeded';
  payment.last_event_id = keepEvent(story, payment, type, outcome);
  keepEvent(story, payment, 'charge.updated', 'details recorded');
  return payment.last_event_id;
}

/** An operator has found the money on the bank's statement. */
function bookTransfer(story: Story, payment: PaymentRow, outcome: string): string {
  const { stage, order } = story;
  const booking: TransferBooking = {
    instanceId: stage.options.instanceId,
    orderId: order.id,
    paymentId: payment.id,
    live: false,
    amount: payment.received,
    currency: order.currency,
    bankReference: `BANK-${stage.text(12).toUpperCase()}`,
    receivedAt: null,
  };
  const kept = { id: transferEventId(booking.bankReference), payload: JSON.stringify(booking) };
  return keepEvent(story, payment, 'transfer.received', outcome, { booking: kept });
}

/** The provider lists the movement and its fee: 2.9 % and 30. */
function moveMoney(story: Story, payment: PaymentRow, id: string): void {
  const fee = Math.round(payment.received * 0.029) + 30;
  payment.balance_ref = id;
  list(story, {
    id,
    type: 'charge',
    source: payment.charge_ref,
    amount: payment.received,
    fee,
    journal: { kind: 'receipt', ref: payment.id },
  });
}

type Movement = {
  id: string;
  type: string;
  source: string | null;
  amount: number;
  fee: number;
  journal: { kind: JournalKind; ref: string };
};

/** A movement on the provider's balance, with the fee that it cost in the books. */
export function list(story: Story, { id, type, source, amount, fee, journal }: Movement): void {
  const { stage, order, at } = story;
  const net = amount - fee;
  stage.balance += net;
  stage.moved += net;
  stage.rows.add('provider_transactions', {
    id,
    provider: 'stripe',
    type,
    source_ref: source,
    amount,
    fee,
    net,
    currency: order.currency,
    created_at: at,
    booked_at: at,
    order_id: order.id,
    journal_kind: journal.kind,
    journal_ref: journal.ref,
  });
  if (fee !== 0) book(story, 'fee', id, feeTaken(clearingOf('stripe'), fee));
}

/** One journal of the books about this order. */
export function book(
  { stage, order, at }: Story,
  kind: JournalKind,
  ref: string,
  entries: readonly Entry[],
): void {
  for (const { account, amount } of entries)
    stage.rows.add('ledger_entries', {
      kind,
      ref,
      account,
      currency: order.currency,
      amount,
      order_id: order.id,
      at,
    });
}
