/** The payment intent's life (docs.stripe.com/payments/paymentintents/lifecycle): data and one pure function. */
import type { PaymentIntentStatus } from '../objects.ts';

/** What can happen to a payment intent. */
export type Step =
  | 'method_given'
  | 'authentication_asked'
  | 'authentication_failed'
  | 'authentication_passed_for_server'
  | 'charge_succeeded'
  | 'charge_authorized'
  | 'charge_pending'
  | 'charge_failed'
  | 'captured'
  | 'canceled';

type Transitions = Readonly<Partial<Record<Step, PaymentIntentStatus>>>;

const confirmable: Transitions = {
  method_given: 'requires_confirmation',
  authentication_asked: 'requires_action',
  charge_succeeded: 'succeeded',
  charge_authorized: 'requires_capture',
  charge_pending: 'processing',
  charge_failed: 'requires_payment_method',
  canceled: 'canceled',
};

export const transitions: Readonly<Record<PaymentIntentStatus, Transitions>> = {
  requires_payment_method: confirmable,
  requires_confirmation: confirmable,
  requires_action: {
    ...confirmable,
    authentication_failed: 'requires_payment_method',
    authentication_passed_for_server: 'requires_confirmation',
  },
  processing: { charge_succeeded: 'succeeded', charge_failed: 'requires_payment_method' },
  requires_capture: { captured: 'succeeded', canceled: 'canceled' },
  succeeded: {},
  canceled: {},
};

/** The status after the step; null when the step is impossible in this status. */
export function nextStatus(status: PaymentIntentStatus, step: Step): PaymentIntentStatus | null {
  return transitions[status][step] ?? null;
}

/** Whether a confirmation may be tried at all. */
export function isConfirmable(status: PaymentIntentStatus): boolean {
  return nextStatus(status, 'charge_succeeded') !== null && status !== 'processing';
}
