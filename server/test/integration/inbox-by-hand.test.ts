import type { EventDetail, Events } from '@paydesk/contract/admin/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayEvent } from '../../src/app/replay-event.ts';
import { findEvent, type InboxRow } from '../../src/db/inbox.ts';
import { checkBooks, snapshot } from '../support/books.ts';
import { intentOf, orderWithPayment } from '../support/customer.ts';
import { deliver, eventOf, retold } from '../support/events.ts';
import { makeHistory } from '../support/history.ts';
import { operate, paidOrder, trace } from '../support/operators.ts';
import { databases, readOrder, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';

const day = 24 * 3_600_000;

describe.each(databases)('the inbox, by hand, on %s', (kind) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      webhooks: false,
      jobs: 'manual',
      sandboxSettings: { refund_delay_ms: 0 },
    });
    await shop.app.database.transaction((tx) => tx.updateTable('products').set({ on_hand: 500 }).execute());
  });
  afterAll(() => shop.stop());

  const list = async (query: string) => (await operate<Events>(shop, 'GET', `/events?${query}`)).body;
  const show = async (id: string) =>
    (await operate<EventDetail>(shop, 'GET', `/events/${encodeURIComponent(id)}`)).body;
  const replay = async (id: string) =>
    await operate<EventDetail>(shop, 'POST', `/events/${encodeURIComponent(id)}/replay`);
  const giveUp = async (id: string, reason = 'It is of a shop that is gone.') =>
    await operate<EventDetail>(shop, 'POST', `/events/${id}/give-up`, { body: { reason } });
  /** An event about a payment that says it is ours and is not here. */
  const orphan = async () => {
    const { intent } = await paidOrder(shop);
    const known = await eventOf(shop, 'payment_intent.succeeded', intent);
    const object = known.data.object as { metadata: object };
    const id = `pi_orphan_${known.id}`;
    const metadata = { ...object.metadata, paydesk_order: 'ord_gone', paydesk_payment: 'pay_gone' };
    const event = retold(known, { id, metadata, latest_charge: `ch_${known.id}` });
    await deliver(shop, event);
    await settleJobs(shop);
    return { event, object: id };
  };
  const park = async (id: string) => {
    await shop.app.database.transaction((tx) =>
      tx
        .updateTable('inbox')
        .set({ received_at: shop.app.clock.now() - 2 * day, not_before: 0 })
        .where('event_id', '=', id)
        .execute(),
    );
    await settleJobs(shop);
  };
  const breaksAbout = async (object: string) =>
    await shop.app.database.read.selectFrom('breaks').selectAll().where('object_id', '=', object).execute();

  it('shows an event with what it carried, what was made of it, and what it changed', async () => {
    const { placed, intent } = await paidOrder(shop);
    const { id } = await eventOf(shop, 'payment_intent.succeeded', intent);
    const { event, timeline, effects } = await show(id);
    expect(event).toMatchObject({
      id,
      type: 'payment_intent.succeeded',
      object: intent,
      orderNumber: placed.order.number,
      signature: 'verified',
      decision: 'Payment succeeded, order paid.',
      payload: { id, data: { object: { id: intent } } },
    });
    expect(timeline).toMatchObject([{ type: 'order.paid', eventId: id }]);
    expect(effects).toMatchObject([
      { key: `mail.paid:${placed.order.id}`, state: 'waiting', mustHappen: null },
    ]);
    expect(JSON.stringify(event.payload)).not.toContain('_secret_');
    const { status, body } = await operate(shop, 'GET', '/events/evt_none');
    expect([status, body.error?.code]).toEqual([404, 'event_not_found']);
  });

  it('finds events by what they are about, their order, type, source, state and time', async () => {
    const { placed, intent } = await paidOrder(shop);
    const { id } = await eventOf(shop, 'payment_intent.succeeded', intent);
    const seen = await trace(shop, placed);
    const idsOf = async (query: string) => (await list(query)).events.map((event) => event.id);
    for (const query of [
      `object=${intent}`,
      `object=${seen.payments[0]!.id}`,
      `object=${id}`,
      `order=${placed.order.number}`,
      `order=${placed.order.id}&type=payment_intent.succeeded&state=done&source=hook`,
    ])
      expect([query, await idsOf(query)]).toEqual([query, [id]]);
    expect((await idsOf('type=payment_intent.succeeded'))[0]).toBe(id);
    expect((await idsOf(`from=${new Date().toISOString().slice(0, 10)}&state=&type=&order=`))[0]).toBe(id);
    for (const nothing of [
      'order=0000-0000',
      'type=coupon.created',
      'source=operator',
      'state=parked',
      'to=2020-01-01',
    ])
      expect([nothing, await idsOf(nothing)]).toEqual([nothing, []]);
    for (const wrong of ['from=yesterday', 'state=lost', 'limit=5']) {
      const { status, body } = await operate(shop, 'GET', `/events?${wrong}`);
      expect([wrong, status, body.error?.code]).toEqual([wrong, 400, 'invalid_request']);
    }
  });

  it('has pages that neither repeat nor leave out an event, in both directions, whatever the filter', async () => {
    const at = shop.app.clock.now() + day;
    const rows: InboxRow[] = Array.from({ length: 120 }, (_, index) => ({
      event_id: `evt_page_${String(index).padStart(3, '0')}`,
      provider: 'stripe',
      type: 'customer.created',
      object_id: 'cus_1',
      source: 'poll',
      payload: '{}',
      state: 'done',
      outcome: 'no effect',
      order_id: null,
      payment_id: null,
      attempts: 0,
      not_before: at,
      lease_token: null,
      lease_until: null,
      // Many are of one moment.
      received_at: at + Math.floor(index / 7),
      done_at: at,
      replayed_at: null,
    }));
    await shop.app.database.transaction((tx) => tx.insertInto('inbox').values(rows).execute());
    const newestFirst = rows.map(({ event_id }) => event_id).reverse();
    for (const filter of [
      'type=customer.created',
      'source=poll',
      'object=cus_1',
      'source=poll&type=customer.created',
    ]) {
      const first = await list(filter);
      const second = await list(`${filter}&after=${first.older}`);
      const third = await list(`${filter}&after=${second.older}`);
      expect([first.newer, third.older]).toEqual([null, null]);
      const ids = [first, second, third].flatMap(({ events }) => events.map(({ id }) => id));
      expect([filter, ids]).toEqual([filter, newestFirst]);
      const back = await list(`${filter}&before=${third.newer}`);
      expect(back.events).toEqual(second.events);
      expect((await list(`${filter}&before=${back.newer}`)).events).toEqual(first.events);
    }
    // A cursor that is none of ours begins at the first page.
    expect((await list('type=customer.created&after=nonsense')).events[0]?.id).toBe(newestFirst[0]);
    await shop.app.database.transaction((tx) =>
      tx.deleteFrom('inbox').where('object_id', '=', 'cus_1').execute(),
    );
  });

  it('replays every event of a shop where everything happened, in either order, and nothing but the inbox changes', async () => {
    await makeHistory(shop);
    const strange = 'transfer:a/b c "d"';
    expect((await replay(strange)).body.event).toMatchObject({ id: strange, signature: 'recorded' });
    await settleJobs(shop);
    const before = await withoutInbox(shop);
    const rows = await shop.app.database.read
      .selectFrom('inbox')
      .selectAll()
      .orderBy('received_at')
      .execute();
    expect(new Set(rows.map(({ type }) => type)).size).toBeGreaterThan(8);
    for (const events of [rows, rows.toReversed()]) {
      for (const { event_id } of events) await replayEvent(shop.app, event_id, 'Ada');
      await settleJobs(shop);
      expect(await withoutInbox(shop)).toEqual(before);
      for (const event of events) {
        const now = (await findEvent(shop.app.database.read, event.event_id))!;
        const { state, order_id, payment_id } = event;
        expect(now).toMatchObject({ state, order_id, payment_id });
        // What it did when it came stays to be read.
        if (order_id !== null)
          expect(now.outcome).toMatch(new RegExp(`^${escaped(event.outcome!)}; once more: `));
      }
    }
    await checkBooks(shop);
  });

  it('replays a parked event once its order is there again, and closes the break by itself', async () => {
    const { event, object } = await orphan();
    await park(event.id);
    expect((await show(event.id)).event).toMatchObject({
      state: 'parked',
      decision: expect.stringMatching(/^It was parked/),
    });
    expect(await breaksAbout(object)).toMatchObject([{ kind: 'payment_not_found', closed_at: null }]);
    // Nobody is there yet: it waits as long as an event that came just now.
    expect((await replay(event.id)).body.event).toMatchObject({
      state: 'new',
      decision: 'It is dealt with once more next.',
    });
    await settleJobs(shop);
    expect((await show(event.id)).event.state).toBe('waiting');
    const { placed, payment } = await orderWithPayment(shop);
    const { payload } = (await findEvent(shop.app.database.read, event.id))!;
    const told = payload
      .replaceAll(object, intentOf(payment))
      .replace('ord_gone', placed.order.id)
      .replace('pay_gone', payment.payment.id);
    await shop.app.database.transaction((tx) =>
      tx.updateTable('inbox').set({ payload: told }).where('event_id', '=', event.id).execute(),
    );
    // One that waits is due at once.
    expect((await replay(event.id)).status).toBe(200);
    await settleJobs(shop);
    expect((await show(event.id)).event).toMatchObject({ state: 'done', orderId: placed.order.id });
    expect((await readOrder(shop, placed)).status).toBe('paid');
    expect(await breaksAbout(object)).toMatchObject([{ closed_by: 'shop' }]);
  });

  it('gives up an event that waits, with a reason that stays, and refuses where it is done or somebody is at it', async () => {
    const { event, object } = await orphan();
    await park(event.id);
    const { status, body } = await giveUp(event.id);
    expect([status, body.event.state, body.event.outcome]).toEqual([
      200,
      'done',
      'given up by operator: It is of a shop that is gone.',
    ]);
    expect(await breaksAbout(object)).toMatchObject([
      { closed_by: 'operator', resolution: 'It is of a shop that is gone.' },
    ]);
    const again = await giveUp(event.id);
    expect([again.status, again.body.error?.code]).toEqual([409, 'event_done']);
    const waiting = await orphan();
    await shop.app.database.transaction((tx) =>
      tx
        .updateTable('inbox')
        .set({ lease_token: 'lea_x', lease_until: shop.app.clock.now() + 5_000 })
        .where('event_id', '=', waiting.event.id)
        .execute(),
    );
    const held = await giveUp(waiting.event.id);
    expect([held.status, held.body.error?.code]).toEqual([409, 'event_in_work']);
    shop.advance(6_000);
    expect((await giveUp(waiting.event.id)).status).toBe(200);
    const nothing = await giveUp('evt_none');
    expect([nothing.status, nothing.body.error?.code]).toEqual([404, 'event_not_found']);
    const silent = await giveUp(waiting.event.id, ' ');
    expect([silent.status, silent.body.error?.code]).toEqual([400, 'invalid_request']);
    // What was given up can be replayed all the same.
    expect((await replay(event.id)).status).toBe(200);
    await settleJobs(shop);
    expect((await show(event.id)).event.state).toBe('waiting');
    expect((await giveUp(event.id)).status).toBe(200);
    await checkBooks(shop);
  });
});

function escaped(text: string): string {
  return text.split('; once more: ')[0]!.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function withoutInbox(shop: TestShop): Promise<unknown> {
  const { inbox: _, ...rest } = await snapshot(shop);
  return rest;
}
