import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestEvent } from '../../src/app/digest-event.ts';
import { performEffect } from '../../src/app/perform-effect.ts';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/dialect.ts';
import { type InboxRow, inbox } from '../../src/db/inbox.ts';
import { type OutboxRow, outbox } from '../../src/db/outbox.ts';
import { checkBooks } from '../support/books.ts';
import { intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { deliver, eventOf } from '../support/events.ts';
import {
  databases,
  makeDue,
  order,
  readOrder,
  settleJobs,
  startTestShop,
  type TestShop,
} from '../support/shop.ts';
import { StripeLine } from '../support/stripe-line.ts';

const minute = 60_000;

function waitingEvent(now: number, changes: Partial<InboxRow> = {}): InboxRow {
  return {
    event_id: `evt_${randomUUID()}`,
    provider: 'stripe',
    type: 'customer.created',
    object_id: 'cus_1',
    source: 'hook',
    payload: JSON.stringify({ id: 'evt_1', type: 'customer.created', data: { object: { id: 'cus_1' } } }),
    state: 'new',
    outcome: null,
    order_id: null,
    payment_id: null,
    attempts: 0,
    not_before: now,
    lease_token: null,
    lease_until: null,
    received_at: now,
    done_at: null,
    replayed_at: null,
    ...changes,
  };
}

function dueEffect(now: number, changes: Partial<OutboxRow> = {}): OutboxRow {
  const subject = `ord_${randomUUID()}`;
  return {
    dedupe_key: `order.close:${subject}`,
    kind: 'order.close',
    order_id: subject,
    subject_id: subject,
    not_before: now,
    attempts: 0,
    lease_token: null,
    lease_until: null,
    last_error: null,
    created_at: now,
    done_at: null,
    dead_at: null,
    ...changes,
  };
}

describe.each(databases)('inbox and outbox on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let workers: Database[];
  beforeAll(async () => {
    shop = await startTestShop(kind, { line, webhooks: false, jobs: 'manual' });
    workers = Array.from({ length: 4 }, () => openDatabase(shop.databaseUrl, { poolSize: 2 }));
  });
  afterAll(async () => {
    for (const worker of workers) await worker.close();
    await shop.stop();
    await line.close();
  });

  const now = () => shop.app.clock.now();
  const lease = (token: string, at = now()) => ({ token, now: at, milliseconds: minute, limit: 10 });
  const insertEvents = async (rows: InboxRow[]) =>
    await shop.app.database.transaction((tx) => tx.insertInto('inbox').values(rows).execute());
  const insertEffects = async (rows: OutboxRow[]) =>
    await shop.app.database.transaction((tx) => tx.insertInto('outbox').values(rows).execute());
  const eventRow = async (id: string) =>
    await shop.app.database.read
      .selectFrom('inbox')
      .selectAll()
      .where('event_id', '=', id)
      .executeTakeFirstOrThrow();
  const effectRow = async (key: string) =>
    await shop.app.database.read
      .selectFrom('outbox')
      .selectAll()
      .where('dedupe_key', '=', key)
      .executeTakeFirstOrThrow();

  it('gives each of 500 events to one of four workers', async () => {
    const rows = Array.from({ length: 500 }, () => waitingEvent(now() - 1_000));
    await insertEvents(rows);
    const claimed = await Promise.all(
      workers.map(async (worker, index) => {
        const mine: string[] = [];
        for (;;) {
          const events = await worker.transaction((tx) => inbox.claim(tx, lease(`worker-${index}`)));
          if (events.length === 0) return mine;
          mine.push(...events.map((event) => event.event_id));
          for (const event of events)
            await worker.transaction((tx) =>
              inbox.finish(tx, event, { state: 'done', outcome: 'no effect: a test', done_at: now() }),
            );
        }
      }),
    );
    expect(claimed.flat().toSorted()).toEqual(rows.map((row) => row.event_id).toSorted());
    expect(claimed.filter((mine) => mine.length > 0).length).toBeGreaterThan(1);
  });

  it('gives each of 500 effects to one of four workers', async () => {
    const rows = Array.from({ length: 500 }, () => dueEffect(now() - 1_000));
    await insertEffects(rows);
    const claimed = await Promise.all(
      workers.map(async (worker, index) => {
        const mine: string[] = [];
        for (;;) {
          const effects = await worker.transaction((tx) => outbox.claim(tx, lease(`worker-${index}`)));
          if (effects.length === 0) return mine;
          mine.push(...effects.map((effect) => effect.dedupe_key));
          for (const effect of effects)
            await worker.transaction((tx) => outbox.finish(tx, effect, { done_at: now() }));
        }
      }),
    );
    expect(claimed.flat().toSorted()).toEqual(rows.map((row) => row.dedupe_key).toSorted());
    expect(claimed.filter((mine) => mine.length > 0).length).toBeGreaterThan(1);
  });

  it('takes an event from a worker whose lease ended, and refuses what that worker writes afterwards', async () => {
    const [first, second] = workers as [Database, Database];
    const at = now();
    const row = waitingEvent(at);
    await insertEvents([row]);
    const [old] = await first.transaction((tx) => inbox.claim(tx, lease('old', at)));
    expect(old!.event_id).toBe(row.event_id);
    expect(await second.transaction((tx) => inbox.claim(tx, lease('new', at + minute - 1)))).toEqual([]);
    const [taken] = await second.transaction((tx) => inbox.claim(tx, lease('new', at + minute + 1)));
    expect(taken).toMatchObject({ event_id: row.event_id, attempts: 2, lease_token: 'new' });
    const done = { state: 'done' as const, done_at: now() };
    expect(await first.transaction((tx) => inbox.finish(tx, old!, { ...done, outcome: 'old' }))).toBe(false);
    expect(await second.transaction((tx) => inbox.finish(tx, taken!, { ...done, outcome: 'new' }))).toBe(
      true,
    );
    expect(await eventRow(row.event_id)).toMatchObject({ outcome: 'new', lease_token: null });
  });

  it('takes an effect from a worker whose lease ended, and refuses what that worker writes afterwards', async () => {
    const [first, second] = workers as [Database, Database];
    const row = dueEffect(now());
    await insertEffects([row]);
    const [old] = await first.transaction((tx) => outbox.claim(tx, lease('old')));
    expect(await second.transaction((tx) => outbox.claim(tx, lease('new')))).toEqual([]);
    const [taken] = await second.transaction((tx) => outbox.claim(tx, lease('new', now() + minute + 1)));
    expect(await first.transaction((tx) => outbox.finish(tx, old!, { last_error: 'old' }))).toBe(false);
    expect(
      await second.transaction((tx) => outbox.finish(tx, taken!, { done_at: now(), last_error: 'new' })),
    ).toBe(true);
    expect(await effectRow(row.dedupe_key)).toMatchObject({ last_error: 'new', attempts: 2 });
  });

  it('closes an order once although a worker that slept through its lease wakes up and goes on', async () => {
    const { placed } = await orderWithPayment(shop);
    await makeDue(shop, placed);
    const [asleep] = await shop.app.database.transaction((tx) => outbox.claim(tx, lease('asleep')));
    expect(asleep!.order_id).toBe(placed.order.id);
    shop.advance(minute + 1);
    await settleJobs(shop);
    const closed = await readOrder(shop, placed);
    expect(closed.status).toBe('expired');
    await performEffect(shop.app, asleep!);
    expect(await readOrder(shop, placed)).toEqual(closed);
  });

  it('applies an event once although a worker that slept through its lease wakes up and goes on', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    await deliver(shop, { ...event, api_version: '2019-12-03' });
    const [asleep] = await shop.app.database.transaction((tx) => inbox.claim(tx, lease('asleep')));
    shop.advance(minute + 1);
    await settleJobs(shop);
    const paid = await readOrder(shop, placed);
    expect(paid.status).toBe('paid');
    await digestEvent(shop.app, asleep!);
    expect(await readOrder(shop, placed)).toEqual(paid);
    expect(await eventRow(event.id)).toMatchObject({
      state: 'done',
      outcome: 'payment succeeded, order paid',
    });
  });

  it('waits longer after each try that Stripe did not answer, up to ten minutes, and then goes on', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    await deliver(shop, { ...event, api_version: '2019-12-03' });
    await line.close();
    const waits: number[] = [];
    for (let round = 1; round <= 3; round += 1) {
      await shop.runJobs();
      const { not_before: next, state } = await eventRow(event.id);
      expect(state).toBe('waiting');
      waits.push((next - now()) / 1_000);
      shop.advance(Math.max(0, next - now()));
    }
    expect(waits.map(Math.round)).toEqual([1, 2, 4]);
    await shop.app.database.transaction((tx) =>
      tx.updateTable('inbox').set({ attempts: 30 }).where('event_id', '=', event.id).execute(),
    );
    await shop.runJobs();
    expect(Math.round(((await eventRow(event.id)).not_before - now()) / minute)).toBe(10);
    await line.open();
    shop.advance(11 * minute);
    await settleJobs(shop);
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('is not held up by an event that cannot be read', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment);
    const broken = waitingEvent(now() - 5_000, { payload: '{"id":' });
    await insertEvents([broken]);
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    await deliver(shop, { ...event, api_version: '2019-12-03' });
    await shop.runJobs();
    expect((await readOrder(shop, placed)).status).toBe('paid');
    expect(await eventRow(broken.event_id)).toMatchObject({ state: 'waiting', attempts: 1 });
    shop.advance(25 * 60 * minute);
    await settleJobs(shop);
    expect((await eventRow(broken.event_id)).state).toBe('parked');
    const breaks = await shop.app.database.read.selectFrom('breaks').select('detail').execute();
    expect(breaks).toMatchObject([{ detail: expect.stringContaining(broken.event_id) }]);
    shop.advance(-25 * 60 * minute);
  });

  it('is not held up by an effect that fails', async () => {
    const broken = dueEffect(now() - 5_000, {
      kind: 'payment.create',
      order_id: 'ord_x',
      subject_id: 'pay_broken',
    });
    const { placed: stuck } = await orderWithPayment(shop);
    await shop.app.database.transaction(async (tx) => {
      await tx
        .updateTable('payments')
        .set({ status: 'creating', params_json: '{' })
        .where('order_id', '=', stuck.order.id)
        .execute();
      const [payment] = await tx
        .selectFrom('payments')
        .select('id')
        .where('order_id', '=', stuck.order.id)
        .execute();
      await tx
        .insertInto('outbox')
        .values({ ...broken, subject_id: payment!.id })
        .execute();
    });
    const placed = await order(shop);
    await makeDue(shop, placed);
    await shop.runJobs();
    expect((await readOrder(shop, placed)).status).toBe('expired');
    const row = await effectRow(broken.dedupe_key);
    expect(row).toMatchObject({
      done_at: null,
      dead_at: null,
      attempts: 1,
      last_error: expect.stringMatching(/JSON/),
    });
    expect(row.not_before).toBeGreaterThan(now());
    await shop.app.database.transaction(async (tx) => {
      await tx.deleteFrom('outbox').where('dedupe_key', '=', broken.dedupe_key).execute();
      await tx
        .updateTable('payments')
        .set({ status: 'open' })
        .where('order_id', '=', stuck.order.id)
        .execute();
    });
  });

  it('leaves books that are in order', () => checkBooks(shop));
});
