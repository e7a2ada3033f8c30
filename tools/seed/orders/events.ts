import type { PaymentRow } from '../../../server/src/db/payments.ts';
import { metadataNames } from '../../../server/src/providers/stripe/ids.ts';
import type { Story } from './story.ts';

/**
 * Keeps what the provider said about a payment, in short; answers the event's id.
 *
 * @property about the provider's name of what it is about, where that is not the payment
 * @property booking an operator's word instead of the provider's
 */
export function keepEvent(
  story: Story,
  payment: PaymentRow,
  type: string,
  outcome: string,
  { about, booking }: { about?: string | null; booking?: { id: string; payload: string } } = {},
): string {
  const { stage, order, at } = story;
  const object = booking ? { id: payment.id } : objectOf(story, payment, type, about ?? null);
  const id = booking?.id ?? stage.ref('evt', at);
  stage.rows.add('inbox', {
    event_id: id,
    provider: payment.provider,
    type,
    object_id: object.id,
    source: booking ? 'operator' : 'hook',
    payload:
      booking?.payload ??
      JSON.stringify({ id, object: 'event', type, created: seconds(at), data: { object } }),
    state: 'done',
    outcome,
    order_id: order.id,
    payment_id: payment.id,
    attempts: 0,
    not_before: at,
    lease_token: null,
    lease_until: null,
    received_at: at,
    done_at: at,
    replayed_at: null,
  });
  return id;
}

function objectOf(
  { stage, order }: Story,
  payment: PaymentRow,
  type: string,
  about: string | null,
): { id: string } & Record<string, unknown> {
  const metadata = {
    [metadataNames.instance]: stage.options.instanceId,
    [metadataNames.order]: order.id,
    [metadataNames.payment]: payment.id,
  };
  const { amount, currency, intent_ref: intent } = payment;
  const common = { amount, currency, metadata };
  if (about !== null)
    return { id: about, object: type.split('.').at(-2), ...common, charge: payment.charge_ref };
  if (type.startsWith('charge'))
    return {
      id: payment.charge_ref ?? '',
      object: 'charge',
      ...common,
      payment_intent: intent,
      payment_method_details: {
        type: 'card',
        card: { brand: payment.card_brand, last4: payment.card_last4 },
      },
      outcome: {
        type: 'authorized',
        network_status: 'approved_by_network',
        risk_level: 'normal',
        risk_score: 17,
      },
    };
  if (type.startsWith('checkout'))
    return { id: payment.session_ref ?? '', object: 'checkout.session', ...common, payment_intent: intent };
  const error = { type: 'card_error', code: 'card_declined', decline_code: payment.failure_code };
  return {
    id: intent ?? payment.session_ref ?? '',
    object: 'payment_intent',
    ...common,
    ...(type.endsWith('payment_failed') && { last_payment_error: error }),
  };
}

function seconds(at: number): number {
  return Math.floor(at / 1_000);
}
