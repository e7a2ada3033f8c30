/** All of the sandbox's state, in memory; a file behind it, when there is one, is written through in batches. */
import type {
  BalanceTransaction,
  Charge,
  CheckoutSession,
  ConfirmationToken,
  ConfirmationTokenSecret,
  Coupon,
  CouponScope,
  Customer,
  DeletedCustomer,
  Delivery,
  Dispute,
  DisputeSecret,
  EarlyFraudWarning,
  EndpointSecret,
  EventRecord,
  IdempotencyRecord,
  LineItemParts,
  PaymentIntent,
  PaymentIntentSecret,
  PaymentLink,
  PaymentLinkSecret,
  PaymentMethod,
  PaymentMethodSecret,
  Price,
  Product,
  PromotionCode,
  Refund,
  RefundSecret,
  SessionSecret,
  SetupAttempt,
  SetupIntent,
  SetupIntentSecret,
  ShippingRate,
  TaxRate,
  Token,
  TokenSecret,
  WebhookEndpoint,
} from '../objects.ts';
import { Collection } from './collection.ts';
import type { FileStorage } from './file-storage.ts';

/** Bounds of what would otherwise grow with every call (about 2 KB each). Payments themselves are never forgotten. */
const MOST_EVENTS = 20_000;
const MOST_SETTLED_DELIVERIES = 20_000;
const MOST_IDEMPOTENCY_KEYS = 10_000;

export class Store {
  private readonly file: FileStorage | null;
  private readonly write = (collection: string, sequence: number, record: object | null): void => {
    this.file?.write(collection, sequence, record);
  };
  readonly payment_intents = new Collection<PaymentIntent>('payment_intents', this.write);
  readonly payment_intent_secrets = new Collection<PaymentIntentSecret>('payment_intent_secrets', this.write);
  readonly charges = new Collection<Charge>('charges', this.write, {
    index: (charge) => charge.payment_intent,
  });
  readonly payment_methods = new Collection<PaymentMethod>('payment_methods', this.write, {
    index: (method) => method.customer,
  });
  readonly payment_method_secrets = new Collection<PaymentMethodSecret>('payment_method_secrets', this.write);
  readonly setup_intents = new Collection<SetupIntent>('setup_intents', this.write);
  readonly setup_intent_secrets = new Collection<SetupIntentSecret>('setup_intent_secrets', this.write);
  readonly setup_attempts = new Collection<SetupAttempt>('setup_attempts', this.write, {
    index: (attempt) => attempt.setup_intent,
  });
  readonly tokens = new Collection<Token>('tokens', this.write);
  readonly token_secrets = new Collection<TokenSecret>('token_secrets', this.write);
  readonly confirmation_tokens = new Collection<ConfirmationToken>('confirmation_tokens', this.write);
  readonly confirmation_token_secrets = new Collection<ConfirmationTokenSecret>(
    'confirmation_token_secrets',
    this.write,
  );
  readonly customers = new Collection<Customer>('customers', this.write);
  readonly deleted_customers = new Collection<DeletedCustomer>('deleted_customers', this.write);
  readonly sessions = new Collection<CheckoutSession>('sessions', this.write, {
    index: (session) => session.payment_intent,
  });
  readonly session_secrets = new Collection<SessionSecret>('session_secrets', this.write);
  readonly payment_links = new Collection<PaymentLink>('payment_links', this.write, {
    index: ({ url }) => url.slice(url.lastIndexOf('/') + 1),
  });
  readonly payment_link_secrets = new Collection<PaymentLinkSecret>('payment_link_secrets', this.write);
  readonly line_item_parts = new Collection<LineItemParts>('line_item_parts', this.write);
  readonly products = new Collection<Product>('products', this.write);
  readonly prices = new Collection<Price>('prices', this.write, { index: (price) => price.product });
  readonly coupons = new Collection<Coupon>('coupons', this.write);
  readonly coupon_scopes = new Collection<CouponScope>('coupon_scopes', this.write);
  readonly promotion_codes = new Collection<PromotionCode>('promotion_codes', this.write, {
    index: (code) => code.promotion.coupon,
  });
  readonly shipping_rates = new Collection<ShippingRate>('shipping_rates', this.write);
  readonly tax_rates = new Collection<TaxRate>('tax_rates', this.write);
  readonly balance_transactions = new Collection<BalanceTransaction>('balance_transactions', this.write, {
    index: (transaction) => transaction.source,
  });
  readonly refunds = new Collection<Refund>('refunds', this.write, { index: (refund) => refund.charge });
  readonly refund_secrets = new Collection<RefundSecret>('refund_secrets', this.write);
  readonly disputes = new Collection<Dispute>('disputes', this.write, { index: (dispute) => dispute.charge });
  readonly dispute_secrets = new Collection<DisputeSecret>('dispute_secrets', this.write);
  readonly early_fraud_warnings = new Collection<EarlyFraudWarning>('early_fraud_warnings', this.write, {
    index: (warning) => warning.charge,
  });
  readonly webhook_endpoints = new Collection<WebhookEndpoint>('webhook_endpoints', this.write);
  readonly endpoint_secrets = new Collection<EndpointSecret>('endpoint_secrets', this.write);
  readonly events = new Collection<EventRecord>('events', this.write, {
    most: MOST_EVENTS,
    mayForget: (event) => event.undecided === 0,
  });
  readonly deliveries = new Collection<Delivery>('deliveries', this.write, {
    index: (delivery) => (delivery.state === 'pending' ? delivery.event : null),
    most: MOST_SETTLED_DELIVERIES,
    mayForget: (delivery) => delivery.state !== 'pending',
  });
  readonly idempotency_keys = new Collection<IdempotencyRecord>('idempotency_keys', this.write, {
    most: MOST_IDEMPOTENCY_KEYS,
  });

  /** @param file the SQLite file behind it, or null for memory only. */
  constructor(file: FileStorage | null) {
    this.file = file;
    if (file === null) return;
    for (const property of Object.values(this)) {
      if (!(property instanceof Collection)) continue;
      for (const { record, sequence } of file.read(property.name)) {
        property.restore(record as never, sequence);
      }
    }
  }

  get storage(): FileStorage | null {
    return this.file;
  }

  /** Calls back once everything written so far is on file: at once when there is no file. */
  whenSafe(callback: () => void): void {
    if (this.file === null) callback();
    else this.file.whenSafe(callback);
  }

  close(): void {
    this.file?.close();
  }
}
