import { request } from 'node:http';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { client, type Harness, harness, refusal, withoutRedirects } from './support/harness.ts';

async function paid({ stripe }: Harness): Promise<Stripe.PaymentIntent> {
  const customer = await stripe.customers.create({ email: 'ada@example.org' });
  return stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    confirm: true,
    customer: customer.id,
    payment_method: 'pm_card_visa',
    automatic_payment_methods: withoutRedirects,
  });
}

describe('keys and versions', () => {
  it.each([
    ['', /did not provide an API key/],
    ['Bearer sk_live_abc', /test keys only/],
    ['Bearer nonsense', /Invalid API Key/],
  ])('the authorization «%s» is refused with 401', async (Authorization, message) => {
    const { call } = await harness();
    const reply = await call('GET', '/v1/customers', undefined, { Authorization });
    expect(reply.status).toBe(401);
    expect(reply.body.error.message).toMatch(message);
    expect(reply.body.error.message).not.toContain('sk_live_abc');
  });

  it('Basic authorization works like Bearer', async () => {
    const { call } = await harness();
    const Authorization = `Basic ${Buffer.from('sk_test_x:').toString('base64')}`;
    expect((await call('GET', '/v1/customers', undefined, { Authorization })).status).toBe(200);
  });

  it('a publishable key reads an intent only with its client secret, and sees a part of it', async () => {
    const world = await harness();
    const intent = await world.stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      metadata: { a: 'b' },
    });
    const get = (query: string) =>
      world.call('GET', `/v1/payment_intents/${intent.id}${query}`, undefined, {
        Authorization: 'Bearer pk_test_1',
      });
    expect((await get('')).body.error).toMatchObject({ code: 'parameter_missing', param: 'client_secret' });
    expect((await get(`?client_secret=${intent.id}_secret_wrong`)).status).toBe(400);
    const seen = await get(`?client_secret=${intent.client_secret}`);
    expect(seen.body).toMatchObject({ id: intent.id, status: 'requires_payment_method', amount: 500 });
    expect(seen.body.metadata).toBeUndefined();
    expect(seen.body.latest_charge).toBeUndefined();
    const other = client(world.sandbox.port, 'pk_test_1');
    expect(await refusal(other.customers.list())).toMatchObject({ code: 'secret_key_required' });
  });

  it('the version is echoed; an unknown one is refused', async () => {
    const { call } = await harness();
    const get = (version: string) => call('GET', '/v1/customers', undefined, { 'Stripe-Version': version });
    const now = await get('2026-10-28.endive');
    expect(now.headers.get('stripe-version')).toBe('2026-10-28.endive');
    expect((await get('yesterday')).status).toBe(400);
  });

  it('payment_method_types are unknown in endive and taken without a version', async () => {
    const { call } = await harness();
    const body = 'amount=500&currency=usd&payment_method_types[]=card';
    const endive = await call('POST', '/v1/payment_intents', body, { 'Stripe-Version': '2026-10-28.endive' });
    expect(endive.body.error).toMatchObject({ code: 'parameter_unknown', param: 'payment_method_types' });
    const older = await call('POST', '/v1/payment_intents', body);
    expect(older.body).toMatchObject({ payment_method_types: ['card'], automatic_payment_methods: null });
  });
});

describe('expand', () => {
  it('follows references to depth four and through lists', async () => {
    const world = await harness();
    const { id } = await paid(world);
    const intent = await world.stripe.paymentIntents.retrieve(id, {
      expand: ['customer', 'latest_charge.payment_intent.payment_method.customer', 'latest_charge.refunds'],
    });
    const charge = intent.latest_charge as Stripe.Charge;
    const method = (charge.payment_intent as Stripe.PaymentIntent).payment_method as Stripe.PaymentMethod;
    expect((intent.customer as Stripe.Customer).email).toBe('ada@example.org');
    expect(method.object).toBe('payment_method');
    expect(charge.refunds?.data).toEqual([]);
    const list = await world.stripe.paymentIntents.list({ expand: ['data.latest_charge'] });
    expect((list.data[0]!.latest_charge as Stripe.Charge).id).toBe(charge.id);
    const again = await world.stripe.paymentIntents.retrieve(id);
    expect(again.latest_charge).toBe(charge.id);
  });

  it('refuses paths that are too deep or lead nowhere', async () => {
    const world = await harness();
    const { id } = await paid(world);
    const get = (path: string) => refusal(world.stripe.paymentIntents.retrieve(id, { expand: [path] }));
    expect((await get('a.b.c.d.e')).message).toContain('more than 4 levels');
    expect((await get('status')).message).toBe('This property cannot be expanded (status).');
    expect((await get('nothing')).statusCode).toBe(400);
  });
});

describe('lists', () => {
  it('are walked newest first by cursor, both ways', async () => {
    const { stripe } = await harness();
    const ids: string[] = [];
    for (let count = 0; count < 7; count++) {
      ids.unshift((await stripe.customers.create({ name: `${count}` })).id);
    }
    const first = await stripe.customers.list({ limit: 3 });
    expect(first).toMatchObject({ object: 'list', url: '/v1/customers', has_more: true });
    expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const last = await stripe.customers.list({ limit: 5, starting_after: ids[2]! });
    expect(last.data.map(({ id }) => id)).toEqual(ids.slice(3));
    expect(last.has_more).toBe(false);
    const back = await stripe.customers.list({ limit: 2, ending_before: ids[4]! });
    expect(back.data.map(({ id }) => id)).toEqual(ids.slice(2, 4));
    expect(back.has_more).toBe(true);
    const all: string[] = [];
    for await (const { id } of stripe.customers.list({ limit: 2 })) all.push(id);
    expect(all).toEqual(ids);
  });

  it('are filtered by time and type', async () => {
    const world = await harness();
    await paid(world);
    const { stripe } = world;
    const now = Math.floor(Date.now() / 1000);
    expect((await stripe.events.list({ created: { gt: now + 60 } })).data).toEqual([]);
    expect((await stripe.events.list({ types: ['charge.succeeded', 'customer.created'] })).data).toHaveLength(
      2,
    );
    expect(
      (await stripe.events.list({ type: 'payment_intent.*', created: { gte: now - 60 } })).data,
    ).toHaveLength(2);
    const both = stripe.events.list({ type: 'a', types: ['b'] });
    expect(await refusal(both)).toMatchObject({ code: 'parameters_exclusive' });
  });
});

describe('customers', () => {
  it('are created, updated with what changed, found by e-mail, and deleted', async () => {
    const { stripe } = await harness();
    const customer = await stripe.customers.create({ email: 'a@example.org', metadata: { a: '1' } });
    const updated = await stripe.customers.update(customer.id, { name: 'Ada', metadata: { a: '', b: '2' } });
    expect(updated).toMatchObject({ name: 'Ada', email: 'a@example.org', metadata: { b: '2' } });
    const [event] = (await stripe.events.list({ type: 'customer.updated' })).data;
    expect(event!.data.previous_attributes).toEqual({ name: null, metadata: { a: '1', b: null } });
    expect((await stripe.customers.list({ email: 'a@example.org' })).data).toHaveLength(1);
    expect(await stripe.customers.del(customer.id)).toMatchObject({ deleted: true });
    const { id } = customer;
    expect(await stripe.customers.retrieve(id)).toEqual({ id, object: 'customer', deleted: true });
    expect(await refusal(stripe.customers.update(id, { name: 'Eve' }))).toMatchObject({ statusCode: 404 });
  });
});

describe('the door', () => {
  function statusFor(
    port: number,
    path: string,
    headers: Record<string, string>,
    method = 'GET',
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
        response.resume();
        resolve(response.statusCode!);
      })
        .on('error', reject)
        .end();
    });
  }

  it('is closed to names that are not loopback', async () => {
    const { port } = (await harness()).sandbox;
    const headers = { Authorization: 'Bearer sk_test_1' };
    expect(await statusFor(port, '/v1/customers', { ...headers, Host: 'evil.example' })).toBe(403);
    expect(await statusFor(port, '/v1/customers', { ...headers, Host: `localhost:${port}` })).toBe(200);
    expect(await statusFor(port, '/_sandbox/settings', { Host: 'localhost.evil.example' })).toBe(403);
  });

  it('keeps other origins from changing the sandbox, and lets any page call the API with a publishable key', async () => {
    const { sandbox, call } = await harness();
    const foreign = { Origin: 'https://evil.example' };
    expect((await call('POST', '/_sandbox/settings', 'latency_ms=1', foreign)).status).toBe(403);
    expect((await call('POST', '/_sandbox/settings', 'latency_ms=0', { Origin: sandbox.url })).status).toBe(
      200,
    );
    expect((await call('GET', '/v1/customers', undefined, foreign)).status).toBe(403);
    const fromPage = { ...foreign, Authorization: 'Bearer pk_test_1' };
    const card = 'type=card&card[number]=4242424242424242&card[exp_month]=1&card[exp_year]=2040';
    expect((await call('POST', '/v1/payment_methods', card, fromPage)).status).toBe(200);
    const preflight = await fetch(`${sandbox.url}/v1/payment_methods`, { method: 'OPTIONS' });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-max-age')).toBe('600');
    expect((await call('GET', '/v1/customers')).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('refuses bodies that are too large', async () => {
    const { call } = await harness();
    const reply = await call('POST', '/v1/customers', `description=${'x'.repeat(1_100_000)}`);
    expect(reply.status).toBe(413);
  });
});
