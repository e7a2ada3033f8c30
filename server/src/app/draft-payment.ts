import type { OrderRow } from '../db/orders.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { App, FrozenPayment, PaymentProvider } from './ports.ts';

/** A new attempt as it is stored before its provider hears of it: nothing has happened yet. */
export function draftPayment(
  app: App,
  provider: PaymentProvider,
  order: OrderRow,
  { attempt, frozen }: { attempt: number; frozen: FrozenPayment },
): PaymentRow {
  return {
    id: frozen.paymentId,
    order_id: order.id,
    attempt,
    provider: provider.name,
    flow: frozen.flow,
    status: 'creating',
    amount: frozen.amount,
    currency: order.currency,
    params_json: JSON.stringify(frozen),
    session_ref: null,
    intent_ref: null,
    charge_ref: null,
    balance_ref: null,
    card_brand: null,
    card_last4: null,
    failure_code: null,
    closed_at: null,
    created_at: app.clock.now(),
    last_event_id: null,
    last_event_at: null,
    received: 0,
    unapplied: 0,
    refunded: 0,
    checked_at: null,
  };
}
