import type { Payment } from '@paydesk/contract/payments';

/** The way of an attempt of which nobody knows yet with what it is paid. */
export const flowText: Record<Payment['flow'], string> = {
  elements: 'Card, on our page',
  hosted: 'On Stripe’s page',
  transfer: 'Bank transfer',
};
