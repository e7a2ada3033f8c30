import { formatMoney } from '@paydesk/contract/money';
import type { OrderEvent } from '../db/orders.ts';
import type { RefundRow } from '../db/refunds.ts';
import type { FactSource } from './write-settlement.ts';

/** What a refund's state says on the order's timeline, for the customer's eyes too. */
export function refundEvent(refund: RefundRow, source: FactSource, at: number): OrderEvent {
  return {
    at,
    type: `refund.${refund.status}`,
    message: sentence(refund),
    payment_id: refund.payment_id,
    refund_id: refund.id,
    event_id: source.eventId,
    actor: source.actor,
    by: source.by,
  };
}

function sentence(refund: RefundRow): string {
  const amount = formatMoney(refund);
  switch (refund.status) {
    case 'requested':
    case 'unknown':
      return `${amount} will be refunded. ${refund.reason}`;
    case 'pending':
      return `The refund of ${amount} is on its way. ${refund.reason}`;
    case 'succeeded':
      return `${amount} refunded. ${refund.reason}`;
    case 'failed':
      return `The refund of ${amount} did not go through. We are looking into it.`;
    case 'canceled':
      return `The refund of ${amount} was called off.`;
  }
}
