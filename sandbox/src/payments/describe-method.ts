/** Payment methods before they are kept: what the API shows of them, and the test number behind. */
import { createHash } from 'node:crypto';
import type { PaymentMethod, TokenSecret } from '../objects.ts';
import { type MetadataChange, mergeMetadata } from '../wire/common-parameters.ts';
import { missingParameter } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { type BillingDetailsInput, billingDetails } from './billing-details.ts';
import type { CheckedCard } from './card-input.ts';
import { testIbans } from './sepa.ts';

/** A payment method that may be kept later (tokens), or is only shown (confirmation tokens). */
export type Described = Omit<TokenSecret, 'id'>;

export interface Details {
  billing_details?: BillingDetailsInput;
  metadata?: MetadataChange;
  allow_redisplay?: 'always' | 'limited' | 'unspecified';
}

/** @param id the id it will have when it is kept; legacy cards have `card_…` */
export function describeCard(turn: Turn, checked: CheckedCard, details: Details, id?: string): Described {
  const { card } = checked;
  const method = base(turn, 'card', details, id);
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
  return { method, number: card.number, cvcGiven: checked.cvcGiven };
}

export function describeSepaDebit(turn: Turn, iban: string, details: Details): Described {
  const method = base(turn, 'sepa_debit', details);
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
  return { method, number: iban, cvcGiven: false };
}

/** Another payment method with the same card, as a token becomes one. What is given wins over what the token holds. */
export function describedAgain(turn: Turn, described: Described, details: Details): Described {
  const copy = base(turn, 'card', details);
  const { method } = described;
  const billing =
    details.billing_details === undefined ? { ...method.billing_details } : copy.billing_details;
  return {
    ...described,
    method: { ...copy, billing_details: billing, card: structuredClone(method.card!) },
  };
}

/** From now on it can be found by its id, and pay. */
export function keepMethod(turn: Turn, described: Described): PaymentMethod {
  const { method, number, cvcGiven } = described;
  const { payment_methods, payment_method_secrets } = turn.world.store;
  save(turn, payment_methods, method, 'created');
  payment_method_secrets.put({ id: method.id, number, cvcGiven, isSetUp: false, isUsedUp: false });
  return method;
}

function base(turn: Turn, type: 'card' | 'sepa_debit', details: Details, id?: string): PaymentMethod {
  return {
    id: id ?? turn.world.ids.object('pm'),
    object: 'payment_method',
    allow_redisplay: details.allow_redisplay ?? 'unspecified',
    billing_details: billingDetails(details.billing_details),
    created: turn.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergeMetadata({}, details.metadata),
    type,
  };
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
