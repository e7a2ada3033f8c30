/** A Checkout Session as the hosted page reads it from `/v1/payment_pages/:cs`. Amounts are in minor units. */
export interface CheckoutSession {
  id: string;
  status: 'open' | 'complete' | 'expired';
  payment_status: string;
  currency: string;
  amount_subtotal: number;
  amount_total: number;
  total_details: { amount_discount: number; amount_shipping: number; amount_tax: number } | null;
  line_items: { data: CheckoutLine[] };
  customer_email: string | null;
  customer_details: { email: string | null } | null;
  success_url: string | null;
  cancel_url: string | null;
  payment_method_types: string[];
  payment_intent: CheckoutIntent | null;
}

export interface CheckoutLine {
  description: string | null;
  quantity: number;
  amount_total: number;
  amount_subtotal: number;
  price: { unit_amount: number | null; product: unknown } | null;
}

export interface CheckoutIntent {
  status: string;
  client_secret: string;
  last_payment_error: { type: string; message?: string; code?: string; decline_code?: string } | null;
  next_action: {
    type: string;
    use_stripe_sdk?: { stripe_js: string };
    redirect_to_url?: { url: string };
  } | null;
}

/** Where the customer goes after paying, with the session's id where the merchant asked for it. */
export function successAddress(session: Pick<CheckoutSession, 'id' | 'success_url'>): string {
  return (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}
