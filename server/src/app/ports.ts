import type { Currency } from '@paydesk/contract/money';
import type { PaymentFlow } from '@paydesk/contract/payments';
import type { Database } from '../db/database.ts';
import type { Country } from '../db/rates.ts';
import type { Minor } from '../domain/money.ts';
import type { PaymentFact } from '../domain/payment.ts';
import type { LiveOrders } from './live-orders.ts';

/** The outside world on one page. A port stands here only where two real implementations exist. */

export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
};

export type Ids = {
  /** An unguessable public id such as `ord_…`. */
  next(prefix: string): string;
  /** 256 random bits as text, for access tokens. */
  secret(): string;
  /** Eight characters people can read to each other: 7K3M-92QX. */
  orderNumber(): string;
};

export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/**
 * Everything a provider is told about one attempt, frozen when the attempt is made: the same attempt always sends the
 * same bytes, so that its idempotency key can be replayed.
 */
export type FrozenPayment = {
  paymentId: string;
  orderId: string;
  orderNumber: string;
  instanceId: string;
  flow: PaymentFlow;
  amount: Minor;
  currency: Currency;
  email: string;
  lines: {
    name: string;
    description: string | null;
    imageUrl: string | null;
    unitAmount: Minor;
    quantity: number;
  }[];
  successUrl: string;
  cancelUrl: string;
  /** Epoch milliseconds: when the provider's page must close. */
  expiresAt: number;
};

export type PaymentRefs = { sessionRef: string | null; intentRef: string | null };

/** How the customer goes on: with a secret for the form on our page, or at an address of the provider's. */
export type NextStep = { clientSecret?: string; url?: string };

/** `payable`: the customer can go on. `taken`: money moved or is moving, a signed event will say so. `closed`: it is over. */
export type Resumed = { state: 'payable'; next: NextStep } | { state: 'taken' } | { state: 'closed' };

/** A provider's word, signature and age checked. `fact` is null where it means nothing to us; `reason` then says why. */
export type SignedEvent = {
  id: string;
  type: string;
  objectId: string;
  fact: PaymentFact | null;
  reason: string;
};

/** One way of taking money. Calls reject with `ProviderError` and never take longer than their own time-out. */
export type PaymentProvider = {
  readonly name: string;
  readonly flows: readonly PaymentFlow[];
  /** Whether real money moves. */
  readonly live: boolean;
  /** Creates the payment at the provider, once however often it is called for the same attempt. Moves no money. */
  start(payment: FrozenPayment): Promise<PaymentRefs & { next: NextStep }>;
  resume(refs: PaymentRefs): Promise<Resumed>;
  /** Makes sure that no money can be taken any more. `closed` only on the provider's own word. */
  close(refs: PaymentRefs): Promise<'closed' | 'taken'>;
  /** What the provider knows of it now. */
  look(refs: PaymentRefs): Promise<PaymentFact>;
  /** Where a person sees this payment at the provider; null where only operators may. */
  dashboardUrl(refs: PaymentRefs): string | null;
  /** Reads a signed notification. Throws `AppError` invalid_signature for anything not signed by the provider just now. */
  readEvent(raw: Buffer, signature: string | undefined, now: number): SignedEvent;
  /** A verified notification as it may be kept: without what lets somebody pay or read in the customer's place. */
  withoutSecrets(payload: string): string;
  /** Reads a notification that was verified before it was stored. */
  readStored(payload: string): SignedEvent;
};

export type Shop = {
  name: string;
  currency: Currency;
  country: string;
  /** Where customers reach the pages, without a slash at the end. */
  frontendUrl: string;
  countries: ReadonlyMap<string, Country>;
  /** How long stock is set aside for an unpaid order, in milliseconds. */
  holdFor: number;
};

/** Zero means no limit. */
export type Limits = { unpaidOrdersPerEmail: number; failedPaymentsPerOrder: number };

/** What every use case is given. */
export type App = {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  providers: ReadonlyMap<string, PaymentProvider>;
  live: LiveOrders;
  shop: Shop;
  limits: Limits;
  /** Tells this shop's database apart from any other that uses the same account at the provider. */
  instanceId: string;
  /** Called when an event waits for the inbox job, so that it need not wait for the job's next round. */
  wakeInbox(): void;
};
