/**
 * A Checkout Session as the hosted page reads it from `/v1/payment_pages/:cs`. Amounts are in minor units; in setup mode
 * there are none, whatever the types say, and nobody may look at them.
 */
export interface CheckoutSession {
  id: string;
  mode: 'payment' | 'setup';
  ui_mode: string | null;
  redirect_on_completion?: string;
  status: 'open' | 'complete' | 'expired';
  payment_status: string;
  currency: string;
  amount_subtotal: number;
  amount_total: number;
  total_details: { amount_discount: number; amount_shipping: number; amount_tax: number } | null;
  line_items: { data: CheckoutLine[] };
  discounts: { coupon: CheckoutCoupon | null; promotion_code: { code: string } | null }[];
  allow_promotion_codes: boolean | null;
  shipping_address_collection: { allowed_countries: string[] } | null;
  shipping_cost: { amount_total: number; shipping_rate: string | null } | null;
  shipping_options: { shipping_amount: number; shipping_rate: CheckoutShippingRate }[];
  billing_address_collection: 'auto' | 'required' | null;
  phone_number_collection?: { enabled: boolean };
  consent_collection: { terms_of_service: 'none' | 'required' | null } | null;
  custom_fields: CheckoutField[];
  custom_text: Record<
    'after_submit' | 'shipping_address' | 'submit' | 'terms_of_service_acceptance',
    { message: string } | null
  >;
  after_expiration: { recovery: { url: string | null } | null } | null;
  customer_email: string | null;
  customer_details: { email: string | null } | null;
  submit_type: string | null;
  success_url: string | null;
  return_url?: string;
  cancel_url: string | null;
  payment_method_types: string[];
  payment_intent: CheckoutIntent | null;
  setup_intent: CheckoutIntent | null;
  payment_link: CheckoutLink | null;
}

/** The payment link that opened the session, as it was then. */
export interface CheckoutLink {
  url: string;
  after_completion: { hosted_confirmation?: { custom_message: string | null } };
}

export interface CheckoutLine {
  id: string;
  description: string | null;
  quantity: number;
  adjustable_quantity: { enabled: boolean; maximum: number | null; minimum: number | null } | null;
  amount_total: number;
  amount_subtotal: number;
  price: { unit_amount: number | null; product: unknown } | null;
  taxes: { amount: number; rate: CheckoutTaxRate }[];
}

export interface CheckoutTaxRate {
  id: string;
  display_name: string;
  percentage: number;
  inclusive: boolean;
}

export interface CheckoutCoupon {
  id: string;
  name: string | null;
  percent_off: number | null;
}

export interface CheckoutShippingRate {
  id: string;
  display_name: string | null;
  delivery_estimate: { minimum: EstimateBound | null; maximum: EstimateBound | null } | null;
}

export interface EstimateBound {
  unit: string;
  value: number;
}

export interface CheckoutField {
  key: string;
  label: { custom: string | null };
  optional: boolean;
  type: 'dropdown' | 'numeric' | 'text';
  dropdown?: { default_value: string | null; options: { label: string; value: string }[] };
  numeric?: CheckoutTextRules;
  text?: CheckoutTextRules;
}

export interface CheckoutTextRules {
  default_value: string | null;
  maximum_length: number | null;
  minimum_length: number | null;
}

type CheckoutProblem = { type: string; message?: string; code?: string; decline_code?: string };

export interface CheckoutIntent {
  status: string;
  client_secret: string;
  /** Of a payment, or of a setup. */
  last_payment_error?: CheckoutProblem | null;
  last_setup_error?: CheckoutProblem | null;
  next_action: {
    type: string;
    use_stripe_sdk?: { stripe_js: string };
    redirect_to_url?: { url: string };
  } | null;
}

/** What this page itself says after paying; undefined where the customer goes elsewhere. */
export function confirmationOf(
  session: Pick<CheckoutSession, 'payment_link'>,
): { custom_message: string | null } | undefined {
  return session.payment_link?.after_completion.hosted_confirmation;
}

/** Where the customer goes after paying, with the session's id where the merchant asked for it. */
export function successAddress(session: CheckoutSession): string {
  if (confirmationOf(session) !== undefined) return `/c/pay/${session.id}`;
  const address = session.success_url ?? session.return_url ?? '/';
  return address.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}

/** The sandbox's account has no name of its own, so the shop is called by its address. */
export function shopName(session: CheckoutSession): string {
  return shopHost(session) ?? 'the shop';
}

/** Null where no address of the shop is known: a payment link without one has Stripe's in its place. */
export function shopHost(session: CheckoutSession): string | null {
  if (confirmationOf(session) !== undefined) return null;
  const address = session.success_url ?? session.cancel_url ?? session.return_url ?? '';
  return URL.parse(address)?.host ?? null;
}
