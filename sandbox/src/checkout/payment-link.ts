/** Following a payment link: each visit opens a Checkout Session of its own. */
import type {
  AppliedDiscount,
  CheckoutSession,
  LineItem,
  PaymentIntentData,
  PaymentLink,
} from '../objects.ts';
import { automaticTypes } from '../payments/method-types.ts';
import { ApiError, invalidRequest } from '../wire/errors.ts';
import type { Turn } from '../world.ts';
import { withEmptyValues } from './custom-fields.ts';
import { customerDetails } from './customer-details.ts';
import { readTypedCode } from './discounts.ts';
import { checkTotal, expiry } from './limits.ts';
import { type Line, subtotalOf } from './line-items.ts';
import { takesSessions } from './link-restriction.ts';
import { createSession, type NewSession } from './session.ts';
import type { ShippingChoice } from './shipping.ts';
import { computeTotals } from './totals.ts';

/** What a session of a link has for an address to which nobody is sent. Source: recorded webhooks of such sessions. */
const NO_ADDRESS = 'https://stripe.com';
const INACTIVE = 'It takes no more payments. Ask whoever gave it to you for another way to pay.';

/** What the address of this visit said; null for what it did not say, or not rightly. */
export interface Visitor {
  client_reference_id?: string | null;
  locked_prefilled_email?: string | null;
  prefilled_email?: string | null;
  prefilled_promo_code?: string | null;
}

/** @throws ApiError 400 with a sentence for the customer when the link is not active or was paid often enough */
export function openLink(turn: Turn, link: PaymentLink, visitor: Visitor): CheckoutSession {
  if (!takesSessions(link)) throw invalidRequest(link.inactive_message ?? INACTIVE);
  const { payment_link_secrets: linkSecrets, session_secrets: secrets } = turn.world.store;
  const lines = linkSecrets.get(link.id)!.items.map(lineOf);
  const shipping = choicesOf(turn, link);
  const session = createSession(turn, {
    settings: settingsOf(turn, link, visitor),
    lines,
    discount: prefilledDiscount(turn, link, { lines, shipping }, visitor.prefilled_promo_code ?? null),
    shipping,
    paymentIntentData: intentData(link),
  });
  const afterCompletion = structuredClone(link.after_completion);
  secrets.put({ ...secrets.get(session.id)!, afterCompletion });
  return session;
}

/** The session keeps its link as it was when it was opened, as far as a browser may see it. */
export function linkForPage(turn: Turn, session: CheckoutSession): PaymentLink | null {
  const { payment_links: links, session_secrets: secrets } = turn.world.store;
  const link = links.get(session.payment_link ?? '');
  if (link === undefined) return null;
  const { afterCompletion } = secrets.get(session.id)!;
  return {
    ...link,
    after_completion: afterCompletion ?? link.after_completion,
    payment_intent_data: null,
  };
}

/** A later change of the link does not touch the session, so everything is copied. */
function settingsOf(turn: Turn, link: PaymentLink, visitor: Visitor): NewSession['settings'] {
  const fixed = visitor.locked_prefilled_email ?? null;
  const email = fixed ?? visitor.prefilled_email ?? null;
  return structuredClone({
    allow_promotion_codes: link.allow_promotion_codes,
    billing_address_collection: link.billing_address_collection,
    cancel_url: NO_ADDRESS,
    client_reference_id: visitor.client_reference_id ?? null,
    consent_collection: link.consent_collection,
    currency: link.currency,
    custom_fields: withEmptyValues(link.custom_fields),
    custom_text: link.custom_text,
    customer_creation: link.customer_creation,
    // Whether Stripe shows an address that the customer may still change before they have paid is not verified.
    customer_details: email === null ? null : customerDetails({ email }),
    customer_email: fixed,
    expires_at: expiry(turn),
    locale: 'auto',
    metadata: link.metadata,
    payment_link: link.id,
    payment_method_types: link.payment_method_types ?? automaticTypes(link.currency),
    phone_number_collection: link.phone_number_collection,
    shipping_address_collection: link.shipping_address_collection,
    submit_type: link.submit_type,
    success_url: link.after_completion.redirect?.url ?? NO_ADDRESS,
  });
}

/** A price that was archived since is still sold; that Stripe does so is not verified. */
function lineOf({ adjustable_quantity: adjustable, price, quantity }: LineItem): Line {
  return {
    item: null,
    price,
    catalogued: { ...price },
    data: null,
    product: price.product,
    quantity: quantity!,
    adjustable: adjustable && { ...adjustable },
    taxRates: [],
    metadata: undefined,
  };
}

function choicesOf(turn: Turn, link: PaymentLink): ShippingChoice[] {
  return link.shipping_options.map(({ shipping_amount: amount, shipping_rate: id }) => ({
    rate: turn.world.store.shipping_rates.get(String(id))!,
    data: null,
    amount,
  }));
}

type Order = Pick<NewSession, 'lines' | 'shipping'>;

/** A code that cannot be used is dropped in silence, as Stripe drops whatever is wrong with such an address. */
function prefilledDiscount(
  turn: Turn,
  { allow_promotion_codes: takesCodes, currency }: PaymentLink,
  { lines, shipping }: Order,
  code: string | null,
): AppliedDiscount | null {
  if (!takesCodes || code === null) return null;
  const subtotal = lines.reduce((total, line) => total + subtotalOf(line), 0);
  try {
    const discount = readTypedCode(turn, code, { customer: null, currency, subtotal });
    checkTotal(computeTotals(lines, discount, shipping[0]?.amount ?? null).total, currency);
    return discount;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

function intentData({ payment_intent_data: given }: PaymentLink): PaymentIntentData {
  return {
    metadata: { ...given?.metadata },
    description: given?.description ?? null,
    receipt_email: null,
    shipping: null,
    capture_method: (given?.capture_method ?? null) as PaymentIntentData['capture_method'],
    setup_future_usage: (given?.setup_future_usage ?? null) as PaymentIntentData['setup_future_usage'],
    statement_descriptor: given?.statement_descriptor ?? null,
    statement_descriptor_suffix: given?.statement_descriptor_suffix ?? null,
  };
}
