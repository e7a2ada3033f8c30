import type { DisputeFunds, DisputeStatus } from '@paydesk/contract/disputes';
import type { Actor, OrderStatus } from '@paydesk/contract/orders';
import type { PaymentFlow, PaymentStatus } from '@paydesk/contract/payments';
import type { RefundCause, RefundStatus } from '@paydesk/contract/refunds';
import type { Transaction } from 'kysely';
import type { CatalogueTables } from './schema-catalogue.ts';
import type { DeskTables } from './schema-desk.ts';
import type { OperatorTables } from './schema-operators.ts';
import type { PeopleTables } from './schema-people.ts';
import type { QueueTables } from './schema-queues.ts';

/** Times are epoch milliseconds, amounts minor units, `_json` columns JSON text, flags 0 or 1: the same in both databases. */
export type Schema = PurchaseTables &
  CatalogueTables &
  PeopleTables &
  OperatorTables &
  DeskTables &
  QueueTables;

/** What a purchase and what comes after it is kept in. */
type PurchaseTables = {
  settings: { key: string; value: string };
  discount_uses: { code: string; order_id: string; email: string };
  orders: {
    id: string;
    number: string;
    status: OrderStatus;
    fulfilment: 'unfulfilled' | 'fulfilled';
    version: number;
    currency: string;
    email: string;
    contact_json: string;
    address_json: string;
    country: string;
    discount_code: string | null;
    tax_name: string;
    item_count: number;
    subtotal: number;
    discount: number;
    shipping: number;
    tax: number;
    total: number;
    received: number;
    token_hash: string;
    hold: 'held' | 'sold' | 'released';
    closing: 'cancel' | 'withdraw' | 'expire' | null;
    placed_at: number;
    expires_at: number;
    paid_at: number | null;
    refunded: number;
    audit_hash: string;
    /** Whose account it belongs to; null for a guest's. */
    person_id: string | null;
  };
  order_lines: {
    order_id: string;
    position: number;
    product_id: string;
    slug: string;
    name: string;
    attribute: string;
    image_json: string | null;
    quantity: number;
    unit_price: number;
    subtotal: number;
    discount: number;
    tax: number;
    total: number;
    returned: number;
  };
  order_events: {
    order_id: string;
    version: number;
    at: number;
    type: string;
    status: OrderStatus;
    message: string;
    payment_id: string | null;
    event_id: string | null;
    actor: Actor;
    refund_id: string | null;
    hash: string;
  };
  payments: {
    id: string;
    order_id: string;
    attempt: number;
    provider: string;
    flow: PaymentFlow;
    status: PaymentStatus;
    amount: number;
    currency: string;
    params_json: string;
    session_ref: string | null;
    intent_ref: string | null;
    charge_ref: string | null;
    balance_ref: string | null;
    card_brand: string | null;
    card_last4: string | null;
    failure_code: string | null;
    closed_at: number | null;
    created_at: number;
    last_event_id: string | null;
    last_event_at: number | null;
    received: number;
    unapplied: number;
    refunded: number;
    checked_at: number | null;
  };
  refunds: {
    id: string;
    order_id: string;
    payment_id: string | null;
    provider: string;
    intent_ref: string | null;
    charge_ref: string | null;
    refund_ref: string | null;
    amount: number;
    currency: string;
    status: RefundStatus;
    cause: RefundCause;
    reason: string;
    applies_to: 'order' | 'unapplied';
    failure_code: string | null;
    requested_by: string;
    created_at: number;
    settled_at: number | null;
    checked_at: number | null;
    last_event_id: string | null;
    last_event_at: number | null;
  };
  disputes: {
    id: string;
    order_id: string;
    payment_id: string;
    provider: string;
    dispute_ref: string;
    charge_ref: string | null;
    amount: number;
    currency: string;
    reason: string;
    status: DisputeStatus;
    funds: DisputeFunds;
    evidence_due_at: number | null;
    opened_at: number;
    closed_at: number | null;
    last_event_id: string | null;
    last_event_at: number | null;
  };
  counters: { name: string; value: number };
  documents: {
    kind: 'invoice' | 'credit_note';
    number: number;
    order_id: string;
    refund_id: string | null;
    content_json: string;
    issued_at: number;
  };
  mails: {
    id: string;
    order_id: string;
    recipient: string;
    subject: string;
    html: string;
    text: string;
    attachments_json: string;
    sent_at: number;
  };
  provider_transactions: {
    id: string;
    provider: string;
    type: string;
    source_ref: string | null;
    amount: number;
    fee: number;
    net: number;
    currency: string;
    created_at: number;
    booked_at: number;
    /** Null for what is of no order of ours. */
    order_id: string | null;
    /** Which journal of ours books the same movement, once it is written; null where none does. */
    journal_kind: string | null;
    journal_ref: string | null;
  };
  idempotency: {
    scope: string;
    key_hash: string;
    fingerprint: string;
    state: 'running' | 'done';
    locked_until: number;
    status: number | null;
    reply: string | null;
    created_at: number;
  };
};

/** A query that writes, or that must see what was written just before it, demands a `Tx` in its type. */
export type Tx = Transaction<Schema>;
