/**
 * What the back office needs to list events, effects, breaks and journals of a shop with a million orders, newest first.
 * A purchase pays for two of these indexes: `inbox_by_time`, and `ledger_by_account` for the entry of the clearing account
 * and for those of the fee. The others are partial, and nothing that happens in an ordinary purchase is in them.
 */
export function queueTables(int: string, strict: string): string[] {
  return [
    `CREATE INDEX inbox_by_time ON inbox (received_at)`,
    `CREATE INDEX inbox_undone ON inbox (received_at) WHERE state <> 'done'`,
    `CREATE INDEX inbox_fetched ON inbox (received_at) WHERE source <> 'hook'`,
    // All types but those of which every card payment has one: they are found by time soon enough.
    `CREATE INDEX inbox_by_type ON inbox (type, received_at)
      WHERE type NOT IN ('payment_intent.succeeded', 'charge.succeeded', 'charge.updated')`,
    // Events that were applied are found by the order that they changed.
    `CREATE INDEX inbox_by_object ON inbox (object_id) WHERE order_id IS NULL`,
    // When a person asked for the event to be dealt with once more.
    `ALTER TABLE inbox ADD COLUMN replayed_at ${int}`,
    `CREATE INDEX outbox_failing ON outbox (not_before)
      WHERE done_at IS NULL AND dead_at IS NULL AND last_error IS NOT NULL`,
    `CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL`,
    `ALTER TABLE breaks ADD COLUMN currency TEXT`,
    `UPDATE breaks SET currency = (SELECT currency FROM orders o WHERE o.id = breaks.order_id)
      WHERE amount IS NOT NULL AND kind <> 'payment_currency_differs'`,
    `CREATE INDEX breaks_by_opening ON breaks (opened_at, id) WHERE closed_at IS NULL`,
    `CREATE INDEX breaks_by_closing ON breaks (closed_at, id) WHERE closed_at IS NOT NULL`,
    `CREATE INDEX breaks_by_kind ON breaks (kind, closed_at, id) WHERE closed_at IS NOT NULL`,
    // What was earned is in journals that have an entry of another account as well.
    `CREATE INDEX ledger_by_account ON ledger_entries (account, at, kind, ref)
      WHERE account NOT IN ('sales', 'shipping', 'tax')`,
    // Kinds of which not every order has one.
    `CREATE INDEX ledger_by_kind ON ledger_entries (kind, at, ref) WHERE kind NOT IN ('receipt', 'fee')`,
    `CREATE INDEX operator_actions_by_operator ON operator_actions (operator, at, id)`,
    // Sums of all entries up to a moment. Derived: it may be emptied at any time, and fills again.
    `CREATE TABLE ledger_checkpoints (
      through ${int} NOT NULL, account TEXT NOT NULL, currency TEXT NOT NULL, amount ${int} NOT NULL,
      PRIMARY KEY (through, account, currency))${strict}`,
  ];
}
