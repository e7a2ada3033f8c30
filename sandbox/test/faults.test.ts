import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { client, type Harness, harness, refusal } from './support/harness.ts';

const create = { amount: 500, currency: 'usd' };

async function rule({ call }: Harness, body: object): Promise<string> {
  const answer = await call('POST', '/_sandbox/faults', JSON.stringify(body), {
    'Content-Type': 'application/json',
  });
  expect(answer.status).toBe(200);
  return answer.body.id;
}

const onCreate = (fault: string, more: object = {}) => ({
  match: { method: 'POST', path: '/v1/payment_intents', ...more },
  fault,
});

async function intents({ stripe }: Harness): Promise<number> {
  return (await stripe.paymentIntents.list()).data.length;
}

describe('faults of calls', () => {
  it.each([
    // The official client repeats a call once by itself when the connection was reset.
    ['refuse', 0, 2],
    ['reset_after', 1, 2],
    ['truncate', 1, 1],
  ])(
    '%s: a lost connection, %i objects made, and one after the same call again',
    async (fault, made, times) => {
      const world = await harness();
      await rule(world, onCreate(fault, { times }));
      const options = { idempotencyKey: 'order-1' };
      const error = await refusal(world.stripe.paymentIntents.create(create, options));
      expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
      expect(await intents(world)).toBe(made);
      await world.stripe.paymentIntents.create(create, options);
      expect(await intents(world)).toBe(1);
    },
  );

  it.each([
    ['timeout_before', 0],
    ['timeout_after', 1],
  ])('%s: no answer at all, %i objects made', async (fault, made) => {
    const world = await harness();
    await rule(world, onCreate(fault));
    const impatient = new Stripe('sk_test_1', {
      host: '127.0.0.1',
      port: world.sandbox.port,
      protocol: 'http',
      maxNetworkRetries: 0,
      timeout: 100,
    });
    const error = await refusal(impatient.paymentIntents.create(create));
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    expect(await intents(world)).toBe(made);
  });

  it.each([
    ['error_500', 0],
    ['error_500_after', 1],
  ])('%s: the key remembers the failure, with %i objects made', async (fault, made) => {
    const world = await harness();
    await rule(world, onCreate(fault, { times: 1 }));
    const options = { idempotencyKey: 'k' };
    const first = await refusal(world.stripe.paymentIntents.create(create, options));
    expect(first).toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
    const second = await refusal(world.stripe.paymentIntents.create(create, options));
    expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(second.statusCode).toBe(500);
    expect(await intents(world)).toBe(made);
  });

  it('rate_limit: 429, which no key remembers', async () => {
    const world = await harness();
    await rule(world, onCreate('rate_limit', { times: 1 }));
    const options = { idempotencyKey: 'k' };
    const error = await refusal(world.stripe.paymentIntents.create(create, options));
    expect(error).toMatchObject({ statusCode: 429, code: 'rate_limit', type: 'StripeRateLimitError' });
    expect((await world.stripe.paymentIntents.create(create, options)).status).toBe(
      'requires_payment_method',
    );
  });

  it('conflict: 409 before the effect, which the official client repeats by itself', async () => {
    const world = await harness();
    await rule(world, onCreate('conflict', { times: 1 }));
    expect(await refusal(world.stripe.paymentIntents.create(create))).toMatchObject({
      statusCode: 409,
      code: 'lock_timeout',
    });
    await rule(world, onCreate('conflict', { times: 1 }));
    const patient = new Stripe('sk_test_1', {
      host: '127.0.0.1',
      port: world.sandbox.port,
      protocol: 'http',
      maxNetworkRetries: 1,
    });
    await patient.paymentIntents.create(create);
    expect(await intents(world)).toBe(1);
  });

  it('slow: the reply is held back, and meanwhile its key is in flight', async () => {
    const world = await harness();
    await rule(world, { ...onCreate('slow', { times: 1 }), ms: 80 });
    const startedAt = performance.now();
    const options = { idempotencyKey: 'k' };
    const slow = world.stripe.paymentIntents.create(create, options);
    const other = await refusal(client(world.sandbox.port).paymentIntents.create(create, options));
    expect(other).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    await slow;
    expect(performance.now() - startedAt).toBeGreaterThan(70);
  });

  it('act on the nth, on every nth, so many times, and by a chance that a seed decides', async () => {
    const world = await harness();
    const outcomes = async (match: object) => {
      await world.call('DELETE', '/_sandbox/faults');
      await rule(world, { match: { path: '/v1/cust*', ...match }, fault: 'rate_limit' });
      let text = '';
      for (let made = 0; made < 8; made++) {
        text += (await world.call('GET', '/v1/customers')).status === 429 ? 'x' : '.';
      }
      return text;
    };
    expect(await outcomes({ nth: 3 })).toBe('..x.....');
    expect(await outcomes({ every: 3 })).toBe('..x..x..');
    expect(await outcomes({ times: 2 })).toBe('xx......');
    const byChance = await outcomes({ probability: 0.5, seed: 'a' });
    expect(byChance).toMatch(/x/);
    expect(byChance).toMatch(/\./);
    expect(await outcomes({ probability: 0.5, seed: 'a' })).toBe(byChance);
    expect(await outcomes({ method: 'POST' })).toBe('........');
  });

  it('are listed with their hits, written to the journal, and removed one by one', async () => {
    const world = await harness();
    const id = await rule(world, { match: { path: '/v1/customers' }, fault: 'rate_limit' });
    const other = await rule(world, { webhook: { type: 'charge.*' }, fault: 'drop' });
    await world.call('GET', '/v1/customers');
    const { data } = (await world.call('GET', '/_sandbox/faults')).body;
    expect(data).toEqual([
      { object: 'fault', id, fault: 'rate_limit', ms: 0, seen: 1, hits: 1, match: { path: '/v1/customers' } },
      { object: 'fault', id: other, fault: 'drop', ms: 0, seen: 0, hits: 0, webhook: { type: 'charge.*' } },
    ]);
    const { entries } = (await world.call('GET', '/_sandbox/journal')).body;
    expect(entries[0]).toMatchObject({
      source: 'fault',
      fault: 'rate_limit',
      rule: id,
      path: '/v1/customers',
    });
    expect((await world.call('DELETE', `/_sandbox/faults/${id}`)).body.deleted).toBe(1);
    expect((await world.call('DELETE', `/_sandbox/faults/${id}`)).status).toBe(404);
    expect((await world.call('GET', '/v1/customers')).status).toBe(200);
  });

  it.each([
    [{ fault: 'explode' }, /must be one of refuse/],
    [{ match: {} }, /Missing required param: fault/],
    [{ fault: 'slow' }, /Missing required param: ms/],
    [{ fault: 'refuse', ms: 5 }, /slow and delay only/],
    [{ fault: 'refuse', match: { probability: 2 } }, /from 0 to 1/],
    [{ fault: 'refuse', webhook: {} }, /must be one of drop/],
    [{ fault: 'refuse', match: { colour: 'red' } }, /unknown parameter: match\[colour\]/],
  ])('refuse %j', async (body, message) => {
    const { call } = await harness();
    const answer = await call('POST', '/_sandbox/faults', JSON.stringify(body), {
      'Content-Type': 'application/json',
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(message) } },
    });
  });
});
