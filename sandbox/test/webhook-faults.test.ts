import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import {
  eventually,
  type Harness,
  harness,
  type Receiver,
  receiver,
  typesOf,
  WEBHOOK_SECRET,
} from './support/harness.ts';
import { rawReceiver } from './support/raw-receiver.ts';

async function rule({ call }: Harness, body: object): Promise<void> {
  const answer = await call('POST', '/_sandbox/faults', JSON.stringify(body), {
    'Content-Type': 'application/json',
  });
  expect(answer.status).toBe(200);
}

describe('faults of deliveries', () => {
  async function told(
    body: object,
    options: { retry_scale?: number } = {},
  ): Promise<{ world: Harness; target: Receiver }> {
    const target = await receiver();
    const world = await harness({
      webhook: {
        url: target.url,
        secret: WEBHOOK_SECRET,
        events: ['customer.created', 'customer.updated', 'customer.deleted'],
      },
      settings: { retry_scale: 60_000, ...options },
    });
    await rule(world, body);
    return { world, target };
  }

  it('drop: an attempt is lost, and the next one arrives', async () => {
    const { world, target } = await told({ webhook: { nth: 1 }, fault: 'drop' });
    await world.stripe.customers.create({ name: 'Ada' });
    await target.until((all) => all.length === 1);
    const [delivery] = await eventually(
      async () => (await world.call('GET', '/_sandbox/deliveries')).body.data,
      ([first]) => first.state === 'succeeded',
    );
    expect(delivery.attempts).toMatchObject([
      { status: null, error: expect.stringContaining('fault_1') },
      { status: 200 },
    ]);
  });

  it('duplicate: the same event twice', async () => {
    const { world, target } = await told({ webhook: { times: 1 }, fault: 'duplicate' });
    await world.stripe.customers.create({ name: 'Ada' });
    await target.until((all) => all.length === 2);
    expect(target.received[0]!.event).toEqual(target.received[1]!.event);
  });

  it('twin: another event tells the same, and the API knows both', async () => {
    const { world, target } = await told({ webhook: { times: 1 }, fault: 'twin' });
    await world.stripe.customers.create({ name: 'Ada' });
    await target.until((all) => all.length === 2);
    const [first, second] = target.received.map(({ event }) => event);
    expect(first!.id).not.toBe(second!.id);
    expect(first!.data).toEqual(second!.data);
    expect((await world.stripe.events.list({ type: 'customer.created' })).data).toHaveLength(2);
  });

  it('delay: later, by the time of the sandbox', async () => {
    const { world, target } = await told({ webhook: { times: 1 }, fault: 'delay', ms: 3_600_000 });
    await world.stripe.customers.create({ name: 'Ada' });
    await world.stripe.customers.create({ name: 'Bob' });
    await target.until((all) => all.length === 1);
    await world.call('POST', '/_sandbox/clock', 'advance=2h');
    expect(target.received.map(({ event }) => (event.data.object as Stripe.Customer).name)).toEqual([
      'Bob',
      'Ada',
    ]);
  });

  it('reorder: held until the next one was answered', async () => {
    const { world, target } = await told({ webhook: { type: 'customer.created' }, fault: 'reorder' });
    const { id } = await world.stripe.customers.create({ name: 'Ada' });
    await world.stripe.customers.update(id, { name: 'Bob' });
    await target.until((all) => all.length === 2);
    expect(typesOf(target.received)).toEqual(['customer.updated', 'customer.created']);
  });

  it('reorder: what is held is sent when the rule is removed', async () => {
    const { world, target } = await told({ webhook: { type: 'customer.created' }, fault: 'reorder' });
    await world.stripe.customers.create({ name: 'Ada' });
    await eventually(
      async () => (await world.call('GET', '/_sandbox/faults')).body.data,
      ([first]) => first.hits === 1,
    );
    await world.call('DELETE', '/_sandbox/faults');
    await target.until((all) => all.length === 1);
  });
});

describe('spoiled deliveries', () => {
  it.each([
    ['corrupt', /No signatures found/],
    ['bad_signature', /No signatures found/],
    ['old_timestamp', /Timestamp outside the tolerance zone/],
  ])('%s: the official client refuses the first attempt and takes the second', async (fault, message) => {
    const problems: string[] = [];
    const target = await rawReceiver(({ body, signature }) => {
      try {
        Stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET);
        return 200;
      } catch (error) {
        problems.push((error as Error).message);
        return 400;
      }
    });
    const world = await harness({
      webhook: { url: target.url, secret: WEBHOOK_SECRET, events: ['customer.created'] },
      settings: { retry_scale: 60_000 },
    });
    await rule(world, { webhook: { nth: 1 }, fault });
    await world.stripe.customers.create({ name: 'Ada' });
    const [delivery] = await eventually(
      async () => (await world.call('GET', '/_sandbox/deliveries?state=succeeded')).body.data,
      (all) => all.length === 1,
    );
    expect(delivery.attempts.map(({ status }: { status: number }) => status)).toEqual([400, 200]);
    expect(problems).toEqual([expect.stringMatching(message)]);
  });
});
