/**
 * One way to break each rule and no other, in SQL. `:paid`, `:refunded`, `:disputed`, `:canceled` and `:pending` stand for the
 * ids of such orders, `:open` for the attempt of the pending one. `unique` names indexes, and `checks` tables, that would
 * refuse it; `retold` an order whose timeline is hashed anew, so that the chain is whole.
 */
export type Corruption = {
  breaks: string;
  by: string[];
  unique?: string[];
  checks?: boolean;
  retold?: string;
};

/** Entries of one journal. */
function journal(kind: string, ref: string, entries: Record<string, number | string>): string {
  const rows = Object.entries(entries).map(
    ([account, amount]) => `('${kind}', ${ref}, '${account}', 'usd', ${amount}, :pending, 1)`,
  );
  return `INSERT INTO ledger_entries (kind, ref, account, currency, amount, order_id, at) VALUES ${rows.join(', ')}`;
}

function refund(id: string, amount: string, status: string): string[] {
  return [
    `INSERT INTO refunds (id, order_id, payment_id, provider, amount, currency, status, cause, reason, applies_to, requested_by, created_at)
      SELECT '${id}', order_id, id, provider, ${amount}, 'usd', '${status}', 'operator', 'why not', 'order', 'nobody', 1
      FROM payments WHERE order_id = :paid`,
    `INSERT INTO ledger_entries (kind, ref, account, currency, amount, order_id, at)
      SELECT 'refund_req', id, 'refunds_payable', 'usd', -amount, order_id, 1 FROM refunds WHERE id = '${id}'
      UNION ALL SELECT 'refund_req', id, 'sales', 'usd', amount, order_id, 1 FROM refunds WHERE id = '${id}'`,
  ];
}

const aBreak = (object: string, more = 'NULL, NULL, NULL') =>
  `INSERT INTO breaks (id, kind, object_id, detail, opened_at, closed_at, closed_by, resolution)
    VALUES ('brk_planted', 'paid_twice', '${object}', 'planted', 1, ${more})`;
const aTransaction = `(SELECT MIN(id) FROM provider_transactions WHERE journal_kind = 'receipt')`;
const aDocument = (number: string, order: string) =>
  `INSERT INTO documents (kind, number, order_id, content_json, issued_at) VALUES ('invoice', ${number}, ${order}, '{}', 1)`;
const aCheckpoint = `INSERT INTO ledger_checkpoints VALUES (1, 'sales', 'usd', 5)`;
const lastNumber = `(SELECT COALESCE(MAX(number), 0) FROM documents WHERE kind = 'invoice')`;

const countTo = (number: string) =>
  `INSERT INTO counters (name, value) SELECT 'invoice', ${number} WHERE true ON CONFLICT (name) DO UPDATE SET value = ${number}`;

export const bookCorruptions: Corruption[] = [
  {
    breaks: 'I1 journals balance',
    by: [
      `UPDATE ledger_entries SET amount = amount - 1 WHERE kind = 'fee' AND account = 'stripe_clearing' AND ref = ${aTransaction}`,
    ],
  },
  {
    breaks: 'I2 journals are whole',
    by: [
      `UPDATE ledger_entries SET account = 'pocket' WHERE kind = 'fee' AND account = 'stripe_clearing' AND ref = ${aTransaction}`,
    ],
  },
  { breaks: 'I2 sums are of their entries', by: [aCheckpoint] },
  {
    breaks: 'I2 receipts have a payment',
    by: [journal('receipt', `'pay_nobodys'`, { stripe_clearing: 5, fees: -5 })],
  },
  {
    breaks: 'I2 journals are about something',
    by: [journal('payout', `'txn_nowhere'`, { bank: 5, stripe_clearing: -5 })],
  },
  {
    breaks: 'I3 orders have what was booked',
    by: [
      `UPDATE orders SET received = 5 WHERE id = :pending`,
      journal('settle', ':pending', { order_due: -5, fees: 5 }),
    ],
  },
  { breaks: 'I3 payments have what was booked', by: [`UPDATE payments SET received = 1 WHERE id = :open`] },
  { breaks: 'I3 deposits are owed', by: [journal('settle', ':pending', { order_due: -5, fees: 5 })] },
  {
    breaks: 'I4 amounts are exact',
    by: [journal('payout', aTransaction, { bank: '9007199254740993', stripe_clearing: '-9007199254740993' })],
  },
  {
    breaks: 'I5 paid orders have their money',
    by: [
      `UPDATE orders SET received = total WHERE id = :pending`,
      journal('receipt', `'pi_stray'`, {
        stripe_clearing: '(SELECT total + 1 FROM orders WHERE id = :pending)',
        order_due: '(SELECT -total FROM orders WHERE id = :pending)',
        unapplied: -1,
      }),
      aBreak('pi_stray'),
    ],
  },
  {
    breaks: 'I6 nobody’s money is looked after',
    by: [journal('receipt', `'pi_stray'`, { stripe_clearing: 5, unapplied: -5 })],
  },
  {
    breaks: 'I6 ended orders keep nothing',
    by: [
      `UPDATE orders SET received = 5 WHERE id = :canceled`,
      journal('receipt', `'pi_stray'`, { stripe_clearing: 6, order_due: -5, unapplied: -1 }),
      `UPDATE ledger_entries SET order_id = :canceled WHERE ref = 'pi_stray'`,
      aBreak('pi_stray'),
    ],
  },
  {
    breaks: 'I6 reviews have a reason',
    by: [
      `INSERT INTO order_events (order_id, version, at, type, status, message, actor)
        SELECT order_id, version + 1, at, 'payment.review', 'review', 'Planted.', 'shop' FROM order_events
        WHERE order_id = :pending AND version = (SELECT version FROM orders WHERE id = :pending)`,
      `UPDATE orders SET status = 'review', version = version + 1 WHERE id = :pending`,
    ],
    retold: ':pending',
  },
  { breaks: 'I8 orders are earned once', by: [journal('settle', ':pending', { sales: -5, fees: 5 })] },
  {
    breaks: 'I8 payments are received once',
    by: [journal('receipt', ':open', { stripe_clearing: 5, bank: -5 })],
  },
  {
    breaks: 'I7 one live attempt',
    unique: ['payments_one_live'],
    by: [
      `INSERT INTO payments (id, order_id, attempt, provider, flow, status, amount, currency, params_json, created_at)
        SELECT 'pay_second', order_id, 99, provider, flow, 'open', amount, currency, '{}', 1 FROM payments WHERE id = :open`,
    ],
  },
  {
    breaks: 'I7 ended attempts are closed',
    by: [`UPDATE payments SET closed_at = NULL WHERE order_id = :canceled`],
  },
  {
    breaks: 'I9 stock is real',
    checks: true,
    by: [`UPDATE products SET on_hand = -1 WHERE id = (SELECT MIN(id) FROM products WHERE reserved = 0)`],
  },
  {
    breaks: 'I10 reserved units are held',
    by: [
      `UPDATE products SET reserved = reserved + 1 WHERE id = (SELECT MIN(product_id) FROM order_lines WHERE order_id = :pending)`,
    ],
  },
  {
    breaks: 'I11 returned units were sold',
    by: [`UPDATE order_lines SET returned = quantity + 1 WHERE order_id = :paid`],
  },
  { breaks: 'I12 holds fit', by: [`UPDATE orders SET hold = 'sold' WHERE id = :canceled`] },
  {
    breaks: 'I13 lines sum to the total',
    by: [`UPDATE order_lines SET discount = discount + 1, total = total - 1 WHERE order_id = :paid`],
  },
  {
    breaks: 'I14 attempts are about their order',
    by: [`UPDATE payments SET amount = 99999999 WHERE id = :open`],
  },
  {
    breaks: 'I15 names belong to one row',
    unique: ['payments_charge'],
    by: [
      `UPDATE payments SET charge_ref = (SELECT charge_ref FROM payments WHERE order_id = :paid) WHERE id = :open`,
    ],
  },
  { breaks: 'I16 timelines are whole', by: [`UPDATE orders SET version = version + 1 WHERE id = :paid`] },
  {
    breaks: 'I16 orders move along their table',
    by: [`UPDATE order_events SET status = 'failed' WHERE order_id = :canceled AND version = 1`],
    retold: ':canceled',
  },
  {
    breaks: 'discounts are counted',
    by: [
      `UPDATE discounts SET uses = uses + 1 WHERE code = (SELECT MIN(code) FROM discounts WHERE max_uses IS NULL)`,
    ],
  },
  { breaks: 'I3 refunds are summed', by: [`UPDATE orders SET refunded = 1 WHERE id = :pending`] },
  {
    breaks: 'I4 never more than was received',
    by: refund('ref_much', 'received + 1', 'pending'),
  },
  {
    breaks: 'I5 orders say what was refunded',
    by: [
      `UPDATE orders SET status = 'refunded' WHERE id = :refunded`,
      `UPDATE order_events SET status = 'refunded' WHERE order_id = :refunded AND status = 'partially_refunded'`,
    ],
    retold: ':refunded',
  },
  {
    breaks: 'payments say what became of them',
    by: [`UPDATE payments SET status = 'refunded' WHERE order_id = :paid`],
  },
  {
    breaks: 'I14 refunds are about their order',
    by: [`UPDATE refunds SET currency = 'eur' WHERE order_id = :refunded`],
  },
  {
    breaks: 'refunds are booked',
    by: [
      journal('refund_fail', `(SELECT id FROM refunds WHERE order_id = :refunded)`, {
        refunds_payable: -5,
        fees: 5,
      }),
    ],
  },
  {
    breaks: 'disputes are booked',
    by: [
      journal('dispute_lost', `(SELECT id FROM disputes WHERE order_id = :disputed)`, {
        dispute_hold: 5,
        fees: -5,
      }),
    ],
  },
  {
    breaks: 'disputes are about their order',
    by: [`UPDATE disputes SET closed_at = 1 WHERE order_id = :disputed`],
  },
  {
    breaks: 'documents have no gaps',
    unique: ['documents_invoice'],
    by: [aDocument(`${lastNumber} + 2`, ':paid'), countTo(lastNumber)],
  },
  {
    breaks: 'documents have a cause',
    by: [aDocument(`${lastNumber} + 1`, ':pending'), countTo(lastNumber)],
  },
  {
    breaks: 'movements agree',
    by: [`UPDATE provider_transactions SET amount = amount + 1, net = net + 1 WHERE id = ${aTransaction}`],
  },
  {
    breaks: 'movements happen once',
    by: [
      `INSERT INTO provider_transactions (id, provider, type, amount, fee, net, currency, created_at, booked_at, order_id, journal_kind, journal_ref)
        SELECT 'txn_again', provider, type, amount, 0, amount, currency, 1, 1, order_id, journal_kind, journal_ref
        FROM provider_transactions WHERE id = ${aTransaction}`,
    ],
  },
  {
    breaks: 'fees are booked',
    by: [`UPDATE provider_transactions SET fee = fee + 1, net = net - 1 WHERE id = ${aTransaction}`],
  },
  {
    breaks: 'conversions are booked',
    by: [`UPDATE provider_transactions SET currency = 'eur' WHERE id = ${aTransaction}`],
  },
  { breaks: 'breaks are closed by somebody', by: [aBreak('pi_somewhere', `1, NULL, 'done'`)] },
  {
    breaks: 'I17 events have an outcome',
    by: [
      `UPDATE inbox SET outcome = 'payment succeeded, order paid' WHERE event_id = (SELECT MIN(event_id) FROM inbox
        WHERE order_id = :paid AND event_id NOT IN (SELECT event_id FROM order_events WHERE event_id IS NOT NULL))`,
    ],
  },
  {
    breaks: 'I17 parked events are seen',
    by: [`UPDATE inbox SET state = 'parked' WHERE event_id = (SELECT MIN(event_id) FROM inbox)`],
  },
  {
    breaks: 'I18 held orders will end',
    by: [`UPDATE outbox SET done_at = 1 WHERE kind = 'order.close' AND subject_id = :pending`],
  },
  {
    breaks: 'I18 attempts will be made',
    by: [
      `UPDATE payments SET status = 'creating' WHERE id = :open`,
      `UPDATE outbox SET done_at = 1 WHERE kind = 'payment.create' AND subject_id = :open`,
    ],
  },
  { breaks: 'I18 refunds will be made', by: refund('ref_forgotten', '1', 'requested') },
  {
    breaks: 'I18 people are told',
    by: [`DELETE FROM outbox WHERE kind = 'mail.disputed' AND order_id = :disputed`],
  },
  {
    breaks: 'I19 requests have their reply',
    by: [`UPDATE idempotency SET reply = NULL WHERE state = 'done'`],
  },
  {
    breaks: 'I20 leases have an owner',
    by: [
      `UPDATE outbox SET lease_token = NULL, lease_until = 1 WHERE kind = 'order.close' AND subject_id = :pending`,
    ],
  },
  {
    breaks: 'I20 nothing was given up',
    by: [
      `INSERT INTO outbox (dedupe_key, kind, order_id, subject_id, not_before, created_at, dead_at)
        VALUES ('mail.placed:nobody', 'mail.placed', 'nobody', 'nobody', 1, 1, 1)`,
    ],
  },
  {
    breaks: 'I21 no secret is stored',
    by: [`UPDATE orders SET contact_json = '{"phone":"whsec_1234567890"}' WHERE id = :paid`],
  },
  {
    breaks: 'I16 audit chains verify',
    by: [`UPDATE order_events SET message = 'Something else.' WHERE order_id = :paid AND version = 1`],
  },
];
