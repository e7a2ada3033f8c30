import { formatMoney } from '@paydesk/contract/money';
import type { DisputeRow } from '../db/disputes.ts';
import type { OrderEvent } from '../db/orders.ts';
import type { FactSource } from './write-settlement.ts';

type Entry = { type: string; message: string };

/** What a dispute's move says on the order's timeline, for the customer's eyes too. */
export function disputeEvent(
  before: DisputeRow | undefined,
  dispute: DisputeRow,
  source: FactSource,
  at: number,
): OrderEvent {
  return {
    at,
    ...(before?.status === dispute.status ? aboutFunds(dispute) : aboutStatus(before, dispute)),
    payment_id: dispute.payment_id,
    event_id: source.eventId,
    actor: source.actor,
  };
}

function aboutStatus(before: DisputeRow | undefined, dispute: DisputeRow): Entry {
  const amount = formatMoney(dispute);
  switch (dispute.status) {
    case 'warning_needs_response':
      return { type: 'dispute.opened', message: `The bank asks about the payment of ${amount}.` };
    case 'needs_response':
      return before
        ? {
            type: 'dispute.escalated',
            message: `The bank now disputes ${amount} of the payment.${held(dispute)}`,
          }
        : { type: 'dispute.opened', message: `The bank disputes ${amount} of the payment.${held(dispute)}` };
    case 'warning_under_review':
    case 'under_review':
      return { type: 'dispute.under_review', message: 'The bank looks at what the shop has answered.' };
    case 'won':
      return { type: 'dispute.won', message: `The bank decided for the shop: ${amount} stay paid.` };
    case 'lost':
      return { type: 'dispute.lost', message: `The bank decided for its customer and gives ${amount} back.` };
    case 'warning_closed':
      return { type: 'dispute.closed', message: 'The bank has closed its question about the payment.' };
    case 'prevented':
      return { type: 'dispute.closed', message: 'The dispute was settled before the bank had to decide.' };
  }
}

function aboutFunds(dispute: DisputeRow): Entry {
  const amount = formatMoney(dispute);
  switch (dispute.funds) {
    case 'none':
      return { type: 'dispute.updated', message: `The dispute is about ${amount} now.` };
    case 'withdrawn':
      return { type: 'dispute.funds_withdrawn', message: `The bank holds ${amount} until it has decided.` };
    case 'reinstated':
      return { type: 'dispute.funds_reinstated', message: `The bank has returned ${amount} to the shop.` };
  }
}

function held(dispute: DisputeRow): string {
  return dispute.funds === 'withdrawn' ? ' It holds the money until it has decided.' : '';
}
