import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ProviderError } from '../../src/app/errors.ts';
import { pollEvents } from '../../src/app/poll-events.ts';
import type { PaymentProvider } from '../../src/app/ports.ts';
import { paymentChecks } from '../../src/jobs/check-payments.ts';
import { runPoll } from '../../src/jobs/poll.ts';
import { checkBooks, compareWithStripe } from '../support/books.ts';
import { declined, intentOf, orderWithPayment, pay } from '../support/customer.ts';
import { answer, tell } from '../support/disputes.ts';
import { deliver, eventOf } from '../support/events.ts';
import { card, refund } from '../support/operators.ts';
import { call, databases, readOrder, settleJobs, startTestShop, type TestShop } from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';
import { listAll } from '../support/stripe-record.ts';

const minute = 60_000;
const listing = calls('GET', '/v1/events');

describe.each(databases)('when no webhook arrives, on %s', (kind) => {
  const line = new StripeLine();
  let shop: TestShop;
  let check: () => Promise<number>;
  beforeAll(async () => {
    shop = await startTestShop(kind, {
      line,
      webhooks: false,
      jobs: 'manual',
      sandboxSettings: { charge_updated_delay_ms: 0 },
    });
    check = paymentChecks(shop.app);
  });
  beforeEach(() => line.mend());
  afterAll(async () => {
    await shop.stop();
    await line.close();
  });

  /** Half a minute later, everything that is due then is done. */
  const halfMinute = async () => {
    shop.advance(30_000);
    await runPoll(shop.app);
    await check();
    await settleJobs(shop);
  };
  const paidOrder = async (flow: 'elements' | 'hosted' = 'elements') => {
    const made = await orderWithPayment(shop, flow);
    expect((await pay(shop, made.payment)).status).toBe(200);
    return made;
  };
  const breaks = async (kindOfBreak: string) =>
    await shop.app.database.read
      .selectFrom('breaks')
      .selectAll()
      .where('kind', '=', kindOfBreak)
      .where('closed_at', 'is', null)
      .execute();
  const sources = async (orderId: string) =>
    (
      await shop.app.database.read
        .selectFrom('inbox')
        .select('source')
        .where('order_id', '=', orderId)
        .execute()
    ).map(({ source }) => source);
  /** Stripe's events are silent: as if they had never been made. */
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

  it.each(['elements', 'hosted'] as const)('pays an order within a minute all the same: %s', async (flow) => {
    const { placed } = await paidOrder(flow);
    await halfMinute();
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', version: 2 });
    expect(new Set(await sources(placed.order.id))).toEqual(new Set(['poll']));
  });

  it('has a failed payment failed, because what was fetched is only a hint and is looked up', async () => {
    const { placed, payment } = await orderWithPayment(shop);
    await pay(shop, payment, declined);
    await halfMinute();
    expect((await readOrder(shop, placed)).status).toBe('failed');
  });

  it('pays once when ten webhooks and ten rounds come at the same time', async () => {
    const { placed, payment } = await paidOrder();
    const event = await eventOf(shop, 'payment_intent.succeeded', intentOf(payment));
    shop.advance(30_000);
    await Promise.all(Array.from({ length: 10 }, () => [deliver(shop, event), runPoll(shop.app)]).flat());
    await settleJobs(shop);
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', version: 2 });
    await deliver(shop, event);
    expect(await sources(placed.order.id)).toContain('hook');
  });

  it('fetches nothing twice, and asks once however many processes there are', async () => {
    const asked = line.requests.filter(listing).length;
    shop.advance(30_000);
    const rounds = await Promise.all(Array.from({ length: 5 }, () => runPoll(shop.app)));
    expect(rounds.reduce((sum, found) => sum + found, 0)).toBe(0);
    expect(line.requests.filter(listing).length - asked).toBeLessThanOrEqual(2);
  });

  it('reads what is new whole, and of what it knows only a few pages', async () => {
    const start = shop.app.clock.now();
    let [read, since] = [0, 0];
    let gap = 60 * minute;
    let breaksAfter = 0;
    const listed = (createdAt: number) => {
      const id = `evt_${kind}_${createdAt}`;
      const event = { id, type: 'x', objectId: 'x', fact: null, reason: 'it is a test' };
      return { id, type: 'x', createdAt, read: () => ({ event, payload: '{}' }) };
    };
    /** A page for each `gap`, back to where it was asked from. */
    const records = {
      async *events(from: number) {
        since = from;
        for (let at = start; at >= from; at -= gap) {
          if (read === breaksAfter) throw new ProviderError('unknown', 'the list was cut off', null);
          read += 1;
          yield [listed(at)];
        }
      },
    };
    const provider = { name: 'endless', records } as unknown as PaymentProvider;
    breaksAfter = 5;
    await expect(pollEvents(shop.app, provider)).rejects.toThrow('cut off');
    // What was read is kept, but nothing counts as read before all of it was.
    breaksAfter = 1_000;
    expect((await pollEvents(shop.app, provider)).found).toBe(73 - 5);
    expect(Math.round((start - since) / minute)).toBe(3 * 24 * 60 + 10);
    [read, gap] = [0, minute];
    expect((await pollEvents(shop.app, provider)).found).toBe(3);
    expect([read, since]).toEqual([4, start - 10 * minute]);
    await shop.app.database.transaction((tx) => tx.deleteFrom('inbox').where('type', '=', 'x').execute());
  });

  it('tells a person that webhooks are missing, and withdraws it once they arrive', async () => {
    const { payment } = await paidOrder();
    shop.advance(3 * minute);
    await runPoll(shop.app);
    expect(await breaks('webhooks_missing')).toMatchObject([
      { object_id: 'stripe', detail: expect.stringContaining('payment_intent.succeeded') },
    ]);
    shop.advance(20 * minute);
    await runPoll(shop.app);
    // Nothing was sold meanwhile, which proves nothing.
    expect(await breaks('webhooks_missing')).toHaveLength(1);
    const metrics = (await call<string>(shop, 'GET', '/metrics')).body;
    expect(metrics).toMatch(/paydesk_breaks_open\{kind="webhooks_missing"\} 1/);
    expect(metrics).toMatch(/paydesk_events_fetched\{provider="stripe"\} [1-9]/);
    expect(metrics).toMatch(/paydesk_poll_age_seconds\{provider="stripe"\} \d/);
    shop.advance(-20 * minute);
    const events = await shop.app.database.read.selectFrom('inbox').select('event_id').execute();
    await shop.app.database.transaction((tx) => tx.updateTable('inbox').set({ source: 'hook' }).execute());
    expect(events.length).toBeGreaterThan(0);
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
    shop.advance(30_000);
    await runPoll(shop.app);
    expect(await breaks('webhooks_missing')).toEqual([]);
    shop.advance(-3 * minute);
  });

  it('believes Stripe’s object as the last resort when there is no event either, and raises an alarm', async () => {
    withoutEvents();
    const { placed, payment } = await paidOrder();
    shop.advance(40_000);
    await check();
    await settleJobs(shop);
    // The event is given time to come first.
    expect((await readOrder(shop, placed)).status).toBe('pending');
    shop.advance(36_000);
    await settleJobs(shop);
    const order = await readOrder(shop, placed);
    expect(order).toMatchObject({ status: 'paid', version: 2 });
    expect(order.timeline.find(({ status }) => status === 'paid')).toMatchObject({ actor: 'reconciler' });
    expect(await breaks('event_missing')).toMatchObject([
      { object_id: payment.payment.id, amount: order.total.amount },
    ]);
    line.mend();
    await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intentOf(payment)));
    expect(await readOrder(shop, placed)).toMatchObject({ status: 'paid', version: 2 });
  });

  it('searches the events once more before it believes the object', async () => {
    const { placed } = await paidOrder();
    shop.advance(40_000);
    await check();
    shop.advance(36_000);
    await settleJobs(shop);
    expect((await readOrder(shop, placed)).timeline.find(({ status }) => status === 'paid')).toMatchObject({
      actor: 'provider',
    });
    expect((await breaks('event_missing')).filter(({ order_id }) => order_id === placed.order.id)).toEqual(
      [],
    );
  });

  it('waits while Stripe is away, and goes on where it was', async () => {
    const { placed } = await paidOrder();
    await line.close();
    await halfMinute();
    expect((await readOrder(shop, placed)).status).toBe('pending');
    const looked = await shop.app.database.read
      .selectFrom('payments')
      .select('checked_at')
      .where('order_id', '=', placed.order.id)
      .executeTakeFirstOrThrow();
    expect(looked.checked_at).toBeNull();
    await line.open();
    await halfMinute();
    expect((await readOrder(shop, placed)).status).toBe('paid');
  });

  it('learns once an hour what became of refunds and disputes that are open', async () => {
    const refunded = await orderWithPayment(shop);
    await pay(shop, refunded.payment, card('4000000000007726'));
    const disputed = await paidOrder();
    await tell(shop, '/_sandbox/disputes', { payment_intent: intentOf(disputed.payment) });
    await halfMinute();
    await refund(shop, refunded.placed, { amount: 500 });
    await tell(shop, '/_sandbox/clock', { advance: '10s' });
    const [dispute] = await listAll<{ id: string }>(shop.sandbox.url, '/v1/disputes');
    await answer(shop, dispute!.id, 'losing_evidence');
    const states = async () => [
      (await readOrder(shop, refunded.placed)).refunds[0]!.status,
      (await readOrder(shop, disputed.placed)).disputes[0]!.status,
    ];
    expect(await states()).toEqual(['pending', 'needs_response']);
    shop.advance(61 * minute);
    await check();
    expect(await states()).toEqual(['succeeded', 'lost']);
    shop.advance(-61 * minute);
  });

  it('leaves books that are in order and agree with Stripe', async () => {
    await checkBooks(shop);
    await compareWithStripe(shop);
  });
});
