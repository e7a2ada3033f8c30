/** What came, what is to be done, the ledger, and what does not agree. */
export type QueueTables = {
  inbox: {
    event_id: string;
    provider: string;
    type: string;
    object_id: string;
    source: 'hook' | 'poll' | 'reconcile' | 'operator';
    payload: string;
    state: 'new' | 'waiting' | 'done' | 'parked';
    outcome: string | null;
    order_id: string | null;
    payment_id: string | null;
    attempts: number;
    not_before: number;
    lease_token: string | null;
    lease_until: number | null;
    received_at: number;
    done_at: number | null;
    /** When a person asked for it to be dealt with once more. */
    replayed_at: number | null;
  };
  outbox: {
    dedupe_key: string;
    kind: string;
    order_id: string;
    subject_id: string;
    not_before: number;
    attempts: number;
    lease_token: string | null;
    lease_until: number | null;
    last_error: string | null;
    created_at: number;
    done_at: number | null;
    dead_at: number | null;
  };
  ledger_entries: {
    kind: string;
    ref: string;
    account: string;
    currency: string;
    amount: number;
    order_id: string;
    at: number;
  };
  /** Sums of all entries up to a moment, so that balances need not be summed from the first order on. */
  ledger_checkpoints: { through: number; account: string; currency: string; amount: number };
  breaks: {
    id: string;
    kind: string;
    object_id: string;
    order_id: string | null;
    amount: number | null;
    /** Of the amount; null where none is concerned, and in rows of an older version. */
    currency: string | null;
    detail: string;
    opened_at: number;
    closed_at: number | null;
    closed_by: string | null;
    resolution: string | null;
  };
};
