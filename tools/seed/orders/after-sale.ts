import type { DisputeFunds, DisputeStatus } from '@paydesk/contract/disputes';
import { disputeEvent } from '../../../server/src/app/dispute-timeline.ts';
import { refundEvent } from '../../../server/src/app/refund-timeline.ts';
import type { DisputeRow } from '../../../server/src/db/disputes.ts';
import type { PaymentRow } from '../../../server/src/db/payments.ts';
import type { RefundRow } from '../../../server/src/db/refunds.ts';
import { blocksRefunds, isClosedDispute } from '../../../server/src/domain/dispute.ts';
import {
  clearingOf,
  disputeLost,
  disputeReinstated,
  disputeWithdrawn,
  type Entry,
  refundDone,
  refundRequested,
  reversed,
} from '../../../server/src/domain/ledger.ts';
import { nextOrderStatus, refundedFact } from '../../../server/src/domain/order.ts';
import { takenStatus } from '../../../server/src/domain/payment.ts';
import { keepEvent } from './events.ts';
import { book, list } from './payments.ts';
import { addEffect, change, day, later, minute, type Story, second } from './story.ts';

/** What a bank takes for a dispute, in minor units. */
const disputeFee = 1_500;

/** The shop gives back what somebody paid, or a part of it. */
export function refund(story: Story, payment: PaymentRow, amount: number, reason: string): RefundRow {
  const { stage, order, at } = story;
  const row = stage.rows.add('refunds', {
    id: stage.id('ref', at),
    order_id: order.id,
    payment_id: payment.id,
    provider: payment.provider,
    intent_ref: payment.intent_ref,
    charge_ref: payment.charge_ref,
    refund_ref: null,
    amount,
    currency: order.currency,
    status: 'requested',
    cause: 'operator',
    reason,
    applies_to: 'order',
    failure_code: null,
    requested_by: 'operator',
    created_at: at,
    settled_at: null,
    checked_at: null,
    last_event_id: null,
    last_event_at: null,
  });
  book(story, 'refund_req', row.id, requestOf(story, amount));
  const { at: _, ...event } = refundEvent(row, { eventId: null, actor: 'operator' }, at);
  change(story, {}, event);
  return row;
}

function requestOf({ order }: Story, amount: number): Entry[] {
  return refundRequested(amount, { of: 'paid', order, refundedBefore: order.refunded });
}

/** The provider has sent it. */
export function refundArrives(story: Story, payment: PaymentRow, row: RefundRow): void {
  const { stage, order, at } = story;
  if (payment.provider === 'stripe') row.refund_ref = stage.ref('re', at);
  settle(story, payment, row, 'succeeded');
  const refunded = order.refunded + row.amount;
  book(story, 'refund_done', row.id, refundDone(clearingOf(row.provider), row.amount));
  const status = nextOrderStatus(order.status, refundedFact(order, refunded));
  changeBy(story, row, { refunded, status });
  payment.refunded += row.amount;
  payment.status = takenStatus(payment, false);
  addEffect(story, 'mail.refunded', row.id, { done: Math.min(at + minute, stage.options.until) });
  if (payment.provider !== 'stripe') return;
  const journal = { kind: 'refund_done', ref: row.id } as const;
  list(story, {
    id: stage.ref('txn', at),
    type: 'refund',
    source: row.refund_ref,
    amount: -row.amount,
    fee: 0,
    journal,
  });
}

/** The bank has not taken it: what was promised is not owed any more, and a person has to see to it. */
export function refundFails(story: Story, payment: PaymentRow, row: RefundRow): void {
  const { stage, order, at } = story;
  row.refund_ref = stage.ref('re', at);
  settle(story, payment, row, 'failed');
  row.failure_code = 'lost_or_stolen_card';
  book(story, 'refund_fail', row.id, reversed(requestOf(story, row.amount)));
  changeBy(story, row, {});
  const isClosed = at < stage.options.until - 10 * day;
  stage.rows.add('breaks', {
    id: stage.id('brk', at),
    kind: 'refund_failed',
    object_id: row.id,
    order_id: order.id,
    amount: row.amount,
    currency: row.currency,
    detail: 'the refund failed: lost_or_stolen_card',
    opened_at: at,
    closed_at: isClosed ? at + day : null,
    closed_by: isClosed ? 'operator' : null,
    resolution: isClosed ? 'Sent by bank transfer instead.' : null,
  });
}

function settle(story: Story, payment: PaymentRow, row: RefundRow, status: 'succeeded' | 'failed'): void {
  const type = status === 'failed' ? 'refund.failed' : 'refund.updated';
  const eventId = keepEvent(story, payment, type, `refund ${status}`, { about: row.refund_ref ?? row.id });
  Object.assign(row, { status, settled_at: story.at, last_event_id: eventId, last_event_at: story.at });
  addEffect(story, 'refund.create', row.id, { done: story.at });
}

function changeBy(story: Story, row: RefundRow, changes: Parameters<typeof change>[1]): void {
  const { at: _, ...event } = refundEvent(row, { eventId: row.last_event_id, actor: 'provider' }, story.at);
  change(story, changes, event);
}

const reasons = ['fraudulent', 'product_not_received', 'product_unacceptable', 'unrecognized'] as const;

/** A customer told the bank that the payment was not in order. `end`: how the bank decided, where it has by now. */
export function dispute(
  story: Story,
  payment: PaymentRow,
  end: 'won' | 'lost' | 'warning_closed' | null,
): void {
  const { stage, order, at } = story;
  const asks = end === 'warning_closed';
  const row = stage.rows.add('disputes', {
    id: stage.id('dsp', at),
    order_id: order.id,
    payment_id: payment.id,
    provider: payment.provider,
    dispute_ref: stage.ref('du', at),
    charge_ref: payment.charge_ref,
    amount: payment.received,
    currency: order.currency,
    reason: stage.random.pick(reasons),
    status: asks ? 'warning_needs_response' : 'needs_response',
    funds: asks ? 'none' : 'withdrawn',
    evidence_due_at: at + 14 * day,
    opened_at: at,
    closed_at: null,
    last_event_id: null,
    last_event_at: at,
  });
  if (!asks) takeMoney(story, row);
  tell(story, payment, undefined, row);
  addEffect(story, 'mail.disputed', row.id, { done: Math.min(at + minute, stage.options.until) });
  if (end === null || !later(story, stage.random.whole(3, 12) * day)) return;
  decide(story, payment, row, end);
}

function decide(
  story: Story,
  payment: PaymentRow,
  row: DisputeRow,
  end: 'won' | 'lost' | 'warning_closed',
): void {
  const before = { ...row };
  const funds: DisputeFunds = end === 'won' ? 'reinstated' : row.funds;
  Object.assign(row, { status: end satisfies DisputeStatus, funds, closed_at: story.at });
  if (end === 'lost') book(story, 'dispute_lost', row.id, disputeLost(row.amount));
  if (end === 'won') {
    book(story, 'dispute_won', row.id, disputeReinstated(clearingOf('stripe'), row.amount));
    move(story, row, 'dispute_won', row.amount, 0);
  }
  tell(story, payment, before, row);
}

function takeMoney(story: Story, row: DisputeRow): void {
  book(story, 'dispute', row.id, disputeWithdrawn(clearingOf('stripe'), row.amount));
  move(story, row, 'dispute', -row.amount, disputeFee);
}

function move(
  story: Story,
  row: DisputeRow,
  kind: 'dispute' | 'dispute_won',
  amount: number,
  fee: number,
): void {
  const id = story.stage.ref('txn', story.at);
  list(story, {
    id,
    type: 'adjustment',
    source: row.dispute_ref,
    amount,
    fee,
    journal: { kind, ref: row.id },
  });
}

/** The event, the order's timeline, and what the payment is now. */
function tell(story: Story, payment: PaymentRow, before: DisputeRow | undefined, row: DisputeRow): void {
  const type = isClosedDispute(row.status) ? 'closed' : 'created';
  const about = row.dispute_ref;
  const eventId = keepEvent(story, payment, `charge.dispute.${type}`, `dispute ${row.status}`, { about });
  Object.assign(row, { last_event_id: eventId, last_event_at: story.at });
  const { at: _, ...event } = disputeEvent(before, row, { eventId, actor: 'provider' }, story.at);
  change(story, {}, event);
  payment.status = takenStatus(payment, blocksRefunds(row.status));
  story.at += second;
}
