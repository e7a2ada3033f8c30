import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPayments } from '../../src/db/payments.ts';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import { intentOf, orderWithPayment, pay, startPayment } from '../support/customer.ts';
import { deliver, eventOf, retold } from '../support/events.ts';
import { databases, order, readOrder, startTestShop, type TestShop, until } from '../support/shop.ts';
import { calls, loseReply, StripeLine } from '../support/stripe-line.ts';
import { ask, madeForOrder } from '../support/stripe-record.ts';

const day = 24 * 3_600_000;
const creates = calls('POST', /^\/v1\/(payment_intents|checkout\/sessions)$/);

describe.each(databases)('an event that comes before our own row is complete, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, { line, webhooks: false, jobs: 'manual' });
  });
  beforeEach(() => line.mend());
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  const inboxRow = async (id: string) =>
    await shop.app.database.read
      .selectFrom('inbox')
      .selectAll()
      .where('event_id', '=', id)
      .executeTakeFirstOrThrow();
  const attemptOf = async (orderId: string) => (await findPayments(shop.app.database.read, orderId))[0]!;
  /** Pays what Stripe made for an order although the shop does not know its name yet. */
  const payUnknown = async (orderId: string) => {
    const [intent] = (await madeForOrder(shop.sandbox.url, orderId)).intents;
    const { client_secret: clientSecret } = await ask<{ client_secret: string }>(
      shop.sandbox.url,
      `/v1/payment_intents/${intent!.id}`,
    );
    await pay(shop, { payment: {} as never, clientSecret });
    return await eventOf(shop, 'payment_intent.succeeded', intent!.id);
  };

  it('is adopted while Stripe’s reply is still on its way: the order is paid, the reply changes nothing', async () => {
    const placed = await order(shop);
    const held = line.hold(creates, 'after');
    const asking = startPayment(shop, placed);
    await held.reached;
    expect(await attemptOf(placed.order.id)).toMatchObject({ status: 'creating', intent_ref: null });
    const succeeded = await payUnknown(placed.order.id);
    expect(await deliver(shop, succeeded)).toMatchObject({ status: 200, result: 'applied' });
    expect((await readOrder(shop, placed)).status).toBe('paid');
    held.release();
    const { status, body } = await asking;
    expect(status).toBe(201);
    expect(body.payment).toMatchObject({ status: 'succeeded', reference: succeeded.data.object.id });
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', version: 2 });
  });

  it('is adopted when Stripe’s reply was lost, and the outbox then has nothing left to do', async () => {
    const placed = await order(shop);
    line.deal(creates, loseReply, 10);
    expect((await startPayment(shop, placed)).status).toBe(503);
    line.mend();
    const succeeded = await payUnknown(placed.order.id);
    await deliver(shop, succeeded);
    expect(await attemptOf(placed.order.id)).toMatchObject({
      status: 'succeeded',
      intent_ref: succeeded.data.object.id,
    });
    const asked = line.requests.length;
    shop.advance(60_000);
    await shop.runJobs();
    expect(line.requests.slice(asked).filter(creates)).toEqual([]);
    expect((await madeForOrder(shop.sandbox.url, placed.order.id)).intents).toHaveLength(1);
  });

  it('is kept and tried again when it names a payment of ours that we do not have yet', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const genuine = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    const { metadata } = genuine.data.object;
    const early = retold(genuine, {
      metadata: { ...metadata, paydesk_payment: 'pay_00000000000000000000zzzz' },
    });
    expect(await deliver(shop, early)).toMatchObject({ status: 200, result: 'queued' });
    const waits: number[] = [];
    for (let round = 1; round <= 5; round += 1) {
      await shop.runJobs();
      const row = await inboxRow(early.id);
      expect(row).toMatchObject({ state: 'waiting', attempts: round });
      waits.push(row.not_before - shop.app.clock.now());
      shop.advance(Math.max(0, row.not_before - shop.app.clock.now()));
    }
    expect(waits.map((wait) => Math.round(wait / 1_000))).toEqual([1, 2, 4, 8, 16]);
    expect((await readOrder(shop, placed)).status).toBe('pending');
    await deliver(shop, genuine);
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('is applied by a later try when our row has come meanwhile', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    const { db, row } = { db: shop.app.database, row: await attemptOf(placed.order.id) };
    // As in the moment between Stripe's event and our commit, or before a replica has caught up.
    await db.transaction((tx) => tx.deleteFrom('payments').where('id', '=', row.id).execute());
    expect(await deliver(shop, event)).toMatchObject({ status: 200, result: 'queued' });
    await db.transaction((tx) => tx.insertInto('payments').values(row).execute());
    await until(
      async () => {
        shop.advance(2_000);
        await shop.runJobs();
        return await readOrder(shop, placed);
      },
      ({ status }) => status === 'paid',
    );
    expect(await inboxRow(event.id)).toMatchObject({ state: 'done', order_id: placed.order.id });
  });

  it('is parked after a day, and a person is told', async () => {
    const { payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const genuine = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    const id = 'pi_nobody_knows_this';
    const lost = retold(genuine, {
      id,
      metadata: { ...genuine.data.object.metadata, paydesk_order: 'ord_none' },
    });
    expect(await deliver(shop, lost)).toMatchObject({ result: 'queued' });
    await shop.runJobs();
    shop.advance(day + 1_000);
    await until(
      async () => {
        await shop.runJobs();
        return await inboxRow(lost.id);
      },
      ({ state }) => state === 'parked',
    );
    const opened = await shop.app.database.read
      .selectFrom('breaks')
      .selectAll()
      .where('object_id', '=', id)
      .execute();
    expect(opened).toMatchObject([{ kind: 'payment_not_found', closed_at: null }]);
    await deliver(shop, genuine);
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
