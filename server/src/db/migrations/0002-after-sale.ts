/**
 * What comes after a purchase: money that goes back, money that is disputed, invoices, e-mails, and the provider's own
 * list of what moved. `int` and `strict` are the two words in which the databases differ here.
 */
export function afterSaleTables(int: string, strict: string): string[] {
  return [
    // Sums that every decision needs, so that the order's row alone tells them under its lock.
    `ALTER TABLE orders ADD COLUMN refunded ${int} NOT NULL DEFAULT 0 CHECK (refunded >= 0)`,
    `ALTER TABLE orders ADD COLUMN audit_hash TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE order_lines ADD COLUMN returned ${int} NOT NULL DEFAULT 0 CHECK (returned >= 0)`,
    `ALTER TABLE payments ADD COLUMN received ${int} NOT NULL DEFAULT 0 CHECK (received >= 0)`,
    `ALTER TABLE payments ADD COLUMN unapplied ${int} NOT NULL DEFAULT 0 CHECK (unapplied >= 0 AND unapplied <= received)`,
    `ALTER TABLE payments ADD COLUMN refunded ${int} NOT NULL DEFAULT 0 CHECK (refunded >= 0 AND refunded <= received)`,
    `ALTER TABLE payments ADD COLUMN checked_at ${int}`,
    `UPDATE payments SET received = COALESCE((SELECT SUM(amount) FROM ledger_entries e
      WHERE e.kind = 'receipt' AND e.ref = payments.id AND e.account = 'stripe_clearing'), 0)`,
    `UPDATE payments SET unapplied = COALESCE((SELECT -SUM(amount) FROM ledger_entries e
      WHERE e.kind = 'receipt' AND e.ref = payments.id AND e.account = 'unapplied'), 0)`,
    `ALTER TABLE order_events ADD COLUMN actor TEXT NOT NULL DEFAULT 'shop'`,
    `ALTER TABLE order_events ADD COLUMN refund_id TEXT`,
    `ALTER TABLE order_events ADD COLUMN hash TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE breaks ADD COLUMN closed_by TEXT`,
    `ALTER TABLE breaks ADD COLUMN resolution TEXT`,
    `CREATE TABLE refunds (
      id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id), payment_id TEXT REFERENCES payments (id),
      provider TEXT NOT NULL, intent_ref TEXT, charge_ref TEXT, refund_ref TEXT,
      amount ${int} NOT NULL CHECK (amount > 0), currency TEXT NOT NULL, status TEXT NOT NULL, cause TEXT NOT NULL,
      reason TEXT NOT NULL, applies_to TEXT NOT NULL CHECK (applies_to IN ('order', 'unapplied')), failure_code TEXT,
      requested_by TEXT NOT NULL, created_at ${int} NOT NULL, settled_at ${int}, checked_at ${int},
      last_event_id TEXT, last_event_at ${int})${strict}`,
    `CREATE INDEX refunds_by_order ON refunds (order_id, created_at)`,
    `CREATE UNIQUE INDEX refunds_by_ref ON refunds (refund_ref) WHERE refund_ref IS NOT NULL`,
    `CREATE INDEX refunds_open ON refunds (created_at) WHERE status IN ('requested', 'unknown', 'pending')`,
    `CREATE TABLE disputes (
      id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id),
      payment_id TEXT NOT NULL REFERENCES payments (id), provider TEXT NOT NULL, dispute_ref TEXT NOT NULL UNIQUE,
      charge_ref TEXT, amount ${int} NOT NULL, currency TEXT NOT NULL, reason TEXT NOT NULL, status TEXT NOT NULL,
      funds TEXT NOT NULL CHECK (funds IN ('none', 'withdrawn', 'reinstated')), evidence_due_at ${int},
      opened_at ${int} NOT NULL, closed_at ${int}, last_event_id TEXT, last_event_at ${int})${strict}`,
    `CREATE INDEX disputes_by_order ON disputes (order_id)`,
    // Numbers without gaps: each comes from the counter of its kind, in the transaction that writes the document.
    `CREATE TABLE counters (name TEXT PRIMARY KEY NOT NULL, value ${int} NOT NULL)${strict}`,
    `CREATE TABLE documents (
      kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note')), number ${int} NOT NULL,
      order_id TEXT NOT NULL REFERENCES orders (id), refund_id TEXT REFERENCES refunds (id), content_json TEXT NOT NULL,
      issued_at ${int} NOT NULL, PRIMARY KEY (kind, number))${strict}`,
    `CREATE UNIQUE INDEX documents_invoice ON documents (order_id) WHERE kind = 'invoice'`,
    `CREATE UNIQUE INDEX documents_credit_note ON documents (refund_id) WHERE kind = 'credit_note'`,
    // The mailbox of a shop without SMTP. Its key is the outbox row's, so that a repeated delivery is the same mail.
    `CREATE TABLE mails (
      id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
      html TEXT NOT NULL, text TEXT NOT NULL, attachments_json TEXT NOT NULL, sent_at ${int} NOT NULL)${strict}`,
    `CREATE INDEX mails_by_time ON mails (sent_at)`,
    `CREATE INDEX mails_by_order ON mails (order_id)`,
    // What moved on the provider's balance, as the provider lists it: the other side of the clearing account.
    `CREATE TABLE provider_transactions (
      id TEXT PRIMARY KEY NOT NULL, provider TEXT NOT NULL, type TEXT NOT NULL, source_ref TEXT, amount ${int} NOT NULL,
      fee ${int} NOT NULL, net ${int} NOT NULL, currency TEXT NOT NULL, created_at ${int} NOT NULL,
      booked_at ${int} NOT NULL, order_id TEXT, journal_kind TEXT, journal_ref TEXT)${strict}`,
    `CREATE INDEX provider_transactions_by_journal ON provider_transactions (journal_ref, journal_kind)`,
    `CREATE INDEX provider_transactions_by_source ON provider_transactions (source_ref)`,
    `CREATE INDEX provider_transactions_by_time ON provider_transactions (provider, created_at)`,
    // Effects and journals of an order are found by their keys, which are made of its ids; its events are not.
    `CREATE INDEX inbox_by_order ON inbox (order_id) WHERE order_id IS NOT NULL`,
  ];
}

/** Tables that only ever grow, as those of the purchase. */
export const appendOnlyTables = ['documents', 'provider_transactions'] as const;
