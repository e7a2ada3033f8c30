import type { Dispute, DisputeStatus } from '@paydesk/contract/disputes';
import { formatMoney } from '@paydesk/contract/money';

const closed: readonly DisputeStatus[] = ['warning_closed', 'won', 'lost', 'prevented'];

export function isOpenDispute({ status }: Pick<Dispute, 'status'>): boolean {
  return !closed.includes(status);
}

/**
 * What a customer reads about a dispute. They may not have asked for it themselves (somebody else may use the card, or
 * not have recognised the name), so it accuses nobody, and what the shop answers the bank stays between the two.
 */
export function disputeText(dispute: Pick<Dispute, 'status' | 'amount'>): { title: string; text: string } {
  const amount = formatMoney(dispute.amount);
  switch (dispute.status) {
    case 'warning_needs_response':
    case 'warning_under_review':
      return {
        title: 'Your bank asked about this payment',
        text: `It wants to know what the payment of ${amount} was for. We are answering; you need not do anything.`,
      };
    case 'needs_response':
    case 'under_review':
      return {
        title: 'Your bank asked about this payment',
        text: `The payment of ${amount} was questioned. The bank hears both sides and decides, which can take two or three months; nothing can be refunded until then. If it is a mistake, tell your bank.`,
      };
    case 'warning_closed':
    case 'prevented':
      return {
        title: 'Your bank’s question is answered',
        text: `Nothing more happens to the payment of ${amount}.`,
      };
    case 'won':
      return {
        title: 'Your bank has decided',
        text: `The payment of ${amount} stands.`,
      };
    case 'lost':
      return {
        title: 'Your bank has decided',
        text: `It gives ${amount} back to you. The money comes from your bank, not from us.`,
      };
  }
}
