/** Making and finding payment methods. */
import { type CardBehaviour, cardWithName, cardWithNumber, type TestCard } from '../cards.ts';
import { cardError, declineDetails, declines } from '../declines.ts';
import type { PaymentMethod, PaymentMethodSecret } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { metadata } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, missingResource, notBuilt } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { hash, oneOf, text, withoutEffect } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import { billingDetailsParameter } from './billing-details.ts';
import { cardParameter, checkCard, namedCard } from './card-input.ts';
import {
  type Described,
  describeCard,
  describedAgain,
  describeSepaDebit,
  keepMethod,
} from './describe-method.ts';
import { unbuiltMethods } from './other-methods.ts';
import { checkIban } from './sepa.ts';
import { takeToken } from './token.ts';

/** `payment_method_data` of other endpoints, and the body of `POST /v1/payment_methods`. */
export const paymentMethodFields = {
  type: text(),
  card: cardParameter,
  sepa_debit: hash({ iban: text() }),
  billing_details: billingDetailsParameter,
  metadata: metadata(),
  allow_redisplay: oneOf('always', 'limited', 'unspecified'),
  radar_options: withoutEffect(),
  ...unbuiltMethods,
};
export type PaymentMethodInput = Values<typeof paymentMethodFields>;

export function createPaymentMethod(turn: Turn, input: PaymentMethodInput): PaymentMethod {
  return keepMethod(turn, describeMethod(turn, input));
}

/** What the input would make a payment method. @throws ApiError 402 for wrong card data, 400 for a used token */
export function describeMethod(turn: Turn, input: PaymentMethodInput): Described {
  const type = input.type ?? (input.card === undefined ? undefined : 'card');
  if (type === undefined) throw missingParameter('type');
  if (type === 'card') {
    if (input.card === undefined) throw missingParameter('card');
    if (input.card.token !== undefined) {
      return describedAgain(turn, takeToken(turn, input.card.token, 'card[token]'), input);
    }
    const today = new Date(turn.now * 1000);
    const checked = checkCard(input.card, today.getUTCFullYear(), today.getUTCMonth() + 1);
    return describeCard(turn, checked, input);
  }
  if (type === 'sepa_debit') return describeSepaDebit(turn, checkIban(input.sepa_debit?.iban), input);
  throw notBuilt(`payment methods of type '${type}'`);
}

/** Finds a payment method; the names of test cards (`pm_card_visa`) make a new one each time, as at Stripe. */
export function findPaymentMethod(turn: Turn, id: string, param: string): PaymentMethod {
  const found = turn.world.store.payment_methods.get(id);
  if (found !== undefined) return found;
  const card = id.startsWith('pm_card_') ? cardWithName(id) : undefined;
  if (card === undefined) throw missingResource('PaymentMethod', id, param);
  return keepMethod(
    turn,
    describeCard(turn, namedCard(card, new Date(turn.now * 1000).getUTCFullYear()), {}),
  );
}

export function secretOf(turn: Turn, method: PaymentMethod): PaymentMethodSecret {
  return turn.world.store.payment_method_secrets.get(method.id)!;
}

/** The row of the card table behind a card payment method. */
export function cardOf(secret: PaymentMethodSecret): TestCard {
  return cardWithNumber(secret.number)!;
}

/** Asks the bank whether the card may be kept. @throws ApiError 402 when it declines */
export function checkAttachable(number: string, cvcGiven: boolean): void {
  const card = cardWithNumber(number);
  if (card?.decline === undefined || card.attachable) return;
  if (card.cvcCheck === 'fail' && !cvcGiven) return;
  throw cardError({ ...declineDetails(declines[card.decline]), param: '' });
}

/** Gives the payment method to a customer. @throws ApiError 400 when it belongs to another one */
export function attach(turn: Turn, method: PaymentMethod, customer: string): void {
  if (method.customer === customer) return;
  if (method.customer !== null) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.');
  }
  const secret = secretOf(turn, method);
  if (secret.isUsedUp) throw usedUp();
  method.customer = customer;
  noteChecks(method, secret.number);
  save(turn, turn.world.store.payment_methods, method, 'updated');
  emit(turn, 'payment_method.attached', method);
}

/** When a card is kept, its bank checks its code and address: what was given passes unless the card says otherwise. */
export function noteChecks(method: PaymentMethod, number: string): void {
  const checks = method.card?.checks;
  const card = cardWithNumber(number);
  if (!checks || card === undefined) return;
  method.card = { ...method.card!, checks: checkedBy(card, checks) };
}

type Checks = NonNullable<NonNullable<PaymentMethod['card']>['checks']>;

/** A check that has nothing to compare stays null. */
export function checkedBy(card: CardBehaviour, checks: Checks): Checks {
  return {
    address_line1_check: checks.address_line1_check && (card.line1Check ?? 'pass'),
    address_postal_code_check: checks.address_postal_code_check && (card.postalCodeCheck ?? 'pass'),
    cvc_check: checks.cvc_check && (card.cvcCheck ?? 'pass'),
  };
}

/** Takes the payment method from its customer; it may not pay again, as at Stripe. */
export function detach(turn: Turn, method: PaymentMethod): void {
  const previous = method.customer as string;
  release(turn, method);
  emit(turn, 'payment_method.detached', method, { customer: previous });
  forgetDefault(turn, previous, method.id);
}

/** A customer's default payment method can only be one of its own. That an event tells of it is not verified. */
function forgetDefault(turn: Turn, customerId: string, methodId: string): void {
  const { customers } = turn.world.store;
  const customer = customers.get(customerId);
  if (customer?.invoice_settings.default_payment_method !== methodId) return;
  const previous = { invoice_settings: customer.invoice_settings };
  customer.invoice_settings = { ...customer.invoice_settings, default_payment_method: null };
  save(turn, customers, customer, 'updated');
  emit(turn, 'customer.updated', customer, previous);
}

/** The same without an event: legacy cards have events of their own. */
export function release(turn: Turn, method: PaymentMethod): void {
  method.customer = null;
  const { payment_methods, payment_method_secrets } = turn.world.store;
  payment_method_secrets.put({ ...secretOf(turn, method), isUsedUp: true });
  save(turn, payment_methods, method, 'updated');
}

export function usedUp(): Error {
  return invalidRequest(
    'This PaymentMethod was used before without belonging to a Customer, or was detached from one, and may not be used again.',
  );
}
