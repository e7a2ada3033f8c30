/**
 * The objects the sandbox keeps, typed by the official SDK's own response types, so that a field that Stripe requires
 * cannot be forgotten. They are kept unexpanded: references are ids.
 */
import type Stripe from 'stripe';

/** A reference that the API would expand on demand is kept as its id. */
type Unexpanded<T> = { [K in keyof T]: Exclude<T[K], { id: string; object: string }> };

export type PaymentIntent = Unexpanded<Stripe.PaymentIntent>;
export type PaymentIntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';
export type LastPaymentError = NonNullable<Stripe.PaymentIntent['last_payment_error']>;
export type Charge = Unexpanded<Stripe.Charge>;
export type PaymentMethod = Unexpanded<Stripe.PaymentMethod>;
export type Customer = Unexpanded<Stripe.Customer>;
export type CheckoutSession = Unexpanded<Stripe.Checkout.Session>;
export type BalanceTransaction = Unexpanded<Stripe.BalanceTransaction>;
export type WebhookEndpoint = Unexpanded<Stripe.WebhookEndpoint>;
export type Product = Unexpanded<Stripe.Product>;
/** On the wire decimals are text; the SDK wraps them on arrival. */
export type Price = Omit<Unexpanded<Stripe.Price>, 'unit_amount_decimal'> & {
  unit_amount_decimal: string | null;
};
export type LineItem = Omit<Stripe.LineItem, 'price'> & { price: Price };
export type BillingDetails = Stripe.Charge['billing_details'];

/** What the sandbox must remember of a payment method and the API does not show. */
export interface PaymentMethodSecret {
  id: string;
  /** A published test card's number, or a test IBAN. Never a real one: those are refused. */
  number: string;
  cvcGiven: boolean;
  /** A payment with `setup_future_usage` went through: later off-session payments need no authentication. */
  isSetUp: boolean;
  /** It paid without belonging to a customer, and may not pay again. */
  isUsedUp: boolean;
}

/** What the sandbox must remember of a payment intent and the API does not show. */
export interface PaymentIntentSecret {
  id: string;
  /** The Checkout Session that made it, which then is the only way to confirm it. */
  session: string | null;
  /** The open 3-D Secure challenge, or the answered one. */
  challenge: Challenge | null;
  /** When the bank answers for a delayed payment method, in milliseconds since 1970. */
  settlesAt: number | null;
}

export interface Challenge {
  token: string;
  source: string;
  paymentMethod: string;
  offSession: boolean;
  returnUrl: string | null;
  outcome: 'passed' | 'failed' | null;
}

/** What the sandbox must remember of a Checkout Session and the API does not show. */
export interface SessionSecret {
  id: string;
  items: LineItem[];
  /** `payment_intent_data`, kept for the payment intent that the first confirmation creates. */
  paymentIntentData: PaymentIntentData;
}

export interface PaymentIntentData {
  metadata: Record<string, string>;
  description: string | null;
  receipt_email: string | null;
  shipping: PaymentIntent['shipping'];
  capture_method: 'automatic' | 'automatic_async' | 'manual' | null;
  setup_future_usage: 'off_session' | 'on_session' | null;
  statement_descriptor: string | null;
  statement_descriptor_suffix: string | null;
}

/** An event whose object was rendered once, when it happened. Kept as text: there are many of them. */
export interface EventRecord {
  id: string;
  type: string;
  created: number;
  apiVersion: string;
  /** JSON of `data.object`. */
  object: string;
  /** JSON of `data.previous_attributes`. */
  previous: string | null;
  requestId: string | null;
  idempotencyKey: string | null;
  /** How many endpoints had to be told. */
  endpoints: number;
  /** How many of them have not answered with success. Not kept on file: the deliveries tell it. */
  pending: number;
  /** How many of them will still be tried. Not kept on file either. */
  undecided: number;
}

export interface DeliveryAttempt {
  /** Milliseconds since 1970. */
  at: number;
  status: number | null;
  error: string | null;
}

export interface Delivery {
  id: string;
  event: string;
  type: string;
  endpoint: string;
  state: 'pending' | 'succeeded' | 'failed';
  attempts: DeliveryAttempt[];
  /** Milliseconds since 1970; null once it is settled. */
  nextAttemptAt: number | null;
}

/** A webhook endpoint's secret, shown only by the call that creates the endpoint. */
export interface EndpointSecret {
  id: string;
  secret: string;
}

/** What an idempotency key remembers. */
export interface IdempotencyRecord {
  id: string;
  endpoint: string;
  parameters: string;
  requestId: string;
  createdAt: number;
  reply: { status: number; body: string };
}
