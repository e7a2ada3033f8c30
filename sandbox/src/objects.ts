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
/** `source` is shown whole: it is of the time before payment methods, and no reference. */
export type Charge = Unexpanded<Omit<Stripe.Charge, 'source'>> & { source: Card | null };
export type PaymentMethod = Unexpanded<Stripe.PaymentMethod>;
export type Customer = Unexpanded<Stripe.Customer>;
export type DeletedCustomer = Stripe.DeletedCustomer;
export type SetupIntent = Unexpanded<Stripe.SetupIntent>;
export type SetupIntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'succeeded'
  | 'canceled';
export type SetupAttempt = Unexpanded<Stripe.SetupAttempt>;
/** A card of the time before payment methods: the shape of `source`, and of what a token holds. */
export type Card = Unexpanded<Stripe.Card>;
export type Token = Omit<Stripe.Token, 'card'> & { card?: Card };
export type ConfirmationToken = Stripe.ConfirmationToken;
export type CheckoutSession = Unexpanded<Stripe.Checkout.Session>;
export type PaymentLink = Unexpanded<Stripe.PaymentLink>;
export type BalanceTransaction = Unexpanded<Stripe.BalanceTransaction>;
export type Account = Stripe.Account;
export type Balance = Stripe.Balance;
export type Refund = Unexpanded<Stripe.Refund>;
export type Dispute = Omit<Unexpanded<Stripe.Dispute>, 'balance_transactions'> & {
  balance_transactions: BalanceTransaction[];
};
export type EarlyFraudWarning = Unexpanded<Stripe.Radar.EarlyFraudWarning>;
export type WebhookEndpoint = Unexpanded<Stripe.WebhookEndpoint>;
export type Product = Unexpanded<Stripe.Product>;
/** On the wire decimals are text; the SDK wraps them on arrival. */
export type Price = Omit<Unexpanded<Stripe.Price>, 'unit_amount_decimal'> & {
  unit_amount_decimal: string | null;
};
export type LineItem = Omit<Stripe.LineItem, 'price' | 'discounts' | 'taxes'> & { price: Price };
export type Coupon = Stripe.Coupon;
export type PromotionCode = Unexpanded<Omit<Stripe.PromotionCode, 'promotion'>> & {
  promotion: { coupon: string; type: 'coupon' };
};
export type ShippingRate = Unexpanded<Stripe.ShippingRate>;
export type TaxRate = Stripe.TaxRate;
export type Discount = Unexpanded<Omit<Stripe.Discount, 'source'>> & {
  source: { coupon: string; type: 'coupon' };
};
/** One tax of a line item, as `taxes` shows it. */
export type LineItemTax = NonNullable<Stripe.LineItem['taxes']>[number];
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
  /** How often the authorization was raised. */
  increments?: number;
}

/** What the sandbox must remember of a setup intent and the API does not show. */
export interface SetupIntentSecret {
  id: string;
  /** The Checkout Session that made it, which then is the only way to confirm it. */
  session: string | null;
  /** The open 3-D Secure challenge, or the answered one. */
  challenge: Challenge | null;
}

/** What a token stands for: a payment method with the id of its card, which exists once the token is used. */
export interface TokenSecret {
  id: string;
  method: PaymentMethod;
  number: string;
  cvcGiven: boolean;
}

/** What a confirmation token stands for. */
export interface ConfirmationTokenSecret {
  id: string;
  /** A payment method that exists already; null when the token describes a new one. */
  known: string | null;
  described: Omit<TokenSecret, 'id'> | null;
}

/** What the network will tell of a refund. */
export interface RefundSecret {
  id: string;
  /** 'referenced' only adds the acquirer's reference number to a refund that has succeeded already. */
  outcome: 'referenced' | 'succeeded' | 'failed';
  /** In milliseconds since 1970; null once it has been told. */
  settlesAt: number | null;
}

export type DisputeOutcome = 'won' | 'lost' | 'warning_closed' | 'escalated';

/** What the bank will decide about a dispute. */
export interface DisputeSecret {
  id: string;
  outcome: DisputeOutcome;
  /** In milliseconds since 1970; null once it has been decided. */
  decidesAt: number | null;
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
  /** The coupon or promotion code that counts; only one can. */
  discount?: AppliedDiscount | null;
  /** The session that continues this one after it expired. */
  recoveredBy?: string;
  /** What its payment link said about the time after paying when it was made. */
  afterCompletion?: PaymentLink['after_completion'];
}

/** What the sandbox must remember of a payment link and the API shows only when asked. */
export interface PaymentLinkSecret {
  id: string;
  items: LineItem[];
}

/** A discount with its coupon's terms as they were when it was given: a later change of the coupon does not touch it. */
export interface AppliedDiscount {
  discount: Discount;
  /** Minor units. */
  amountOff: number | null;
  percentOff: number | null;
  /** The products it is limited to; null when it counts for all. */
  products: string[] | null;
}

/** What a line item shows only when asked, and the tax rates it was given. Kept for items that have any. */
export interface LineItemParts {
  id: string;
  taxRates: string[];
  discounts: { amount: number; discount: Discount }[];
  taxes: LineItemTax[];
}

/** The products a coupon is limited to; Stripe shows them only when asked. */
export interface CouponScope {
  id: string;
  products: string[];
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
  /** The same in the versions of endpoints that have another, by the version's name. */
  renditions?: Record<string, { object: string; previous: string | null }>;
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
  /** Sent by hand (`events resend`): one attempt, beside the automatic ones. */
  isManual?: boolean;
  /** A delivery by hand has already succeeded, so that this one's success changes nothing. */
  isCovered?: boolean;
}

/** What the sandbox must remember of a webhook endpoint and the API shows only to the call that creates it, or never. */
export interface EndpointSecret {
  id: string;
  secret: string;
  /** The secret before the last roll, in milliseconds since 1970 until when it signs too. */
  previous?: { secret: string; expiresAt: number };
  /** When the first delivery failed after which none has succeeded, in milliseconds since 1970. */
  failingSince?: number;
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
