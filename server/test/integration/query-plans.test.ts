import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runBooks } from '../../src/jobs/books.ts';
import { paymentChecks } from '../../src/jobs/check-payments.ts';
import { runFigures } from '../../src/jobs/figures.ts';
import { runPoll } from '../../src/jobs/poll.ts';
import { runReconcile } from '../../src/jobs/reconcile.ts';
import { operate, paidOrder, refund } from '../support/operators.ts';
import { call, order, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';

/** Tables that grow with every order, for as long as there is a shop. */
const large = [
  'orders',
  'order_lines',
  'order_events',
  'payments',
  'refunds',
  'disputes',
  'inbox',
  'outbox',
  'ledger_entries',
  'mails',
  'documents',
  'idempotency',
  'provider_transactions',
  'fulfilments',
  'operator_actions',
  'people',
];
const lists = [
  '/orders',
  '/orders?view=needs-action',
  '/orders?status=paid&email=ada@example.com',
  '/orders/new',
  '/events',
  '/events?state=parked',
  '/effects',
  '/effects?state=done',
  '/breaks',
  '/breaks?state=closed',
  '/ledger',
  '/ledger?account=stripe_clearing',
  '/actions',
  '/today',
  '/figures',
  '/approvals',
  '/health',
];

let shop: TestShop;
const texts = new Set<string>();
const prepare = DatabaseSync.prototype.prepare;
const spy = vi.spyOn(DatabaseSync.prototype, 'prepare').mockImplementation(function (
  this: DatabaseSync,
  text,
) {
  texts.add(text);
  return prepare.call(this, text);
});

// Only SQLite says which way it goes whatever the sizes are: PostgreSQL reads small tables from end to end, and rightly.
beforeAll(async () => {
  shop = await startTestShop('SQLite', { webhooks: false, jobs: 'manual' });
  texts.clear();
});
afterAll(async () => {
  spy.mockRestore();
  await shop.stop();
});

it('No statement of a purchase, of the jobs or of the back office reads a table from end to end that grows with every order.', async () => {
  const { placed } = await paidOrder(shop);
  await refund(shop, placed, { amount: 100 });
  const unpaid = await order(shop);
  await call(shop, 'POST', `/api/orders/${unpaid.order.id}/cancel`, { token: unpaid.accessToken });
  await settleJobs(shop);
  const { app } = shop;
  const jobs = [runPoll, paymentChecks(app), runBooks, runFigures, runReconcile];
  for (const job of jobs) await job(app);
  for (const path of [...lists, `/orders/${placed.order.id}`, `/events?order=${placed.order.number}`])
    expect([path, (await operate(shop, 'GET', path)).status]).toEqual([path, 200]);
  for (const path of ['/readyz', '/metrics', '/api/products']) await fetch(`${shop.url}${path}`);
  const read = new DatabaseSync(shop.databaseUrl.slice('sqlite:'.length), { readOnly: true });
  const found = [...texts]
    .filter((text) => /^\s*(with|select|update|delete)/i.test(text))
    .flatMap((text) => {
      const steps = prepare.call(read, `EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[];
      const scans = steps.filter(({ detail }) => readsAll(text, detail));
      return scans.map(({ detail }) => `${detail}: ${text.replaceAll(/\s+/g, ' ')}`);
    });
  read.close();
  expect(texts.size).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

/** A scan without an index, of a table that is large, whatever the statement calls it. */
function readsAll(text: string, step: string): boolean {
  const name = /^SCAN (\w+)$/.exec(step)?.[1];
  if (name === undefined) return false;
  const aliased = new RegExp(`\\b"?(\\w+)"? as "?${name}"?\\b`, 'i').exec(text)?.[1];
  return large.includes(name) || (aliased !== undefined && large.includes(aliased));
}
