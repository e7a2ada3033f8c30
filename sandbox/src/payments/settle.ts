/** What a charge's answer does to its payment intent, and the events that tell of it in Stripe's order. */
import { progressSession } from '../checkout/progress.ts';
import { type DeclineName, declineDetails, declines } from '../declines.ts';
import type {
  Charge,
  LastPaymentError,
  PaymentIntent,
  PaymentIntentSecret,
  PaymentIntentStatus,
} from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { save, type Turn } from '../world.ts';
import { bookCharge, bookLater } from './booking.ts';
import { buildCharge, type ChargeFacts } from './charge.ts';
import { expireLater } from './expiry.ts';
import { nextStatus, type Step } from './machine.ts';
import { attach } from './payment-method.ts';

/** Moves the intent along the machine. An impossible step is a defect of the sandbox, not of the caller. */
export function advance(intent: PaymentIntent, step: Step): void {
  const status = nextStatus(intent.status as PaymentIntentStatus, step);
  if (status === null) throw new Error(`a payment intent in ${intent.status} cannot take the step ${step}`);
  intent.status = status;
}

export function intentSecret(turn: Turn, intent: PaymentIntent): PaymentIntentSecret {
  return turn.world.store.payment_intent_secrets.get(intent.id)!;
}

type Circumstances = Pick<ChargeFacts, 'method' | 'secret' | 'behaviour' | 'isAuthenticated'>;

/** The bank agrees: captured at once, or only authorized when the intent is captured by hand. */
export function approve(turn: Turn, intent: PaymentIntent, circumstances: Circumstances): void {
  const isCaptured = intent.capture_method !== 'manual';
  const charge = buildCharge(turn, intent, {
    ...circumstances,
    status: 'succeeded',
    isCaptured,
    decline: null,
  });
  usePaymentMethod(turn, intent, circumstances);
  succeed(turn, intent, charge, isCaptured);
}

/** Charge and intent after an approval: of a card at once, of a debit days later. */
export function succeed(turn: Turn, intent: PaymentIntent, charge: Charge, isCaptured: boolean): void {
  const { charges, payment_intents } = turn.world.store;
  const isNew = charges.get(charge.id) === undefined;
  if (intent.capture_method === 'automatic') bookCharge(turn, charge);
  advance(intent, isCaptured ? 'charge_succeeded' : 'charge_authorized');
  intent.latest_charge = charge.id;
  intent.next_action = null;
  intent.last_payment_error = null;
  if (isCaptured) intent.amount_received = intent.amount;
  else intent.amount_capturable = intent.amount;
  save(turn, charges, charge, isNew ? 'created' : 'updated');
  save(turn, payment_intents, intent, 'updated');
  emit(turn, 'charge.succeeded', charge);
  emit(turn, isCaptured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', intent);
  if (isCaptured && charge.balance_transaction === null) bookLater(turn.world, charge);
  if (!isCaptured) expireLater(turn.world, charge);
  progressSession(turn, intent);
}

/** The bank (or Stripe's own risk rules) refuses. Returns what the 402 body says. */
export function decline(
  turn: Turn,
  intent: PaymentIntent,
  circumstances: Circumstances,
  name: DeclineName,
): Record<string, unknown> {
  const charge = buildCharge(turn, intent, {
    ...circumstances,
    status: 'failed',
    isCaptured: false,
    decline: declines[name],
  });
  return fail(turn, intent, charge, name);
}

/** Charge and intent after a refusal: of a card at once, of a debit days later. */
export function fail(
  turn: Turn,
  intent: PaymentIntent,
  charge: Charge,
  name: DeclineName,
): Record<string, unknown> {
  const { charges, payment_intents, payment_methods } = turn.world.store;
  const isNew = charges.get(charge.id) === undefined;
  const details = { ...declineDetails(declines[name]), charge: charge.id };
  advance(intent, 'charge_failed');
  intent.latest_charge = charge.id;
  intent.payment_method = null;
  intent.next_action = null;
  const method = payment_methods.get(charge.payment_method!)!;
  intent.last_payment_error = paymentError('card_error', { ...details, payment_method: { ...method } });
  save(turn, charges, charge, isNew ? 'created' : 'updated');
  save(turn, payment_intents, intent, 'updated');
  emit(turn, 'charge.failed', charge);
  emit(turn, 'payment_intent.payment_failed', intent);
  progressSession(turn, intent);
  return { ...details, payment_intent: intent, payment_method: method };
}

export function paymentError(
  type: 'card_error' | 'invalid_request_error',
  details: Record<string, unknown>,
): LastPaymentError {
  const code = String(details.code);
  const documentation = `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
  return { ...details, doc_url: documentation, type } as LastPaymentError;
}

/** A card without a customer pays once; one that is to be kept belongs to the customer from now on. */
function usePaymentMethod(turn: Turn, intent: PaymentIntent, { method, secret }: Circumstances): void {
  if (intent.customer !== null && intent.setup_future_usage !== null) {
    attach(turn, method, intent.customer);
    secret.isSetUp ||= intent.setup_future_usage === 'off_session';
  } else if (method.customer === null) {
    secret.isUsedUp = true;
  }
  turn.world.store.payment_method_secrets.put(secret);
}
