import { formatMoney } from '@paydesk/contract/money';
import type { PaymentRow } from '../db/payments.ts';
import type { PaymentFact } from '../domain/payment.ts';
import type { BreakKind, Settlement } from '../domain/settlement.ts';
import { declineMessage } from './decline-messages.ts';

/** Said when an attempt can no longer take money, whoever ended it. */
export const closedMessage = 'The earlier payment was closed, so that you cannot be charged twice.';

type Entry = { type: string; message: string };

const breakMessages: Partial<Record<BreakKind, string>> = {
  payment_amount_differs:
    'A payment arrived whose amount is not the one of this order. We are looking into it.',
  payment_currency_differs: 'A payment arrived in another currency. We are looking into it.',
  payment_mode_differs:
    'A payment arrived from the wrong mode of the payment provider. We are looking into it.',
  paid_twice: 'A second payment arrived for this order. It does not belong to the order and goes back.',
  paid_too_much: 'More arrived than was due. What was too much goes back.',
  paid_without_stock:
    'The payment arrived after the order had ended and could no longer be used for it. It goes back.',
};

/** One sentence per fact, for the customer's eyes too. */
export function timelineOf(fact: PaymentFact, payment: PaymentRow, settlement: Settlement): Entry {
  const misfit = settlement.break && breakMessages[settlement.break];
  if (misfit && settlement.applied === 0) return { type: 'payment.review', message: misfit };
  switch (fact.kind) {
    case 'succeeded': {
      const received = settlement.applied + settlement.unapplied;
      const amount = formatMoney({ amount: received, currency: payment.currency });
      return {
        type: settlement.orderStatus === 'paid' ? 'order.paid' : 'payment.succeeded',
        message: `${amount} received.${misfit ? ` ${misfit}` : ''}`,
      };
    }
    case 'failed':
    case 'failed_for_good':
      return { type: 'payment.failed', message: declineMessage(fact.failureCode) };
    case 'processing':
      return { type: 'payment.processing', message: 'The payment is being processed.' };
    case 'requires_action':
      return { type: 'payment.requires_action', message: 'Your bank asks you to confirm the payment.' };
    case 'canceled':
      return {
        type: 'payment.canceled',
        message: `Payment attempt ${payment.attempt} was ended. It can no longer take money.`,
      };
    case 'details':
      return { type: 'payment.details', message: 'Details of the payment were recorded.' };
  }
}
