/** Making and ending payment intents, for the API and for Checkout Sessions. */
import type { PaymentIntent, PaymentIntentStatus } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { stateConflict } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { bookCharge } from './booking.ts';
import { nextStatus } from './machine.ts';
import { reverseCharge, reverseRemainder } from './refund.ts';
import { advance, intentSecret } from './settle.ts';

export type NewIntent = Partial<PaymentIntent> &
  Pick<PaymentIntent, 'amount' | 'currency' | 'payment_method_types'>;

/** @param session the Checkout Session that makes it, null for the API */
export function createIntent(turn: Turn, given: NewIntent, session: string | null): PaymentIntent {
  const { ids, store } = turn.world;
  const id = ids.paymentIntent();
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${ids.characters(25)}`,
    confirmation_method: 'automatic',
    created: turn.now,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: cardOptions('automatic') },
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: given.payment_method ? 'requires_confirmation' : 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
    ...given,
  };
  store.payment_intent_secrets.put({ id, session, challenge: null, settlesAt: null });
  save(turn, store.payment_intents, intent, 'created');
  emit(turn, 'payment_intent.created', intent);
  return intent;
}

export function cardOptions(authentication: 'automatic' | 'any' | 'challenge') {
  return {
    installments: null,
    mandate_options: null,
    network: null,
    request_three_d_secure: authentication,
  };
}

export type CancellationReason = NonNullable<PaymentIntent['cancellation_reason']>;

/** @throws ApiError 400 when nothing is left to cancel */
export function cancelIntent(turn: Turn, intent: PaymentIntent, reason: CancellationReason | null): void {
  const status = intent.status as PaymentIntentStatus;
  if (nextStatus(status, 'canceled') === null) {
    throw stateConflict(
      `You cannot cancel this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of ` +
        'the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, ' +
        'requires_action, processing.',
      'payment_intent_unexpected_state',
      { payment_intent: intent },
    );
  }
  advance(intent, 'canceled');
  intent.canceled_at = turn.now;
  intent.cancellation_reason = reason;
  intent.next_action = null;
  intent.amount_capturable = 0;
  const hidden = intentSecret(turn, intent);
  hidden.challenge = null;
  turn.world.store.payment_intent_secrets.put(hidden);
  if (status === 'requires_capture') releaseAuthorization(turn, intent);
  save(turn, turn.world.store.payment_intents, intent, 'updated');
  emit(turn, 'payment_intent.canceled', intent);
}

/**
 * Captures all or a part of what was authorized; the rest goes back to the card.
 * @param amount minor units, at most `amount_capturable`
 */
export function captureIntent(turn: Turn, intent: PaymentIntent, amount: number): void {
  const { store } = turn.world;
  const charge = store.charges.get(intent.latest_charge!)!;
  charge.captured = true;
  charge.amount_captured = amount;
  if (amount < charge.amount) reverseRemainder(turn, charge, charge.amount - amount);
  bookCharge(turn, charge);
  advance(intent, 'captured');
  intent.amount_received = amount;
  intent.amount_capturable = 0;
  save(turn, store.charges, charge, 'updated');
  save(turn, store.payment_intents, intent, 'updated');
  emit(turn, 'charge.captured', charge);
  emit(turn, 'payment_intent.succeeded', intent);
}

/**
 * An authorization that is never captured goes back to the card, which Stripe shows as a refund of the charge; an expired
 * one has gone back already. That this is told before `payment_intent.canceled` is not verified.
 */
function releaseAuthorization(turn: Turn, intent: PaymentIntent): void {
  const charge = turn.world.store.charges.get(intent.latest_charge!)!;
  if (!charge.refunded) reverseCharge(turn, charge);
}
