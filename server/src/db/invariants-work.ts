import type { Invariant } from './invariants.ts';

/** An effect that waits for its time, in SQL. */
const open = 'x.done_at IS NULL AND x.dead_at IS NULL';

/** What secret keys, signing secrets and client secrets have in them. `\` keeps the next character from being a wildcard. */
const secrets = ['k\\_live\\_', 'k\\_test\\_', 'whsec\\_', '\\_secret\\_'];
const textColumns = [
  'orders.contact_json',
  'orders.address_json',
  'order_events.message',
  'payments.params_json',
  'payments.failure_code',
  'refunds.reason',
  'refunds.failure_code',
  'breaks.detail',
  'breaks.resolution',
  'inbox.payload',
  'idempotency.reply',
  'documents.content_json',
  'mails.text',
];

/** Events that came, effects that are due, and requests that were answered. */
export const workInvariants: readonly Invariant[] = [
  {
    name: 'I17 events have an outcome',
    says: 'An event that is done says what came of it, and the timeline of its order shows it.',
    rows: `SELECT event_id, outcome FROM inbox i WHERE state IN ('done', 'parked') AND (outcome IS NULL OR outcome = '' OR done_at IS NULL
      OR ((outcome LIKE 'payment %' OR outcome LIKE 'refund %' OR outcome LIKE 'dispute %')
        AND NOT EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = i.order_id AND e.event_id = i.event_id)))`,
  },
  {
    name: 'I17 parked events are seen',
    says: 'An event that nobody could deal with has a break.',
    rows: `SELECT event_id FROM inbox i WHERE state = 'parked' AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.object_id = i.object_id)`,
  },
  {
    name: 'I18 held orders will end',
    says: 'An order that holds stock has an effect that ends it.',
    rows: `SELECT id, status FROM orders o WHERE status IN ('pending', 'failed', 'processing', 'partially_paid')
      AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.dedupe_key = 'order.close:' || o.id AND ${open})`,
  },
  {
    name: 'I18 attempts will be made',
    says: 'An attempt that the provider may not know has an effect that makes it.',
    rows: `SELECT id, status FROM payments p WHERE status IN ('creating', 'unknown') AND closed_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.dedupe_key = 'payment.create:' || p.id AND ${open})`,
  },
  {
    name: 'I18 refunds will be made',
    says: 'A refund that the provider may not know has an effect that makes it, or a break.',
    rows: `SELECT id, status FROM refunds r WHERE status IN ('requested', 'unknown')
      AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.dedupe_key = 'refund.create:' || r.id AND ${open})
      AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.object_id = r.id)`,
  },
  {
    name: 'I18 people are told',
    says: 'Whoever paid, got a refund or disputed has an effect that tells of it.',
    rows: `SELECT e.order_id AS id, 'mail.paid' AS missing FROM order_events e WHERE e.type = 'order.paid' AND e.hash <> ''
        AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.dedupe_key = 'mail.paid:' || e.order_id)
      UNION ALL SELECT r.id, 'mail.refunded' FROM refunds r WHERE r.status = 'succeeded'
        AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.dedupe_key = 'mail.refunded:' || r.id)
      UNION ALL SELECT d.id, 'mail.disputed' FROM disputes d
        WHERE NOT EXISTS (SELECT 1 FROM outbox x WHERE x.dedupe_key = 'mail.disputed:' || d.id)`,
  },
  {
    name: 'I19 requests have their reply',
    says: 'A request that is finished has its status and reply.',
    rows: `SELECT scope, key_hash FROM idempotency WHERE state = 'done' AND (reply IS NULL OR status IS NULL)`,
  },
  {
    name: 'I20 leases have an owner',
    says: 'A row that is leased says by whom and until when; no effect is done and dead.',
    rows: `SELECT dedupe_key AS id FROM outbox WHERE (lease_token IS NULL) <> (lease_until IS NULL) OR (done_at IS NOT NULL AND dead_at IS NOT NULL)
      UNION ALL SELECT event_id FROM inbox WHERE (lease_token IS NULL) <> (lease_until IS NULL)
        OR (done_at IS NULL) <> (state IN ('new', 'waiting'))`,
  },
  {
    name: 'I20 nothing was given up',
    says: 'An effect that was given up has a break.',
    rows: `SELECT dedupe_key AS id FROM outbox x WHERE dead_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM breaks b WHERE b.kind = 'effect_gave_up' AND b.object_id IN (x.dedupe_key, x.subject_id))`,
  },
  {
    name: 'I21 no secret is stored',
    says: 'No key, signing secret or client secret is in any text.',
    rows: textColumns
      .map((column) => column.split('.') as [string, string])
      .map(([table, name]) => {
        const holds = secrets.map((secret) => `${name} LIKE '%${secret}%' ESCAPE '\\'`).join(' OR ');
        return `SELECT '${table}.${name}' AS place FROM ${table} WHERE ${holds}`;
      })
      .join(' UNION ALL '),
  },
];
