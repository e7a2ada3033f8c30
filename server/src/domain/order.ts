import type { OrderStatus } from '@paydesk/contract/orders';

/**
 * What can happen to an order. `paid_*` say that a payment succeeded and its amount, currency and mode agree with ours;
 * `late` = the stock had been released and could (or could not) be held again; `again` = nothing was due any more.
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
] as const;
export type OrderFact = (typeof orderFacts)[number];

type Row = Partial<Record<OrderFact, OrderStatus>>;

// What is not listed leaves the order as it is: a late "failed" never takes a paid order down.
const mismatch: Row = { payment_mismatch: 'review' };
const transitions: Record<OrderStatus, Row> = {
  pending: {
    ...mismatch,
    payment_processing: 'processing',
    payment_failed: 'failed',
    paid: 'paid',
    paid_in_part: 'partially_paid',
    canceled: 'canceled',
    expired: 'expired',
  },
  processing: { ...mismatch, payment_failed: 'failed', paid: 'paid', paid_in_part: 'partially_paid' },
  failed: {
    ...mismatch,
    payment_processing: 'processing',
    paid: 'paid',
    paid_in_part: 'partially_paid',
    canceled: 'canceled',
    expired: 'expired',
  },
  partially_paid: { ...mismatch, paid: 'paid' },
  paid: {},
  canceled: { ...mismatch, paid_late_with_stock: 'paid', paid_late_without_stock: 'review' },
  expired: { ...mismatch, paid_late_with_stock: 'paid', paid_late_without_stock: 'review' },
  partially_refunded: {},
  refunded: {},
  review: {},
};

/** The order's next status; the same one where the fact changes nothing. */
export function nextOrderStatus(status: OrderStatus, fact: OrderFact): OrderStatus {
  return transitions[status][fact] ?? status;
}

/** A new or repeated payment may be started. */
export function isPayable(status: OrderStatus): boolean {
  return status === 'pending' || status === 'failed';
}

/** The customer or the clock may end it: no money has arrived and none is on its way. */
export function isClosable(status: OrderStatus): boolean {
  return status === 'pending' || status === 'failed';
}

/** All the money has arrived at one time or another. */
export function isPaidLike(status: OrderStatus): boolean {
  return status === 'paid' || status === 'partially_refunded' || status === 'refunded';
}

/** The order ended without money, and its stock went back. */
export function isReleased(status: OrderStatus): boolean {
  return status === 'canceled' || status === 'expired';
}
