/**
 * Cards of the time before payment methods (docs.stripe.com/api/cards). Here, as at Stripe, such a card is a payment
 * method too, under the same id; this is its older shape.
 */
import type { BillingDetails, Card, PaymentMethod } from '../objects.ts';
import { emptyable, text } from '../wire/schema.ts';

/** The parameters of its address, of tokens and of sources. */
export const cardAddress = {
  address_city: emptyable(text()),
  address_country: emptyable(text()),
  address_line1: emptyable(text()),
  address_line2: emptyable(text()),
  address_state: emptyable(text()),
  address_zip: emptyable(text()),
};

/** How the older shape writes the brands. Source: the list of `brand` in the SDK's type of cards. */
const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'MasterCard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

export function isLegacyCard(method: Pick<PaymentMethod, 'id'>): boolean {
  return method.id.startsWith('card_');
}

export function cardShape(method: PaymentMethod): Card {
  const card = method.card!;
  const { address, name } = method.billing_details;
  return {
    id: method.id,
    object: 'card',
    address_city: address?.city ?? null,
    address_country: address?.country ?? null,
    address_line1: address?.line1 ?? null,
    address_line1_check: card.checks?.address_line1_check ?? null,
    address_line2: address?.line2 ?? null,
    address_state: address?.state ?? null,
    address_zip: address?.postal_code ?? null,
    address_zip_check: card.checks?.address_postal_code_check ?? null,
    allow_redisplay: method.allow_redisplay ?? 'unspecified',
    brand: BRANDS[card.brand] ?? card.brand,
    country: card.country,
    customer: method.customer as string | null,
    cvc_check: card.checks?.cvc_check ?? null,
    dynamic_last4: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    last4: card.last4,
    metadata: method.metadata ?? {},
    name,
    regulated_status: 'unregulated',
    tokenization_method: null,
  };
}

type CardAddress = {
  [K in 'city' | 'country' | 'line1' | 'line2' | 'state' | 'zip' as `address_${K}`]?: string | null;
};

/** The parts of an address that are given in the older shape. */
export function addressOf(given: CardAddress): Partial<NonNullable<BillingDetails['address']>> {
  const parts: Record<string, string | null | undefined> = {
    city: given.address_city,
    country: given.address_country,
    line1: given.address_line1,
    line2: given.address_line2,
    postal_code: given.address_zip,
    state: given.address_state,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}
