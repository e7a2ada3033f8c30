import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { deliver, eventOf, retold } from '../support/events.ts';
import { databases, startTestShop, type TestShop, until } from '../support/shop.ts';

describe.each(databases)('what a charge tells, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      webhooks: false,
      jobs: 'manual',
      sandboxSettings: { charge_updated_delay_ms: 0 },
    });
  });
  afterAll(() => shop.stop());

  const charged = async () => {
    const { payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const event = await eventOf(shop, 'charge.succeeded', intentOf(payment));
    return { id: payment.payment.id, intent: intentOf(payment), event };
  };
  const details = (id: string) =>
    shop.app.database.read
      .selectFrom('payments')
      .select(['charge_ref', 'balance_ref', 'card_brand', 'card_last4', 'status'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
  /** Transactions that wait for another one's lock. */
  const countWaiting = async () => {
    const { rows } = await sql<{ waiting: number }>`
      SELECT count(*) AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(shop.app.database.read);
    return Number(rows[0]!.waiting);
  };
  const kept = (eventId: string) =>
    shop.app.database.read
      .selectFrom('inbox')
      .select(['state', 'outcome', 'payment_id'])
      .where('event_id', '=', eventId)
      .execute();

  it('is written to its attempt, and moves nothing', async () => {
    const { id, intent, event } = await charged();
    expect(await deliver(shop, event)).toMatchObject({ status: 200, result: 'no_effect' });
    expect(await details(id)).toMatchObject({
      charge_ref: event.data.object.id,
      balance_ref: null,
      card_brand: 'visa',
      card_last4: '4242',
      status: 'open',
    });
    const updated = await eventOf(shop, 'charge.updated', intent);
    await deliver(shop, updated);
    expect((await details(id)).balance_ref).toBe(updated.data.object.balance_transaction);
    // Late, the first one knows no balance transaction. That says nothing about the one we know.
    await deliver(shop, retold(event));
    expect((await details(id)).balance_ref).toBe(updated.data.object.balance_transaction);
  });

  it('is kept once when it arrives ten times at once', async () => {
    const { id, event } = await charged();
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(shop, event)));
    expect(answers.map(({ result }) => result).toSorted()).toEqual([
      ...Array(9).fill('duplicate'),
      'no_effect',
    ]);
    expect(await kept(event.id)).toEqual([{ state: 'done', outcome: 'details recorded', payment_id: id }]);
  });

  it('is written although the attempt learns at the same moment which charge is its own', async () => {
    const { id, event } = await charged();
    const { delivered } = await shop.app.database.transaction(async (tx) => {
      const changes = { charge_ref: event.data.object.id };
      await tx.updateTable('payments').set(changes).where('id', '=', id).execute();
      const begun = { delivered: deliver(shop, event) };
      if (kind === 'PostgreSQL') await until(countWaiting, (waiting) => waiting > 0);
      return begun;
    });
    expect((await delivered).status).toBe(200);
    expect(await details(id)).toMatchObject({ card_brand: 'visa', card_last4: '4242' });
  });

  it.each([
    ['another intent', { payment_intent: 'pi_of_somebody_else' }],
    ['no intent', { payment_intent: null }],
  ])('is not written to the attempt when it belongs to %s', async (_, change) => {
    const { id, event } = await charged();
    const stray = retold(event, { ...change, id: 'ch_stray', balance_transaction: 'txn_stray' });
    const before = await details(id);
    expect((await deliver(shop, stray)).status).toBe(200);
    const after = await details(id);
    expect(await kept(stray.id)).toHaveLength(1);
    if (change.payment_intent !== null) expect(after).toEqual(before);
    else expect(after.status).toBe(before.status);
  });

  it('does not move an order to whose attempt it does not belong', async () => {
    const [mine, other] = [await charged(), await charged()];
    const { metadata } = mine.event.data.object;
    const mixed = retold(mine.event, { metadata: { ...metadata, paydesk_payment: other.id } });
    const before = await details(other.id);
    expect((await deliver(shop, mixed)).result).toBe('queued');
    expect(await details(other.id)).toEqual(before);
  });
});
