import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PlacedOrder } from '@paydesk/contract/orders';
import type { CheckedOrder } from '@paydesk/contract/reconciliation';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { differencesOf, type Reconciliation, reconcile } from '../../src/app/reconcile.ts';
import { describeReconciliation } from '../../src/app/reconciliation-report.ts';
import { insertJournal } from '../../src/db/books.ts';
import { receiptForOrder } from '../../src/domain/ledger.ts';
import { runReconcile } from '../../src/jobs/reconcile.ts';
import { checkBooks } from '../support/books.ts';
import { intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { tell } from '../support/disputes.ts';
import { deliver, eventOf } from '../support/events.ts';
import { operate } from '../support/operators.ts';
import { databases, readOrder, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';
import { settingsBeside } from '../support/shop-process.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const listing = calls('GET', '/v1/events');

describe.each(databases)('reconciliation on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      line,
      webhooks: false,
      jobs: 'manual',
      sandboxSettings: { charge_updated_delay_ms: 0 },
    });
    // What is younger than two minutes may still be on its way, and is not compared.
    shop.advance(3 * minute);
  });
  afterEach(() => line.mend());
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const run = async (repair = false) =>
    await reconcile(shop.app, { since: shop.app.clock.now() - 3 * day, repair });
  const kindsOf = (report: Reconciliation) => differencesOf(report).map((one) => one.kind);
  const openBreaks = async (...kinds: string[]) =>
    await shop.app.database.read
      .selectFrom('breaks')
      .selectAll()
      .where('kind', 'in', kinds)
      .where('closed_at', 'is', null)
      .execute();
  /** A customer paid, and the shop did not hear of it. */
  const unheard = async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    return { placed, intent: intentOf(payment) };
  };
  const heard = async () => {
    const made = await unheard();
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', made.intent));
    return made;
  };
  const refundAtStripe = async (intent: string, amount: number) =>
    await tell(shop, '/v1/refunds', { payment_intent: intent, amount: String(amount) });
  const dispute = async (intent: string) =>
    await tell(shop, '/_sandbox/disputes', { payment_intent: intent, kind: 'product_not_received' });
  /** Stripe has forgotten its events, as after thirty days. */
  const withoutEvents = () =>
    line.deal(
      listing,
      async (exchange) => {
        const body = JSON.stringify({ object: 'list', data: [], has_more: false, url: '/v1/events' });
        const headers = { 'content-type': 'application/json' };
        exchange.reply({ status: 200, headers, body: Buffer.from(body) });
      },
      100,
    );
  const statusOf = async (placed: PlacedOrder) => (await readOrder(shop, placed)).status;

  it('has nothing to say about books that agree', async () => {
    await heard();
    const report = await run();
    expect(report.providers).toMatchObject([
      {
        provider: 'stripe',
        comparisons: [
          { what: 'charges', compared: 1, foreign: 0, differences: [] },
          { what: 'refunds', compared: 0 },
          { what: 'disputes', compared: 0 },
        ],
      },
    ]);
    expect(describeReconciliation(report)).toMatch(/charges +1 +1 +0 +0\n(.*\n)*No differences\./);
  });

  it('finds what happened at Stripe while the shop was down, and says what to do', async () => {
    const [paid, refunded, disputed] = [await unheard(), await heard(), await heard()];
    await refundAtStripe(refunded.intent, 500);
    await dispute(disputed.intent);
    const report = await run();
    expect(kindsOf(report)).toEqual(['charge_not_booked', 'refund_not_booked', 'dispute_not_booked']);
    expect(differencesOf(report)[0]).toMatchObject({
      orderId: paid.placed.order.id,
      amount: paid.placed.order.total.amount,
      detail: expect.stringContaining('open'),
    });
    expect(describeReconciliation(report)).toContain('Reconcile with --repair.');
    expect(await openBreaks('charge_not_booked', 'refund_not_booked', 'dispute_not_booked')).toHaveLength(3);
    expect(await statusOf(paid.placed)).toBe('pending');
  });

  it('repairs that from Stripe’s present truth even where its events are gone, once', async () => {
    const before = await run();
    const orders = differencesOf(before).map(({ orderId }) => orderId!);
    withoutEvents();
    const report = await run(true);
    expect(kindsOf(report)).toEqual([]);
    expect(report.providers[0]).toMatchObject({ eventsFetched: 0, repaired: { length: 3 } });
    expect(await openBreaks('charge_not_booked', 'refund_not_booked', 'dispute_not_booked')).toEqual([]);
    expect(await openBreaks('event_missing')).toMatchObject([{ order_id: orders[0] }]);
    const rows = await shop.app.database.read
      .selectFrom('orders')
      .select(['id', 'status', 'version'])
      .where('id', 'in', orders)
      .execute();
    expect(orders.map((id) => rows.find((row) => row.id === id)!.status)).toEqual([
      'paid',
      'partially_refunded',
      'paid',
    ]);
    const again = await run(true);
    expect(again.providers[0]).toMatchObject({ repaired: [] });
    const after = await shop.app.database.read
      .selectFrom('orders')
      .select(['id', 'status', 'version'])
      .where('id', 'in', orders)
      .execute();
    expect(after).toEqual(rows);
  });

  it('repairs by the missing events themselves where Stripe still has them', async () => {
    const { placed } = await unheard();
    const report = await run(true);
    expect(kindsOf(report)).toEqual([]);
    expect(report.providers[0]!.eventsFetched).toBeGreaterThan(0);
    expect((await readOrder(shop, placed)).timeline.find(({ status }) => status === 'paid')).toMatchObject({
      actor: 'provider',
    });
    await settleJobs(shop);
  });

  it('leaves to a person a charge that carries our name but belongs to no order we know', async () => {
    const metadata = { order: 'ord_gone', payment: 'pay_gone', instance: shop.app.instanceId };
    const form = (names: Record<string, string>) => ({
      amount: '4200',
      currency: 'usd',
      payment_method: 'pm_card_visa',
      confirm: 'true',
      return_url: 'http://localhost/back',
      ...names,
    });
    await tell(
      shop,
      '/v1/payment_intents',
      form(
        Object.fromEntries(Object.entries(metadata).map(([name, id]) => [`metadata[paydesk_${name}]`, id])),
      ),
    );
    await tell(shop, '/v1/payment_intents', form({}));
    withoutEvents();
    const report = await run(true);
    expect(differencesOf(report)).toMatchObject([{ kind: 'charge_not_booked', amount: 4200, orderId: null }]);
    expect(report.providers[0]!.comparisons[0]).toMatchObject({ foreign: 1 });
    expect(describeReconciliation(report)).toMatch(/charge_not_booked {2}ch_\w+ {2}\$42\.00/);
    expect(await openBreaks('charge_not_booked')).toMatchObject([{ amount: 4200 }]);
  });

  it('is asked about one order by an operator, and applies what it finds', async () => {
    const { placed, intent } = await unheard();
    await refundAtStripe(intent, 300);
    const path = `/orders/${placed.order.id}/check`;
    const reply = await operate<CheckedOrder>(shop, 'POST', path);
    expect(reply.status).toBe(200);
    expect(reply.body.order).toMatchObject({ status: 'partially_refunded', refunded: { amount: 300 } });
    expect(reply.body.found.map(({ object }) => object)).toEqual([intent, `refunds of ${intent}`]);
    expect(await openBreaks('event_missing')).not.toContainEqual(
      expect.objectContaining({ order_id: placed.order.id }),
    );
    const again = await operate<CheckedOrder>(shop, 'POST', path);
    expect(again.body.order.version).toBe(reply.body.order.version);
    expect(again.body.found.every(({ outcome }) => outcome.startsWith('no effect'))).toBe(true);
    expect((await operate(shop, 'POST', '/orders/ord_none/check')).status).toBe(404);
    expect((await operate(shop, 'POST', path, { token: 'of somebody else' })).status).toBe(401);
    await line.close();
    const away = await operate<{ error: { code: string } }>(shop, 'POST', path);
    expect([away.status, away.body.error.code]).toEqual([503, 'payment_provider_unavailable']);
    await line.open();
    await settleJobs(shop);
  });

  it('runs once a day whatever the number of processes, and an hour later where Stripe was away', async () => {
    await line.close();
    await runReconcile(shop.app);
    await line.open();
    const asked = () => line.requests.filter(calls('GET', '/v1/charges')).length;
    const before = asked();
    await Promise.all(Array.from({ length: 3 }, () => runReconcile(shop.app)));
    expect(asked()).toBe(before);
    shop.advance(61 * minute);
    await Promise.all(Array.from({ length: 3 }, () => runReconcile(shop.app)));
    expect(asked()).toBe(before + 1);
    shop.advance(23 * 60 * minute);
    await runReconcile(shop.app);
    expect(asked()).toBe(before + 1);
    shop.advance(-24 * 60 * minute - minute);
  });

  it('leaves books that are in order', async () => {
    await settleJobs(shop);
    await checkBooks(shop);
    expect(kindsOf(await run())).toEqual(['charge_not_booked']);
  });

  it('does not believe a payment of ours that Stripe has not', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    const { total, subtotal, discount, shipping, tax } = placed.order;
    await shop.app.database.transaction(async (tx) => {
      await tx
        .updateTable('payments')
        .set({ status: 'succeeded', received: total.amount, intent_ref: 'pi_invented' })
        .where('id', '=', payment.payment.id)
        .execute();
      const order = {
        subtotal: subtotal.amount,
        discount: discount.amount,
        shipping: shipping.amount,
        tax: tax.amount,
        total: total.amount,
      };
      await insertJournal(tx, {
        kind: 'receipt',
        ref: payment.payment.id,
        orderId: placed.order.id,
        currency: 'usd',
        at: shop.app.clock.now() - 10 * minute,
        entries: receiptForOrder('stripe_clearing', order, 0),
      });
    });
    const found = differencesOf(await run(true)).find(({ kind: name }) => name === 'charge_not_at_provider');
    expect(found).toMatchObject({ objectId: payment.payment.id, orderId: placed.order.id, repair: null });
    expect(await openBreaks('charge_not_at_provider')).toHaveLength(1);
  });

  it('is a command that works beside the shop', async () => {
    const settings = await settingsBeside(shop);
    const { placed, intent } = await unheard();
    const asked = await command(['--order', placed.order.number], settings);
    expect(asked).toMatchObject({
      code: 0,
      stdout: `${intent}: no effect: the payment is succeeded already\n`,
    });
    expect(await statusOf(placed)).toBe('paid');
    const report = await command(['--json', '--since', '2d'], settings);
    expect(report.code).toBe(1);
    const { providers } = JSON.parse(report.stdout) as { providers: { provider: string }[] };
    expect(providers).toMatchObject([{ provider: 'stripe', comparisons: [{ what: 'charges' }, {}, {}] }]);
  });
});

it('says how the command is used when it is told something else', async () => {
  const wrong = await command(['--since', 'yesterday'], {});
  expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([2, '', expect.stringContaining('--since')]);
});

type Ended = { code: number; stdout: string; stderr: string };

async function command(options: string[], settings: Record<string, string>): Promise<Ended> {
  return await promisify(execFile)(process.execPath, ['server/src/reconcile.ts', ...options], {
    env: settings,
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Ended) => error,
  );
}
