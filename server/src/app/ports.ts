import type { Dispute } from '@paydesk/contract/disputes';
import type { Currency } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { Payment, PaymentFlow, TransferInstructions } from '@paydesk/contract/payments';
import type { Refund } from '@paydesk/contract/refunds';
import type { Database } from '../db/database.ts';
import type { DisputeFact } from '../domain/dispute.ts';
import type { CreditNoteContent, InvoiceContent, InvoiceCredit } from '../domain/document.ts';
import type { AccountRecord, EndpointRecord, ProviderSays } from '../domain/health.ts';
import type { Minor } from '../domain/money.ts';
import type { Fact, PaymentFact } from '../domain/payment.ts';
import type { AccountNotice } from '../domain/person.ts';
import type { PreparePicture } from '../domain/picture.ts';
import type { ChargeRecord, TransactionRecord } from '../domain/records.ts';
import type { RefundFact } from '../domain/refund.ts';
import type { LiveOrders } from './live-orders.ts';
import type { Accounts } from './ports-accounts.ts';
import type { Shop, ShopKeeper } from './shop-keeper.ts';

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
  /** What the customer was told for a transfer; it stays what it is, whatever the settings say later. */
  instructions?: TransferInstructions;
};

export type PaymentRefs = { sessionRef: string | null; intentRef: string | null };

/** Everything a provider is told about one refund, frozen when it is asked for. */
export type FrozenRefund = {
  refundId: string;
  orderId: string;
  instanceId: string;
  intentRef: string | null;
  chargeRef: string | null;
  amount: Minor;
  currency: string;
  /** In words, for people. */
  reason: string;
};

/** How the customer goes on: with a secret for the form on our page, at an address of the provider's, or at their bank. */
export type NextStep = { clientSecret?: string; url?: string; instructions?: TransferInstructions };

/** `payable`: the customer can go on. `taken`: money moved or is moving, a signed event will say so. `closed`: it is over. */
export type Resumed = { state: 'payable'; next: NextStep } | { state: 'taken' } | { state: 'closed' };

/** What somebody sent to a provider's webhook: the bytes as they came, and the headers beside them, by lower-case name. */
export type Notification = { body: Buffer; header(name: string): string | undefined };

/** A provider's word, signature and age checked. `fact` is null where it means nothing to us; `reason` then says why. */
export type SignedEvent = {
  id: string;
  type: string;
  /** When the provider made it, in epoch milliseconds; null where nobody says. */
  createdAt: number | null;
  objectId: string;
  fact: Fact | null;
  reason: string;
};

/** One way of taking money. Calls reject with `ProviderError` and never take longer than their own time-out. */
export type PaymentProvider = {
  readonly name: string;
  /** The first one is taken where a customer names none. */
  readonly flows: readonly PaymentFlow[];
  /** Whether real money moves. */
  readonly live: boolean;
  /** Whether the customer decides how much arrives, as with a bank transfer. */
  readonly anyAmount: boolean;
  /** Nobody answers at the other end: operators say what arrived and what became of refunds, and there is nothing to ask. */
  readonly byHand: boolean;
  /** Creates the payment at the provider, once however often it is called for the same attempt. Moves no money. */
  start(payment: FrozenPayment): Promise<PaymentRefs & { next: NextStep }>;
  /**
   * What was made for this attempt by a call whose answer was lost, as the provider lists it since a moment in epoch
   * milliseconds; null when nothing was. Nobody but us can have learned of it, so it cannot be paid.
   */
  find(payment: FrozenPayment, since: number): Promise<PaymentRefs | null>;
  /** Gives the same way to go on again. */
  resume(refs: PaymentRefs, payment: FrozenPayment): Promise<Resumed>;
  /** Makes sure that no money can be taken any more. `closed` only on the provider's own word. */
  close(refs: PaymentRefs): Promise<'closed' | 'taken'>;
  /** What the provider knows of it now. */
  look(refs: PaymentRefs): Promise<PaymentFact>;
  /**
   * Gives money back, once however often it is called for the same refund. `refused` means that it did not happen and never
   * will; after `unknown` it may have, and `refundsOf` tells.
   */
  refund(refund: FrozenRefund): Promise<RefundFact>;
  /** What the provider knows of a refund now. */
  lookRefund(refundRef: string): Promise<RefundFact>;
  /** All refunds of one payment, also those that were made at the provider. */
  refundsOf(payment: { intentRef: string | null; chargeRef: string | null }): Promise<RefundFact[]>;
  /** What the provider knows of a dispute now. */
  lookDispute(disputeRef: string): Promise<DisputeFact>;
  /** The provider's own lists, to compare ours with; null where it keeps none. */
  readonly records: ProviderRecords | null;
  /** What it says of itself and of the way to us; null where there is nobody to ask. */
  readonly health: ProviderHealth | null;
  /** Where a person sees this payment at the provider; null where there is nothing to see, or only for operators. */
  dashboardUrl(refs: PaymentRefs, reader: 'customer' | 'operator'): string | null;
  /**
   * Reads a signed notification; `now` in epoch milliseconds. Throws, or rejects with, `AppError` invalid_signature for
   * anything not signed by the provider just now.
   */
  readEvent(notification: Notification, now: number): SignedEvent | Promise<SignedEvent>;
  /** A verified notification as it may be kept: without what lets somebody pay or read in the customer's place. */
  withoutSecrets(payload: string): string;
  /** Reads a notification that was verified before it was stored. */
  readStored(payload: string): SignedEvent;
};

/** A notification in the provider's list. Most are known already, so reading one is left to who needs it. */
export type ListedEvent = {
  id: string;
  type: string;
  createdAt: number;
  /** The event in our words, and as it may be kept: without secrets. */
  read(): { event: SignedEvent; payload: string };
};

/** What a provider's list says of something, and when that was made. */
export type Listed<F> = { fact: F; createdAt: number };

/** Something at the provider that a customer could still pay. */
export type PayableRecord = {
  refs: PaymentRefs;
  instanceId: string | null;
  paymentId: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
};

/**
 * What a provider lists, newest first, since a moment in epoch milliseconds. Each list is read page by page while it is
 * iterated, and rejects with `ProviderError`.
 */
export type ProviderRecords = {
  /** Notifications as they were or should have been delivered, a page at a time, up to a moment where one is given. */
  events(since: number, until?: number): AsyncIterable<readonly ListedEvent[]>;
  charges(since: number): AsyncIterable<ChargeRecord>;
  refunds(since: number): AsyncIterable<Listed<RefundFact>>;
  disputes(since: number): AsyncIterable<Listed<DisputeFact>>;
  transactions(since: number): AsyncIterable<TransactionRecord>;
  payable(since: number): AsyncIterable<PayableRecord>;
  /** Everything on the balance, available or not yet, by currency. */
  balance(): Promise<Map<string, number>>;
};

/** Questions that change nothing, each answered within five seconds. A failure to answer is an answer too. */
export type ProviderHealth = {
  account(): Promise<ProviderSays<AccountRecord>>;
  /** Where the provider sends its notifications, ours and others'. */
  endpoints(): Promise<ProviderSays<EndpointRecord[]>>;
  /** How the endpoint for this shop has to be registered; `path` comes after the shop's address. */
  readonly registration: { path: string; events: readonly string[]; version: string };
};

/** What an e-mail is about. All but `disputed` go to the customer. */
export type LetterSubject =
  | { about: 'placed' | 'payment_failed' | 'paid' | 'shipped' }
  | { about: 'refunded' | 'refund_failed'; refund: Refund }
  | { about: 'transfer'; payment: Payment }
  | { about: 'disputed'; dispute: Dispute };

/** Everything that is said in one e-mail. `link` opens the order for whoever has it. */
export type Letter = LetterSubject & {
  order: Order;
  link: string;
  shop: { name: string; url: string; seller: readonly string[] };
};

/** A document that goes with a mail. `path` is where our API has it. */
export type Attachment = { filename: string; contentType: string; path: string; content(): Promise<Buffer> };

/** One e-mail, ready to be sent. `id` never changes for it, so that one which is delivered twice can be told. */
export type Mail = {
  id: string;
  /** Null for a mail about no order. */
  orderId: string | null;
  to: string;
  subject: string;
  html: string;
  text: string;
  attachments: Attachment[];
};

/** Takes mail to where it is read, within 20 seconds. `MailRefused`: it never will be; any other error: send it again. */
export type Mailer = {
  send(mail: Mail): Promise<void>;
  /** Ends the connections; what is being sent fails. */
  close(): void;
};

/** Draws documents. The same content gives the same bytes, today and tomorrow. */
export type Documents = {
  readonly contentType: string;
  readonly extension: string;
  /** `credits`: what was refunded since, oldest first. */
  invoice(content: InvoiceContent, credits: readonly InvoiceCredit[]): Promise<Buffer>;
  creditNote(content: CreditNoteContent): Promise<Buffer>;
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
  /** As it was set last: the keeper writes into it. */
  shop: Shop;
  keeper: ShopKeeper;
  limits: Limits;
  mailer: Mailer;
  documents: Documents;
  composeMail(letter: Letter): Pick<Mail, 'subject' | 'html' | 'text'>;
  composeNotice(notice: AccountNotice): Pick<Mail, 'subject' | 'html' | 'text'>;
  accounts: Accounts;
  preparePicture: PreparePicture;
  /** Signs the links that mails carry to their order. */
  linkSecret: string;
  /** Tells this shop's database apart from any other that uses the same account at the provider. */
  instanceId: string;
  /** Called when an event waits for the inbox job, so that it need not wait for the job's next round. */
  wakeInbox(): void;
};
