import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { waitAfterFailure } from '../src/webhooks/schedule.ts';
import {
  eventually,
  type Harness,
  harness,
  receiver,
  refusal,
  typesOf,
  WEBHOOK_SECRET,
  withoutRedirects,
} from './support/harness.ts';

/** Five minutes become five milliseconds. */
const FAST = 60_000;

function pay({ stripe }: Harness): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    confirm: true,
    payment_method: 'pm_card_visa',
    automatic_payment_methods: withoutRedirects,
  });
}

const paymentEvents = [
  'charge.succeeded',
  'charge.updated',
  'payment_intent.created',
  'payment_intent.succeeded',
];

describe('webhooks', () => {
  it('tell of every event, signed so that the official client accepts them', async () => {
    const { url, until, received } = await receiver();
    const world = await harness({ webhook: { url, secret: WEBHOOK_SECRET } });
    const intent = await pay(world);
    await until((all) => all.length === 4);
    expect(typesOf(received).sort()).toEqual(paymentEvents);
    const succeeded = received.find(({ event }) => event.type === 'payment_intent.succeeded')!.event;
    expect(succeeded).toMatchObject({
      object: 'event',
      api_version: '2026-10-28.endive',
      livemode: false,
      pending_webhooks: 1,
      data: { object: { id: intent.id, status: 'succeeded' } },
    });
    expect(succeeded.id).toMatch(/^evt_3/);
    expect(succeeded.request?.id).toMatch(/^req_\w{14}$/);
    expect(succeeded.request?.idempotency_key).toBeTruthy();
    const updated = received.find(({ event }) => event.type === 'charge.updated')!.event;
    expect(updated.request).toEqual({ id: null, idempotency_key: null });
    const stored = await eventually(
      () => world.stripe.events.retrieve(succeeded.id),
      (event) => event.pending_webhooks === 0,
    );
    expect(stored.data).toEqual(succeeded.data);
  });

  it('are repeated after failures with a new signature each time, and hold up no other event', async () => {
    const failures = new Map<string, number>();
    const { url, until, received } = await receiver(({ event }) => {
      const before = failures.get(event.id) ?? 0;
      failures.set(event.id, before + 1);
      return event.type === 'charge.succeeded' && before < 2 ? 500 : 200;
    });
    const world = await harness({
      webhook: { url, secret: WEBHOOK_SECRET },
      settings: { retry_scale: FAST },
    });
    await pay(world);
    const attempts = () => received.filter(({ event }) => event.type === 'charge.succeeded');
    await until(() => attempts().length === 3);
    expect(
      typesOf(received)
        .filter((type) => type !== 'charge.succeeded')
        .sort(),
    ).toEqual(paymentEvents.filter((type) => type !== 'charge.succeeded'));
    const firstRetry = received.indexOf(attempts()[1]!);
    expect(typesOf(received.slice(0, firstRetry))).toContain('payment_intent.succeeded');
    const id = attempts()[0]!.event.id;
    const delivered = await eventually(
      async () => (await world.call('GET', `/_sandbox/deliveries?event=${id}`)).body.data[0],
      (delivery) => delivery.state === 'succeeded',
    );
    expect(delivered.attempts.map((attempt: { status: number }) => attempt.status)).toEqual([500, 500, 200]);
  });

  it('run side by side: none waits for the answer to another', async () => {
    let open = 0;
    let letGo: () => void = () => {};
    const all = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const { url, until } = await receiver(async () => {
      open++;
      if (open === 4) letGo();
      await all;
      return 200;
    });
    const world = await harness({ webhook: { url, secret: WEBHOOK_SECRET } });
    await pay(world);
    await until((received) => received.length === 4);
    await all;
    await eventually(
      async () => (await world.call('GET', '/_sandbox/deliveries?state=succeeded')).body.data,
      (delivered) => delivered.length === 4,
    );
  });

  it('are given up after three days of failures, and then show as not delivered', async () => {
    const { url, until } = await receiver(() => 500);
    const world = await harness({
      webhook: { url, secret: WEBHOOK_SECRET, events: ['customer.created'] },
      settings: { retry_scale: 1e9 },
    });
    await world.stripe.customers.create({ name: 'Ada' });
    await until((all) => all.length === 10);
    const [failed] = await eventually(
      async () => (await world.call('GET', '/_sandbox/deliveries?state=failed')).body.data,
      (all) => all.length === 1,
    );
    expect(failed.attempts).toHaveLength(10);
    expect((await world.stripe.events.list({ delivery_success: false })).data).toHaveLength(1);
    expect((await world.stripe.events.list({ delivery_success: true })).data).toHaveLength(0);
  });

  it('wait longer and longer, three days in all', () => {
    const waits: number[] = [];
    for (let made = 1; waitAfterFailure(made, 1) !== null; made++) waits.push(waitAfterFailure(made, 1)!);
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(70);
    expect(hours).toBeLessThan(73);
  });

  it('do not wait for a receiver that is down, and reach it when it is back', async () => {
    const gone = await receiver();
    await gone.close();
    const world = await harness({
      webhook: { url: gone.url, secret: WEBHOOK_SECRET, events: ['customer.created'] },
      settings: { retry_scale: FAST },
    });
    await world.stripe.customers.create({ name: 'Ada' });
    const [delivery] = await eventually(
      async () => (await world.call('GET', '/_sandbox/deliveries')).body.data,
      ([first]) => first?.attempts.length > 0,
    );
    expect(delivery.attempts[0]).toMatchObject({ status: null, error: expect.stringMatching(/./) });
  });
});

describe('webhook endpoints', () => {
  it('show their secret only when they are created, and sign with it', async () => {
    const { url, until, received } = await receiver();
    const { stripe, sandbox } = await harness();
    const endpoint = await stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:1/',
      enabled_events: ['*'],
    });
    expect(endpoint.secret).toMatch(/^whsec_\w{32}$/);
    expect((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
    await stripe.webhookEndpoints.del(endpoint.id);
    expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
    expect(sandbox.url).toContain('127.0.0.1');
    expect(url).toContain('webhook');
    await until(() => received.length === 0);
  });

  it('are told only of what they asked for, and of nothing while disabled', async () => {
    const { url, until, received } = await receiver();
    const world = await harness({ webhook: { url, secret: WEBHOOK_SECRET, events: ['customer.created'] } });
    const { stripe } = world;
    const [endpoint] = (await stripe.webhookEndpoints.list()).data;
    await pay(world);
    await stripe.customers.create({ name: 'Ada' });
    await until((all) => all.length === 1);
    await stripe.webhookEndpoints.update(endpoint!.id, { disabled: true });
    await stripe.customers.create({ name: 'Bob' });
    await stripe.webhookEndpoints.update(endpoint!.id, {
      disabled: false,
      enabled_events: ['customer.deleted'],
    });
    await stripe.customers.del((await stripe.customers.create({ name: 'Cid' })).id);
    await until((all) => all.length === 2);
    expect(typesOf(received)).toEqual(['customer.created', 'customer.deleted']);
  });

  it('need an absolute address', async () => {
    const { stripe } = await harness();
    const create = (params: Partial<Stripe.WebhookEndpointCreateParams>) =>
      refusal(stripe.webhookEndpoints.create({ url: 'https://shop.test', enabled_events: ['*'], ...params }));
    expect(await create({ url: 'shop.test' })).toMatchObject({ code: 'url_invalid' });
  });
});
