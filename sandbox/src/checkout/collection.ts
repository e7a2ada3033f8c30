/** What a session asks the customer for beside the payment, and the words the shop puts beside it. */
import type { CheckoutSession } from '../objects.ts';
import { type Address, address, wholeAddress } from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { arrayOf, emptyable, hash, oneOf, onlyBuilt, required, text, unbuilt } from '../wire/schema.ts';
import { enteredFields } from './custom-fields.ts';

const LONGEST_MESSAGE = 1_200;

const message = emptyable(hash({ message: required(text(LONGEST_MESSAGE)) }));
export const customTextParameter = hash({
  after_submit: message,
  shipping_address: message,
  submit: message,
  terms_of_service_acceptance: message,
});

export const consentCollectionParameter = hash({
  payment_method_reuse_agreement: unbuilt(),
  promotions: onlyBuilt('none'),
  terms_of_service: oneOf('none', 'required'),
});

export const shippingAddressCollectionParameter = hash({
  allowed_countries: required(arrayOf(text(2))),
});

const shippingDetails = { address: required(address), name: required(text()) };
export const shippingDetailsParameter = hash(shippingDetails);
export type ShippingDetailsInput = Values<typeof shippingDetails>;

export interface Entered {
  custom_fields?: { key: string; value?: string }[];
  consent?: { terms_of_service?: 'accepted' };
  phone: string | null;
  shipping?: ShippingDetailsInput;
}

/** Stripe keeps every key, with null for what was not given. */
export function wholeCustomText(
  given: Partial<Record<keyof CheckoutSession['custom_text'], { message: string } | null>> = {},
): CheckoutSession['custom_text'] {
  return {
    after_submit: given.after_submit ?? null,
    shipping_address: given.shipping_address ?? null,
    submit: given.submit ?? null,
    terms_of_service_acceptance: given.terms_of_service_acceptance ?? null,
  };
}

export function wholeConsentCollection(
  given: { promotions?: 'none'; terms_of_service?: 'none' | 'required' } | undefined,
): CheckoutSession['consent_collection'] {
  if (given === undefined) return null;
  return {
    payment_method_reuse_agreement: null,
    promotions: given.promotions ?? null,
    terms_of_service: given.terms_of_service ?? null,
  };
}

/**
 * Keeps what the customer entered; nothing of it when a part is missing.
 * @throws ApiError 400 when something is missing that the session asks for
 */
export function collect(session: CheckoutSession, entered: Entered): void {
  const fields = enteredFields(session.custom_fields, entered.custom_fields);
  if (session.phone_number_collection?.enabled && entered.phone === null) {
    throw missingParameter('customer_details[phone]');
  }
  const asksConsent = session.consent_collection?.terms_of_service === 'required';
  if (asksConsent && entered.consent?.terms_of_service === undefined) {
    throw missingParameter('consent[terms_of_service]');
  }
  if (session.shipping_address_collection !== null) {
    if (entered.shipping !== undefined) setShippingDetails(session, entered.shipping, 'shipping');
    if (!session.collected_information?.shipping_details) throw missingParameter('shipping[address]');
  }
  session.custom_fields = fields;
  if (asksConsent) session.consent = { promotions: null, terms_of_service: 'accepted' };
}

/** @throws ApiError 400 for a country that the session does not ship to */
export function setShippingDetails(
  session: CheckoutSession,
  given: ShippingDetailsInput,
  name: string,
): void {
  const whole = wholeAddress(given.address) as Address;
  for (const key of ['country', 'line1'] as const) {
    if (whole[key] === null) throw missingParameter(`${name}[address][${key}]`);
  }
  const countries = session.shipping_address_collection?.allowed_countries;
  if (countries !== undefined && !countries.includes(whole.country!)) {
    throw invalidRequest(
      `This Checkout Session does not ship to ${whole.country}.`,
      undefined,
      `${name}[address][country]`,
    );
  }
  const details = { address: whole, name: given.name };
  session.collected_information = {
    business_name: null,
    individual_name: null,
    shipping_details: details as NonNullable<
      NonNullable<CheckoutSession['collected_information']>['shipping_details']
    >,
  };
}
