/** Raising an authorization before it is captured (docs.stripe.com/payments/incremental-authorization). */
import type { Charge, PaymentIntent } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { invalidRequest, stateConflict } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { intentSecret } from './settle.ts';

/** Source: docs.stripe.com/api/payment_intents/increment_authorization. */
const MOST_INCREMENTS = 10;

/**
 * @param amount the new whole amount, in minor units
 * @throws ApiError 400 when the card or the intent does not allow it; codes and sentences are not verified
 */
export function incrementAuthorization(
  turn: Turn,
  intent: PaymentIntent,
  amount: number,
  changes: Partial<PaymentIntent>,
): void {
  const { charges, payment_intents } = turn.world.store;
  const charge = charges.get(intent.latest_charge as string)!;
  checkIncrementable(turn, intent, charge, amount);
  const previous = { amount: charge.amount };
  charge.amount = amount;
  charge.payment_method_details!.card!.amount_authorized = amount;
  charge.payment_method_details!.card!.overcapture!.maximum_amount_capturable = amount;
  Object.assign(intent, changes, { amount, amount_capturable: amount });
  save(turn, charges, charge, 'updated');
  save(turn, payment_intents, intent, 'updated');
  emit(turn, 'charge.updated', charge, previous);
  emit(turn, 'payment_intent.amount_capturable_updated', intent);
}

function checkIncrementable(turn: Turn, intent: PaymentIntent, charge: Charge, amount: number): void {
  if (charge.payment_method_details?.card?.incremental_authorization?.status !== 'available') {
    throw stateConflict(
      'This PaymentIntent cannot be incrementally authorized: its payment method does not support it, or the ' +
        'PaymentIntent was confirmed without payment_method_options[card][request_incremental_authorization].',
      'payment_intent_invalid_parameter',
      { payment_intent: intent },
    );
  }
  if (amount <= intent.amount) {
    throw invalidRequest(
      `The amount must be greater than the amount that is authorized (${intent.amount}).`,
      'amount_too_small',
      'amount',
    );
  }
  const hidden = intentSecret(turn, intent);
  const increments = hidden.increments ?? 0;
  if (increments >= MOST_INCREMENTS) {
    throw stateConflict(
      `An authorization can be incremented at most ${MOST_INCREMENTS} times.`,
      'payment_intent_rate_limit_exceeded',
      { payment_intent: intent },
    );
  }
  turn.world.store.payment_intent_secrets.put({ ...hidden, increments: increments + 1 });
}
