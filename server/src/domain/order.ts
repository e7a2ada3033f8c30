import type { OrderStatus } from '@paydesk/contract/orders';
import type { Minor } from './money.ts';

/**
 * What can happen to an order. `paid_*` say that a payment succeeded and its amount, currency and mode agree with ours;
 * `late` = the stock had been released and could (or could not) be held again; `again` = nothing was due any more.
 * `refunded_*` say how much of the money that the order received has gone back by now.
 */
export const orderFacts = [
  'payment_processing',
  'payment_failed',
  'paid',
  'paid_in_part',
  'paid_late_with_stock',
  'paid_late_without_stock',
  'paid_again',
  'payment_mismatch',
  'canceled',
  'expired',
  'refunded_in_part',
  'refunded_whole',
  'refunds_undone',
] as const;
export type OrderFact = (typeof orderFacts)[number];

type Row = Partial<Record<OrderFact, OrderStatus>>;

// What is not listed leaves the order as it is: a late "failed" never takes a paid order down.
const mismatch: Row = { payment_mismatch: 'review' };
const closing: Row = { canceled: 'canceled', expired: 'expired' };
const refunding: Row = {
  refunded_in_part: 'partially_refunded',
  refunded_whole: 'refunded',
  refunds_undone: 'paid',
};
// Money that came too late and without stock goes back by itself, so the order stays what it was.
const late: Row = { paid_late_with_stock: 'paid' };
const transitions: Record<OrderStatus, Row> = {
  pending: {
    ...mismatch,
    ...closing,
    payment_processing: 'processing',
    payment_failed: 'failed',
    paid: 'paid',
    paid_in_part: 'partially_paid',
  },
  processing: { ...mismatch, payment_failed: 'failed', paid: 'paid', paid_in_part: 'partially_paid' },
  failed: {
    ...mismatch,
    ...closing,
    payment_processing: 'processing',
    paid: 'paid',
    paid_in_part: 'partially_paid',
  },
  // Only somebody at the provider refunds an order that waits for its rest; whether it still should, a person decides.
  partially_paid: {
    ...mismatch,
    ...closing,
    paid: 'paid',
    refunded_in_part: 'review',
    refunded_whole: 'review',
  },
  paid: refunding,
  canceled: { ...mismatch, ...late },
  expired: { ...mismatch, ...late },
  partially_refunded: refunding,
  refunded: refunding,
  // Only a person ends what only a person can judge.
  review: { canceled: 'canceled' },
};

/** The order's next status; the same one where the fact changes nothing. */
export function nextOrderStatus(status: OrderStatus, fact: OrderFact): OrderStatus {
  return transitions[status][fact] ?? status;
}

/** How much of an order's money has gone back, as something that happened to it. */
export function refundedFact(order: { received: Minor }, refunded: Minor): OrderFact {
  if (refunded === 0) return 'refunds_undone';
  return refunded >= order.received ? 'refunded_whole' : 'refunded_in_part';
}

/** What still has to be paid, in minor units. */
export function dueOf(order: { total: Minor; received: Minor }): Minor {
  return Math.max(0, order.total - order.received);
}

/** A new or repeated payment may be started. */
export function isPayable(status: OrderStatus): boolean {
  return status === 'pending' || status === 'failed' || status === 'partially_paid';
}

/** The customer or the clock may end it: not all the money has arrived, and none is on its way. */
export function isClosable(status: OrderStatus): boolean {
  return isPayable(status);
}

/** All the money has arrived at one time or another. */
export function isPaidLike(status: OrderStatus): boolean {
  return status === 'paid' || status === 'partially_refunded' || status === 'refunded';
}

/** It may be sent: it is paid, or was before some of the money went back. */
export function isFulfillable(status: OrderStatus): boolean {
  return isPaidLike(status);
}

/** The order ended without being paid, and its stock went back. */
export function isReleased(status: OrderStatus): boolean {
  return status === 'canceled' || status === 'expired';
}
