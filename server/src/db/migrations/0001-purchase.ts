/**
 * The tables one purchase needs. `int` and `strict` are the two words in which the databases differ here.
 * A hold is a column of its order, because all lines of an order are held, sold and released together.
 */
export function purchaseTables(int: string, strict: string): string[] {
  return [
    `CREATE TABLE settings (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL)${strict}`,
    `CREATE TABLE products (
      id TEXT PRIMARY KEY NOT NULL, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, description TEXT NOT NULL,
      attribute TEXT NOT NULL, category_slug TEXT NOT NULL, category_name TEXT NOT NULL, images_json TEXT NOT NULL,
      search_text TEXT NOT NULL, price ${int} NOT NULL CHECK (price >= 0),
      on_hand ${int} NOT NULL CHECK (on_hand >= 0),
      reserved ${int} NOT NULL DEFAULT 0 CHECK (reserved >= 0 AND reserved <= on_hand),
      position ${int} NOT NULL, active ${int} NOT NULL DEFAULT 1)${strict}`,
    `CREATE TABLE countries (
      code TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, shipping_amount ${int} NOT NULL, free_shipping_from ${int},
      tax_basis_points ${int} NOT NULL, tax_name TEXT NOT NULL, tax_on_shipping ${int} NOT NULL)${strict}`,
    `CREATE TABLE discounts (
      code TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('percent', 'fixed')), value ${int} NOT NULL,
      minimum_spend ${int} NOT NULL DEFAULT 0, starts_at ${int}, ends_at ${int}, max_uses ${int},
      max_uses_per_email ${int}, uses ${int} NOT NULL DEFAULT 0 CHECK (uses >= 0 AND (max_uses IS NULL OR uses <= max_uses)))${strict}`,
    `CREATE TABLE orders (
      id TEXT PRIMARY KEY NOT NULL, number TEXT NOT NULL UNIQUE, status TEXT NOT NULL, fulfilment TEXT NOT NULL,
      version ${int} NOT NULL, currency TEXT NOT NULL, email TEXT NOT NULL, contact_json TEXT NOT NULL,
      address_json TEXT NOT NULL, country TEXT NOT NULL, discount_code TEXT, tax_name TEXT NOT NULL,
      item_count ${int} NOT NULL, subtotal ${int} NOT NULL, discount ${int} NOT NULL, shipping ${int} NOT NULL,
      tax ${int} NOT NULL, total ${int} NOT NULL CHECK (total = subtotal - discount + shipping + tax AND total > 0),
      received ${int} NOT NULL DEFAULT 0 CHECK (received >= 0), token_hash TEXT NOT NULL,
      hold TEXT NOT NULL CHECK (hold IN ('held', 'sold', 'released')), closing TEXT,
      placed_at ${int} NOT NULL, expires_at ${int} NOT NULL, paid_at ${int})${strict}`,
    `CREATE INDEX orders_by_email ON orders (email, placed_at)`,
    `CREATE TABLE discount_uses (
      code TEXT NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id), email TEXT NOT NULL,
      PRIMARY KEY (code, order_id))${strict}`,
    `CREATE INDEX discount_uses_by_email ON discount_uses (code, email)`,
    `CREATE TABLE order_lines (
      order_id TEXT NOT NULL REFERENCES orders (id), position ${int} NOT NULL, product_id TEXT NOT NULL, slug TEXT NOT NULL,
      name TEXT NOT NULL, attribute TEXT NOT NULL, image_json TEXT, quantity ${int} NOT NULL CHECK (quantity > 0),
      unit_price ${int} NOT NULL, subtotal ${int} NOT NULL, discount ${int} NOT NULL, tax ${int} NOT NULL,
      total ${int} NOT NULL CHECK (subtotal = unit_price * quantity AND total = subtotal - discount + tax),
      PRIMARY KEY (order_id, position))${strict}`,
    `CREATE TABLE order_events (
      order_id TEXT NOT NULL REFERENCES orders (id), version ${int} NOT NULL, at ${int} NOT NULL, type TEXT NOT NULL,
      status TEXT NOT NULL, message TEXT NOT NULL, payment_id TEXT, event_id TEXT,
      PRIMARY KEY (order_id, version))${strict}`,
    `CREATE TABLE payments (
      id TEXT PRIMARY KEY NOT NULL, order_id TEXT NOT NULL REFERENCES orders (id), attempt ${int} NOT NULL,
      provider TEXT NOT NULL, flow TEXT NOT NULL, status TEXT NOT NULL, amount ${int} NOT NULL CHECK (amount > 0),
      currency TEXT NOT NULL, params_json TEXT NOT NULL, session_ref TEXT, intent_ref TEXT, charge_ref TEXT,
      balance_ref TEXT, card_brand TEXT, card_last4 TEXT, failure_code TEXT, closed_at ${int},
      created_at ${int} NOT NULL, last_event_id TEXT, last_event_at ${int},
      UNIQUE (order_id, attempt))${strict}`,
    // The rule against double charges, in the database: an order has one attempt that could still take money.
    `CREATE UNIQUE INDEX payments_one_live ON payments (order_id) WHERE closed_at IS NULL`,
    // A provider's object belongs to one attempt. Partial, because most attempts have only some of these.
    `CREATE UNIQUE INDEX payments_session ON payments (session_ref) WHERE session_ref IS NOT NULL`,
    `CREATE UNIQUE INDEX payments_intent ON payments (intent_ref) WHERE intent_ref IS NOT NULL`,
    `CREATE UNIQUE INDEX payments_charge ON payments (charge_ref) WHERE charge_ref IS NOT NULL`,
    `CREATE TABLE inbox (
      event_id TEXT PRIMARY KEY NOT NULL, provider TEXT NOT NULL, type TEXT NOT NULL, object_id TEXT NOT NULL,
      source TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL, outcome TEXT, order_id TEXT, payment_id TEXT,
      attempts ${int} NOT NULL DEFAULT 0, not_before ${int} NOT NULL, lease_token TEXT, lease_until ${int},
      received_at ${int} NOT NULL, done_at ${int})${strict}`,
    `CREATE INDEX inbox_due ON inbox (not_before) WHERE state IN ('new', 'waiting')`,
    `CREATE TABLE outbox (
      dedupe_key TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, order_id TEXT NOT NULL, subject_id TEXT NOT NULL,
      not_before ${int} NOT NULL, attempts ${int} NOT NULL DEFAULT 0, lease_token TEXT,
      lease_until ${int}, last_error TEXT, created_at ${int} NOT NULL, done_at ${int}, dead_at ${int})${strict}`,
    `CREATE INDEX outbox_due ON outbox (not_before) WHERE done_at IS NULL AND dead_at IS NULL`,
    `CREATE TABLE idempotency (
      scope TEXT NOT NULL, key_hash TEXT NOT NULL, fingerprint TEXT NOT NULL, state TEXT NOT NULL,
      locked_until ${int} NOT NULL, status ${int}, reply TEXT, created_at ${int} NOT NULL,
      PRIMARY KEY (scope, key_hash))${strict}`,
    `CREATE TABLE ledger_entries (
      kind TEXT NOT NULL, ref TEXT NOT NULL, account TEXT NOT NULL, currency TEXT NOT NULL, amount ${int} NOT NULL,
      order_id TEXT NOT NULL, at ${int} NOT NULL, PRIMARY KEY (kind, ref, account))${strict}`,
    `CREATE TABLE breaks (
      id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, object_id TEXT NOT NULL, order_id TEXT, amount ${int},
      detail TEXT NOT NULL, opened_at ${int} NOT NULL, closed_at ${int}, UNIQUE (kind, object_id))${strict}`,
  ];
}

/** Tables that only ever grow; the dialect turns each name into triggers that refuse UPDATE and DELETE. */
export const appendOnlyTables = ['order_events', 'ledger_entries'] as const;
