/** Making and finding payment methods. */
import { createHash } from 'node:crypto';
import { cardWithName, cardWithNumber, type TestCard } from '../cards.ts';
import type { PaymentMethod, PaymentMethodSecret } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { mergeMetadata, metadata } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, missingResource, notBuilt } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { hash, oneOf, text, withoutEffect } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import { billingDetails, billingDetailsParameter } from './billing-details.ts';
import { type CheckedCard, cardParameter, checkCard, namedCard } from './card-input.ts';
import { checkIban, testIbans } from './sepa.ts';

/** `payment_method_data` of other endpoints, and the body of `POST /v1/payment_methods`. */
export const paymentMethodFields = {
  type: text(),
  card: cardParameter,
  sepa_debit: hash({ iban: text() }),
  billing_details: billingDetailsParameter,
  metadata: metadata(),
  allow_redisplay: oneOf('always', 'limited', 'unspecified'),
  radar_options: withoutEffect(),
};
export type PaymentMethodInput = Values<typeof paymentMethodFields>;

export function createPaymentMethod(turn: Turn, input: PaymentMethodInput): PaymentMethod {
  const type = input.type ?? (input.card === undefined ? undefined : 'card');
  if (type === undefined) throw missingParameter('type');
  if (type === 'card') {
    if (input.card === undefined) throw missingParameter('card');
    const today = new Date(turn.now * 1000);
    return keepCard(turn, checkCard(input.card, today.getUTCFullYear(), today.getUTCMonth() + 1), input);
  }
  if (type === 'sepa_debit') return keepSepaDebit(turn, checkIban(input.sepa_debit?.iban), input);
  throw notBuilt(`payment methods of type '${type}'`);
}

/** Finds a payment method; the names of test cards (`pm_card_visa`) make a new one each time, as at Stripe. */
export function findPaymentMethod(turn: Turn, id: string, param: string): PaymentMethod {
  const found = turn.world.store.payment_methods.get(id);
  if (found !== undefined) return found;
  const card = id.startsWith('pm_card_') ? cardWithName(id) : undefined;
  if (card === undefined) throw missingResource('PaymentMethod', id, param);
  return keepCard(turn, namedCard(card, new Date(turn.now * 1000).getUTCFullYear()), {});
}

export function secretOf(turn: Turn, method: PaymentMethod): PaymentMethodSecret {
  return turn.world.store.payment_method_secrets.get(method.id)!;
}

/** The row of the card table behind a card payment method. */
export function cardOf(secret: PaymentMethodSecret): TestCard {
  return cardWithNumber(secret.number)!;
}

/** Gives the payment method to a customer. @throws ApiError 400 when it belongs to another one */
export function attach(turn: Turn, method: PaymentMethod, customer: string): void {
  if (method.customer === customer) return;
  if (method.customer !== null) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.');
  }
  if (secretOf(turn, method).isUsedUp) throw usedUp();
  method.customer = customer;
  save(turn, turn.world.store.payment_methods, method, 'updated');
  emit(turn, 'payment_method.attached', method);
}

/** Takes the payment method from its customer; it may not pay again, as at Stripe. */
export function detach(turn: Turn, method: PaymentMethod): void {
  const previous = method.customer;
  method.customer = null;
  const { payment_methods, payment_method_secrets } = turn.world.store;
  payment_method_secrets.put({ ...secretOf(turn, method), isUsedUp: true });
  save(turn, payment_methods, method, 'updated');
  emit(turn, 'payment_method.detached', method, { customer: previous });
}

export function usedUp(): Error {
  return invalidRequest(
    'This PaymentMethod was used before without belonging to a Customer, or was detached from one, and may not be used again.',
  );
}

function keepCard(turn: Turn, checked: CheckedCard, input: PaymentMethodInput): PaymentMethod {
  const { card } = checked;
  const method = base(turn, 'card', input);
  method.card = {
    brand: card.brand,
    checks: {
      address_line1_check: method.billing_details.address?.line1 ? 'unchecked' : null,
      address_postal_code_check: method.billing_details.address?.postal_code ? 'unchecked' : null,
      cvc_check: checked.cvcGiven ? 'unchecked' : null,
    },
    country: card.country,
    display_brand: card.brand === 'amex' ? 'american_express' : card.brand,
    exp_month: checked.expMonth,
    exp_year: checked.expYear,
    fingerprint: fingerprint(card.number),
    funding: card.funding,
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: card.brand !== 'amex' },
    wallet: null,
  };
  keep(turn, method, { number: card.number, cvcGiven: checked.cvcGiven });
  return method;
}

function keepSepaDebit(turn: Turn, iban: string, input: PaymentMethodInput): PaymentMethod {
  const method = base(turn, 'sepa_debit', input);
  if (!method.billing_details.email) throw missingParameter('billing_details[email]');
  if (!method.billing_details.name) throw missingParameter('billing_details[name]');
  method.sepa_debit = {
    bank_code: iban.slice(4, 9),
    branch_code: null,
    country: testIbans[iban]!.country,
    fingerprint: fingerprint(iban),
    generated_from: { charge: null, setup_attempt: null },
    last4: iban.slice(-4),
  };
  keep(turn, method, { number: iban, cvcGiven: false });
  return method;
}

function base(turn: Turn, type: 'card' | 'sepa_debit', input: PaymentMethodInput): PaymentMethod {
  return {
    id: turn.world.ids.object('pm'),
    object: 'payment_method',
    allow_redisplay: input.allow_redisplay ?? 'unspecified',
    billing_details: billingDetails(input.billing_details),
    created: turn.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergeMetadata({}, input.metadata),
    type,
  };
}

function keep(turn: Turn, method: PaymentMethod, facts: { number: string; cvcGiven: boolean }): void {
  save(turn, turn.world.store.payment_methods, method, 'created');
  turn.world.store.payment_method_secrets.put({
    id: method.id,
    ...facts,
    isSetUp: false,
    isUsedUp: false,
  });
}

const fingerprints = new Map<string, string>();

/** The same number always has the same fingerprint, as at Stripe. There are few numbers. */
function fingerprint(number: string): string {
  const known = fingerprints.get(number);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(number).digest('base64');
  const made = digest.replaceAll(/[+/=]/g, '').slice(0, 16);
  fingerprints.set(number, made);
  return made;
}
