/** All of the sandbox's state, in memory; a file behind it, when there is one, is written through in batches. */
import type {
  BalanceTransaction,
  Charge,
  CheckoutSession,
  Customer,
  Delivery,
  EndpointSecret,
  EventRecord,
  IdempotencyRecord,
  PaymentIntent,
  PaymentIntentSecret,
  PaymentMethod,
  PaymentMethodSecret,
  Product,
  SessionSecret,
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
  readonly customers = new Collection<Customer>('customers', this.write);
  readonly sessions = new Collection<CheckoutSession>('sessions', this.write, {
    index: (session) => session.payment_intent,
  });
  readonly session_secrets = new Collection<SessionSecret>('session_secrets', this.write);
  readonly products = new Collection<Product>('products', this.write);
  readonly balance_transactions = new Collection<BalanceTransaction>('balance_transactions', this.write, {
    index: (transaction) => transaction.source,
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
