import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { eventually, type Harness, harness, refusal, WEBHOOK_SECRET } from './support/harness.ts';
import { rawReceiver } from './support/raw-receiver.ts';

const deliveries = async ({ call }: Harness, query = '') =>
  (await call('GET', `/_sandbox/deliveries?${query}`)).body.data;

const settled = (world: Harness, count: number) =>
  eventually(
    () => deliveries(world, 'state=succeeded'),
    (all) => all.length === count,
  );

describe('several webhook endpoints', () => {
  it('each hear what they asked for, with their own secret, in their own version', async () => {
    const world = await harness();
    const [newest, older] = [await rawReceiver(), await rawReceiver()];
    const first = await world.stripe.webhookEndpoints.create({
      url: newest.url,
      enabled_events: ['*'],
      api_version: '2026-10-28.endive',
    });
    const second = await world.stripe.webhookEndpoints.create({
      url: older.url,
      enabled_events: ['payment_intent.created'],
      api_version: '2020-08-27',
    });
    expect([first.api_version, second.api_version]).toEqual(['2026-10-28.endive', '2020-08-27']);
    await world.stripe.customers.create({ name: 'Ada' });
    await world.stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    await settled(world, 3);
    expect(newest.received).toHaveLength(2);
    const [{ body, signature }] = older.received as [{ body: string; signature: string }];
    const event = Stripe.webhooks.constructEvent(body, signature, second.secret!);
    expect(event).toMatchObject({
      type: 'payment_intent.created',
      api_version: '2020-08-27',
      pending_webhooks: 2,
      data: { object: { charges: { object: 'list', data: [], total_count: 0 } } },
    });
    expect(event.data.object).not.toHaveProperty('allowed_payment_method_types');
    expect(() => Stripe.webhooks.constructEvent(body, signature, first.secret!)).toThrow();
    const stored = await world.stripe.events.retrieve(event.id);
    expect(stored).toMatchObject({ api_version: '2026-10-28.endive', pending_webhooks: 0 });
    expect(stored.data.object).toHaveProperty('allowed_payment_method_types', null);
  });

  it("have the account's version when they name none", async () => {
    const world = await harness({ apiVersion: '2023-10-16' });
    const target = await rawReceiver();
    const endpoint = await world.stripe.webhookEndpoints.create({ url: target.url, enabled_events: ['*'] });
    expect(endpoint.api_version).toBeNull();
    await world.stripe.customers.create({ name: 'Ada' });
    await settled(world, 1);
    expect(JSON.parse(target.received[0]!.body).api_version).toBe('2023-10-16');
  });

  it('count in pending_webhooks until each has confirmed', async () => {
    const world = await harness();
    const [good, bad] = [await rawReceiver(), await rawReceiver(() => 500)];
    for (const { url } of [good, bad])
      await world.stripe.webhookEndpoints.create({ url, enabled_events: ['*'] });
    await world.stripe.customers.create({ name: 'Ada' });
    await settled(world, 1);
    const [event] = (await world.stripe.events.list()).data;
    expect(event!.pending_webhooks).toBe(1);
    expect((await world.stripe.events.list({ delivery_success: false })).data).toHaveLength(1);
  });

  it('refuse versions and events that do not exist', async () => {
    const { stripe } = await harness();
    const create = (params: object) =>
      refusal(stripe.webhookEndpoints.create({ url: 'https://shop.test', enabled_events: ['*'], ...params }));
    expect(await create({ api_version: '2021-01-01' })).toMatchObject({
      statusCode: 400,
      param: 'api_version',
    });
    expect(await create({ api_version: '2019-12-03' })).toMatchObject({ statusCode: 501 });
    expect(await create({ enabled_events: ['customers'] })).toMatchObject({ param: 'enabled_events' });
  });
});

describe('a rolled secret', () => {
  it('signs beside the old one for a while, and then alone', async () => {
    const world = await harness();
    const target = await rawReceiver();
    const { id, secret: old } = await world.stripe.webhookEndpoints.create({
      url: target.url,
      enabled_events: ['*'],
    });
    const rolled = (await world.call('POST', `/_sandbox/endpoints/${id}/roll`, 'expires_in_ms=3600000')).body;
    expect(rolled).toMatchObject({ id, secret: expect.stringMatching(/^whsec_\w{32}$/) });
    const accepts = async (secret: string) => {
      await world.stripe.customers.create({ name: 'Ada' });
      await eventually(
        () => deliveries(world, 'state=pending'),
        (all) => all.length === 0,
      );
      const { body, signature } = target.received.at(-1)!;
      try {
        return Stripe.webhooks.constructEvent(body, signature, secret).object === 'event';
      } catch {
        return false;
      }
    };
    expect([await accepts(old!), await accepts(rolled.secret)]).toEqual([true, true]);
    await world.call('POST', '/_sandbox/clock', 'advance=2h');
    expect([await accepts(old!), await accepts(rolled.secret)]).toEqual([false, true]);
    expect((await world.call('POST', '/_sandbox/endpoints/we_none/roll')).status).toBe(404);
  });
});

describe('an event sent again by hand', () => {
  it('reaches the endpoint once more, and confirms what had failed', async () => {
    let status = 500;
    const target = await rawReceiver(() => status);
    const world = await harness({
      webhook: { url: target.url, secret: WEBHOOK_SECRET },
      settings: { retry_scale: 1 },
    });
    await world.stripe.customers.create({ name: 'Ada' });
    await eventually(
      () => deliveries(world),
      ([first]) => first.attempts.length === 1,
    );
    const [event] = (await world.stripe.events.list()).data;
    const [endpoint] = (await world.stripe.webhookEndpoints.list()).data;
    status = 200;
    const path = `/v1/events/${event!.id}/retry`;
    expect((await world.call('POST', path, `webhook_endpoint=${endpoint!.id}`)).body.id).toBe(event!.id);
    await settled(world, 1);
    expect(target.received[1]!.body).toBe(target.received[0]!.body);
    expect((await world.stripe.events.retrieve(event!.id)).pending_webhooks).toBe(0);
    // The automatic attempts go on beside it, as at Stripe.
    await world.call('POST', '/_sandbox/clock', 'advance=1h');
    expect(target.received).toHaveLength(3);
    expect((await world.stripe.events.retrieve(event!.id)).pending_webhooks).toBe(0);
  });

  it('needs an event and an enabled endpoint', async () => {
    const world = await harness();
    const { id } = await world.stripe.webhookEndpoints.create({
      url: 'http://127.0.0.1:1/',
      enabled_events: ['charge.failed'],
    });
    await world.stripe.customers.create({ name: 'Ada' });
    const [event] = (await world.stripe.events.list()).data;
    const retry = (of: string, endpoint: string) =>
      world.call('POST', `/v1/events/${of}/retry`, `webhook_endpoint=${endpoint}`);
    expect((await retry('evt_none', id)).status).toBe(404);
    expect((await retry(event!.id, 'we_none')).status).toBe(400);
    await world.stripe.webhookEndpoints.update(id, { disabled: true });
    expect((await retry(event!.id, id)).body.error.message).toContain('is disabled');
  });
});

describe('an endpoint that fails for days', () => {
  const failing = async (after?: number) => {
    const target = await rawReceiver(() => 500);
    const world = await harness({
      webhook: { url: target.url, secret: WEBHOOK_SECRET },
      settings: { retry_scale: 1, ...(after !== undefined && { endpoint_disabled_after_ms: after }) },
    });
    await world.stripe.customers.create({ name: 'Ada' });
    await world.call('POST', '/_sandbox/clock', 'advance=4d');
    const [endpoint] = (await world.stripe.webhookEndpoints.list()).data;
    return { world, endpoint: endpoint! };
  };

  it('is disabled, hears nothing more, and starts afresh when enabled', async () => {
    const { world, endpoint } = await failing();
    expect(endpoint.status).toBe('disabled');
    const { entries } = (await world.call('GET', '/_sandbox/journal')).body;
    expect(entries.flatMap(({ effects }: { effects: object[] }) => effects)).toContainEqual({
      object: 'webhook_endpoint',
      id: endpoint.id,
      change: 'updated',
      status: 'disabled',
    });
    await world.stripe.customers.create({ name: 'Bob' });
    expect(await deliveries(world)).toHaveLength(1);
    await world.stripe.webhookEndpoints.update(endpoint.id, { disabled: false });
    await world.stripe.customers.create({ name: 'Cid' });
    await eventually(
      () => deliveries(world, 'state=pending'),
      ([first]) => first?.attempts.length === 1,
    );
    expect((await world.stripe.webhookEndpoints.retrieve(endpoint.id)).status).toBe('enabled');
  });

  it('stays enabled when the setting says so', async () => {
    expect((await failing(0)).endpoint.status).toBe('enabled');
  });
});

describe('lists of events', () => {
  it('are filtered by type, types, time and object', async () => {
    const { stripe, call } = await harness();
    const ada = await stripe.customers.create({ name: 'Ada' });
    await stripe.customers.create({ name: 'Bob' });
    await stripe.customers.update(ada.id, { name: 'Eve' });
    const typesIn = async (query: string) =>
      (await call('GET', `/v1/events?${query}`)).body.data.map(({ type }: Stripe.Event) => type);
    expect(await typesIn('type=customer.updated')).toEqual(['customer.updated']);
    expect(await typesIn('type=customer.*')).toHaveLength(3);
    expect(await typesIn('types[]=customer.created&types[]=customer.updated')).toHaveLength(3);
    expect(await typesIn(`related_object=${ada.id}`)).toEqual(['customer.updated', 'customer.created']);
    expect(await typesIn(`created[lt]=${ada.created}`)).toEqual([]);
    expect(await typesIn('delivery_success=true')).toHaveLength(3);
  });
});
