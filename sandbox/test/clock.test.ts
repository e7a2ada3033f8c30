import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDuration } from '../src/control/clock.ts';
import {
  type Harness,
  harness,
  lineItem,
  receiver,
  WEBHOOK_SECRET,
  withoutRedirects,
} from './support/harness.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const move = async ({ call }: Harness, body: object) => {
  const answer = await call('POST', '/_sandbox/clock', JSON.stringify(body), {
    'Content-Type': 'application/json',
  });
  expect(answer.status).toBe(200);
  return answer.body;
};

function pay({ stripe }: Harness) {
  return stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    automatic_payment_methods: withoutRedirects,
  });
}

describe('the test clock', () => {
  it('shows the time, whether it stands still, and when the next timer is due', async () => {
    const world = await harness();
    const shown = (await world.call('GET', '/_sandbox/clock')).body;
    expect(shown).toMatchObject({ object: 'clock', frozen: false, offset_ms: 0, next_timer_at: null });
    expect(Math.abs(shown.now - Date.now())).toBeLessThan(5_000);
    expect(await move(world, { freeze: true, now: '2030-01-01T00:00:00Z' })).toMatchObject({
      now: Date.parse('2030-01-01'),
      iso: '2030-01-01T00:00:00.000Z',
      frozen: true,
    });
  });

  it('stands still when frozen: everything is made at one moment, and timers wait', async () => {
    const world = await harness({ settings: { charge_updated_delay_ms: 2_000 } });
    await move(world, { freeze: true, now: '2030-01-01T00:00:00Z' });
    const intent = await pay(world);
    expect(intent.created).toBe(Date.parse('2030-01-01') / 1_000);
    const events = () => world.stripe.events.list({ type: 'charge.updated' });
    expect((await events()).data).toEqual([]);
    expect((await world.call('GET', '/_sandbox/clock')).body.next_timer_at).toBe(
      Date.parse('2030-01-01') + 2_000,
    );
    await move(world, { advance: '1h' });
    const [updated] = (await events()).data;
    expect(updated!.created).toBe(Date.parse('2030-01-01') / 1_000 + 2);
  });

  it('makes a seed say the same at any hour', async () => {
    const told = async () => {
      const world = await harness({ seed: 'same', settings: { charge_updated_delay_ms: 2_000 } });
      await move(world, { freeze: true, now: 1_900_000_000_000 });
      await world.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k1' });
      await world.call('POST', '/v1/payment_intents', 'amount=500&currency=usd', { 'Idempotency-Key': 'k2' });
      await move(world, { advance: '3d' });
      const journal = (await world.call('GET', '/_sandbox/journal')).body;
      const events = (await world.call('GET', '/v1/events')).body;
      return JSON.stringify({ journal, events });
    };
    expect(await told()).toBe(await told());
  });

  it('moves expiries and idempotency keys along', async () => {
    const world = await harness();
    const session = await world.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://shop.test',
      line_items: [lineItem(500)],
    });
    const keyed = { idempotencyKey: 'k' };
    const first = await world.stripe.customers.create({ name: 'Ada' }, keyed);
    expect((await world.stripe.customers.create({ name: 'Ada' }, keyed)).id).toBe(first.id);
    await move(world, { advance: '1d1h' });
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).status).toBe('expired');
    const [expired] = (await world.stripe.events.list({ type: 'checkout.session.expired' })).data;
    expect(expired!.created).toBe(session.expires_at);
    expect((await world.stripe.customers.create({ name: 'Ada' }, keyed)).id).not.toBe(first.id);
  });

  it('really sends the deliveries of three days in one jump, each at its own moment', async () => {
    const { url, received } = await receiver(() => 500);
    const world = await harness({
      webhook: { url, secret: WEBHOOK_SECRET, events: ['customer.created'] },
      settings: { retry_scale: 1 },
    });
    await move(world, { freeze: true });
    const { now: start } = (await world.call('GET', '/_sandbox/clock')).body;
    await world.stripe.customers.create({ name: 'Ada' });
    await move(world, { advance_ms: 3 * DAY });
    expect(received).toHaveLength(10);
    const signedAt = received.map(({ signature }) => Number(/t=(\d+)/.exec(signature)![1]));
    // Of the first one no more can be said: it is signed with the machine's time, which goes on while the clock stands still.
    expect(signedAt.at(-1)).toBe(Math.floor((start + 71 * HOUR + 35 * 60_000) / 1_000));
    const [delivery] = (await world.call('GET', '/_sandbox/deliveries')).body.data;
    expect(delivery).toMatchObject({ state: 'failed', attempts: { length: 10, 1: { at: start + 300_000 } } });
  });

  it('goes on from where it was let go', async () => {
    const world = await harness();
    await move(world, { freeze: true });
    await move(world, { advance: '10d' });
    const { offset_ms: offset, frozen } = await move(world, { resume: true });
    expect(frozen).toBe(false);
    expect(Math.abs(offset - 10 * DAY)).toBeLessThan(5_000);
  });

  it('is still moved after a restart with a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const db = join(folder, 'clock.db');
    const first = await harness({ db });
    await move(first, { freeze: true, now: 1_900_000_000_000 });
    await first.sandbox.close();
    const second = await harness({ db });
    expect((await second.call('GET', '/_sandbox/clock')).body).toMatchObject({
      now: 1_900_000_000_000,
      frozen: true,
    });
    await second.sandbox.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    [{}, /Give one of/],
    [{ advance: '3 days' }, /such as 90s/],
    [{ advance_ms: -1 }, /greater than or equal to 0/],
    [{ advance: '1d', now: '2030-01-01' }, /only one of/],
    [{ freeze: true, resume: true }, /both stand still/],
    [{ now: 'soon' }, /ISO date/],
    [{ later: 1 }, /unknown parameter: later/],
  ])('refuses %j', async (body, message) => {
    const { call } = await harness();
    const answer = await call('POST', '/_sandbox/clock', JSON.stringify(body), {
      'Content-Type': 'application/json',
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(message) } },
    });
  });

  it('reads times as people write them', () => {
    expect(['90s', '3d', '1d12h', '250ms', '2w'].map(readDuration)).toEqual([
      90_000,
      3 * DAY,
      1.5 * DAY,
      250,
      14 * DAY,
    ]);
  });
});
