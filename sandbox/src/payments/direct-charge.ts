/** Charges without a payment intent (docs.stripe.com/api/charges/create): the older way, in one call. */
import { cardError, declineDetails, declines } from '../declines.ts';
import type { Charge, PaymentMethod } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { ApiError, invalidRequest, stateConflict } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { bookCharge } from './booking.ts';
import { buildDirectCharge, type Purchase } from './charge.ts';
import { decide } from './decision.ts';
import { keepMethod } from './describe-method.ts';
import { expireLater, isHeld } from './expiry.ts';
import { cardOf, secretOf } from './payment-method.ts';
import { reverseRemainder } from './refund.ts';
import { takeToken } from './token.ts';

/**
 * Charges a token, or a card of the customer.
 * @param source a token, or the id of a card of the customer; undefined for the customer's default card
 * @throws ApiError 402 when the card is refused, with the failed charge's id
 */
export function chargeDirectly(
  turn: Turn,
  purchase: Purchase,
  source: string | undefined,
  isCaptured: boolean,
): Charge {
  const method = chargedCard(turn, purchase.customer as string | null, source);
  const secret = secretOf(turn, method);
  const behaviour = cardOf(secret);
  const decision = decide(behaviour, {
    // A charge of its own cannot ask for authentication: a card that needs it is declined.
    offSession: true,
    isSetUp: secret.isSetUp,
    cvcGiven: secret.cvcGiven,
    authenticationWanted: false,
    isAuthenticated: false,
  });
  const decline = decision.kind === 'declined' ? declines[decision.decline] : null;
  const charge = buildDirectCharge(turn, purchase, {
    method,
    secret,
    behaviour,
    status: decline === null ? 'succeeded' : 'failed',
    isCaptured,
    decline,
    isAuthenticated: false,
  });
  if (decline === null && isCaptured) bookCharge(turn, charge);
  save(turn, turn.world.store.charges, charge, 'created');
  emit(turn, decline === null ? 'charge.succeeded' : 'charge.failed', charge);
  if (decline !== null) throw cardError({ ...declineDetails(decline), charge: charge.id });
  expireLater(turn.world, charge);
  return charge;
}

/**
 * Captures all or a part of what was authorized; the rest goes back to the card.
 * @param amount minor units, null for all of it
 * @param changes what the capture may say anew, such as the statement descriptor
 * @throws ApiError 400 when the charge is not waiting for its capture
 */
export function captureCharge(
  turn: Turn,
  charge: Charge,
  amount: number | null,
  changes: Partial<Charge> = {},
): void {
  checkCapturable(charge);
  if (amount !== null && amount > charge.amount) {
    throw invalidRequest(
      'You cannot capture a charge for an amount greater than it already has.',
      'amount_too_large',
      'amount',
    );
  }
  Object.assign(charge, changes);
  charge.captured = true;
  charge.amount_captured = amount ?? charge.amount;
  const left = charge.amount - charge.amount_captured;
  if (left > 0) reverseRemainder(turn, charge, left);
  bookCharge(turn, charge);
  save(turn, turn.world.store.charges, charge, 'updated');
  emit(turn, 'charge.captured', charge);
}

/** The codes are Stripe's; the sentences about payment intents and expired charges are not verified. */
function checkCapturable(charge: Charge): void {
  if (charge.payment_intent !== null) {
    throw invalidRequest(
      'This Charge belongs to a PaymentIntent. Capture the PaymentIntent instead.',
      'charge_invalid_parameter',
    );
  }
  if (charge.captured) {
    throw stateConflict(`Charge ${charge.id} has already been captured.`, 'charge_already_captured');
  }
  if (charge.refunded) {
    throw stateConflict(
      `Charge ${charge.id} was not captured in time and has been refunded.`,
      'charge_expired_for_capture',
    );
  }
  if (!isHeld(charge))
    throw stateConflict('You cannot capture a failed charge.', 'capture_unauthorized_payment');
}

/** The sentences of this and of the next function are not verified. */
function chargedCard(turn: Turn, customer: string | null, source: string | undefined): PaymentMethod {
  if (customer !== null) return cardOfCustomer(turn, customer, source);
  if (source === undefined) {
    throw invalidRequest('Must provide source or customer.', 'parameter_missing');
  }
  const method = keepMethod(turn, takeToken(turn, source, 'source'));
  const secret = secretOf(turn, method);
  turn.world.store.payment_method_secrets.put({ ...secret, isUsedUp: true });
  return method;
}

function cardOfCustomer(turn: Turn, customer: string, source: string | undefined): PaymentMethod {
  const { customers, payment_methods } = turn.world.store;
  const id = source ?? (customers.get(customer)!.default_source as string | null);
  if (id === null) {
    throw new ApiError(402, {
      type: 'card_error',
      code: 'missing',
      message: 'Cannot charge a customer that has no active card',
      param: 'card',
    });
  }
  const method = payment_methods.get(id);
  if (method?.customer === customer && method.type === 'card') return method;
  throw invalidRequest(
    `Customer ${customer} does not have a linked source with ID ${id}.`,
    'missing',
    'source',
  );
}
