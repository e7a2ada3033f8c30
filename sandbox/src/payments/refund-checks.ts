/** Which charges may be refunded, and how much of them. The sentences are recorded from Stripe's test mode. */
import { writtenAmount } from '../money.ts';
import type { Charge } from '../objects.ts';
import { ApiError, invalidRequest, missingResource } from '../wire/errors.ts';
import type { Turn } from '../world.ts';

export interface RefundTarget {
  charge?: string | undefined;
  payment_intent?: string | undefined;
}

/** @throws ApiError 400 for both, neither or an intent that was never paid, 404 for what does not exist */
export function findRefundable(turn: Turn, target: RefundTarget): Charge {
  const { charges, payment_intents } = turn.world.store;
  if (target.charge === undefined && target.payment_intent === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  if (target.charge !== undefined) {
    // What Stripe says to both is not verified.
    if (target.payment_intent !== undefined) {
      throw invalidRequest('You may only specify one of these parameters: payment_intent, charge.');
    }
    const charge = charges.get(target.charge);
    // Although it is a reference in the body, Stripe answers 404 here (recorded).
    if (charge === undefined) throw missingResource('charge', target.charge);
    return charge;
  }
  const intent = payment_intents.get(target.payment_intent!);
  if (intent === undefined) throw missingResource('payment_intent', target.payment_intent!);
  const charge = charges.get(intent.latest_charge ?? '');
  if (charge === undefined) throw unpaid(intent.id);
  return charge;
}

/**
 * The amount to refund: what is asked for, or all that is left.
 * @throws ApiError 400 for a charge that failed, is not captured, was charged back or has less left
 */
export function checkRefundable(turn: Turn, charge: Charge, asked: number | undefined): number {
  const left = charge.amount - charge.amount_refunded;
  if (charge.status !== 'succeeded' || (!charge.captured && left === 0)) throw notPaid(charge);
  if (isChargedBack(turn, charge)) {
    throw refused({
      code: 'charge_disputed',
      message: `Charge ${charge.id} has been charged back; cannot issue a refund.`,
    });
  }
  if (left === 0) {
    throw refused({
      code: 'charge_already_refunded',
      message: `Charge ${charge.id} has already been refunded.`,
    });
  }
  const amount = asked ?? left;
  if (!charge.captured) checkReversal(charge, amount, left);
  if (amount > left) {
    const [wanted, rest] = [amount, left].map((each) => signed(each, charge.currency));
    throw refused({
      message: `Refund amount (${wanted}) is greater than unrefunded amount on charge (${rest})`,
      param: 'amount',
    });
  }
  return amount;
}

function checkReversal(charge: Charge, amount: number, left: number): void {
  if (charge.payment_intent !== null) {
    throw refused({
      message:
        `This uncaptured Charge was created by a PaymentIntent (${charge.payment_intent}). You must cancel the ` +
        'PaymentIntent to reverse the authorization instead of refunding the Charge directly. For more information, ' +
        'see https://stripe.com/docs/payments/place-a-hold-on-a-payment-method',
    });
  }
  if (amount < left) {
    throw refused({
      message:
        'You cannot partially refund an uncaptured charge. Instead, capture the charge for an amount less than the ' +
        'original amount',
      param: 'amount',
    });
  }
}

/** Inquiries leave a charge refundable, and so does a dispute that was won (recorded). */
function isChargedBack(turn: Turn, charge: Charge): boolean {
  return turn.world.store.disputes.withIndex(charge.id).some((dispute) => !dispute.is_charge_refundable);
}

function notPaid(charge: Charge): ApiError {
  if (charge.payment_intent !== null) return unpaid(charge.payment_intent);
  return refused({ message: `Charge ${charge.id} did not succeed; there is nothing to refund.` });
}

function unpaid(intent: string): ApiError {
  return refused({
    message: `This PaymentIntent (${intent}) does not have a successful charge to refund.`,
  });
}

/** The state of the charge forbids it. Idempotency keys remember it: execution had begun. */
function refused(details: { message: string; code?: string; param?: string }): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', ...details }, { remembered: true });
}

/** `$40.00`, as Stripe writes the amounts of refunds (recorded for dollars and euros). */
function signed(amount: number, currency: string): string {
  return writtenAmount(amount, currency).replace(/^(\D+[\d.]+) \w+$/, '$1');
}
