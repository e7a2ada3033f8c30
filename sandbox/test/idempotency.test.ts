import { describe, expect, it } from 'vitest';
import { client, harness, refusal } from './support/harness.ts';

const body = 'amount=500&currency=usd&metadata[a]=1';
const keyed = (key: string) => ({ 'Idempotency-Key': key });

describe('an idempotency key', () => {
  it('makes one object of thirty calls at once', async () => {
    const { call, stripe } = await harness();
    const replies = await Promise.all(
      Array.from({ length: 30 }, () => call('POST', '/v1/payment_intents', body, keyed('same'))),
    );
    expect(new Set(replies.map((reply) => reply.body.id)).size).toBe(1);
    expect(replies.every((reply) => reply.status === 200)).toBe(true);
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it('replays the first answer byte for byte, with the headers of a replay', async () => {
    const { call, stripe } = await harness();
    const first = await call('POST', '/v1/payment_intents', body, keyed('k'));
    await stripe.paymentIntents.cancel(first.body.id);
    const second = await call(
      'POST',
      '/v1/payment_intents',
      'metadata[a]=1&currency=usd&amount=500',
      keyed('k'),
    );
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('original-request')).toBe(first.headers.get('request-id'));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(first.headers.get('idempotency-key')).toBe('k');
    expect(first.headers.get('stripe-should-retry')).toBe('false');
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'));
    expect(second.headers.get('request-id')).not.toBe(first.headers.get('request-id'));
  });

  it('is in flight until the first call is answered: 409', async () => {
    const { call } = await harness({ settings: { latency_ms: 60 } });
    const first = call('POST', '/v1/payment_intents', body, keyed('k'));
    const second = await call('POST', '/v1/payment_intents', body, keyed('k'));
    expect(second).toMatchObject({
      status: 409,
      body: { error: { type: 'idempotency_error', code: 'idempotency_key_in_use' } },
    });
    const { id } = (await first).body;
    expect((await call('POST', '/v1/payment_intents', body, keyed('k'))).body.id).toBe(id);
  });

  it('refuses other parameters and another endpoint', async () => {
    const { stripe } = await harness();
    const intent = await stripe.paymentIntents.create(
      { amount: 500, currency: 'usd' },
      { idempotencyKey: 'k' },
    );
    const other = stripe.paymentIntents.create({ amount: 501, currency: 'usd' }, { idempotencyKey: 'k' });
    expect(await refusal(other)).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
    const elsewhere = stripe.paymentIntents.cancel(intent.id, {}, { idempotencyKey: 'k' });
    expect(await refusal(elsewhere)).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  });

  it('replays a decline, so that the same key can never pay', async () => {
    const { stripe, call } = await harness();
    const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    const confirm = () =>
      call(
        'POST',
        `/v1/payment_intents/${intent.id}/confirm`,
        'payment_method=pm_card_chargeDeclined&return_url=https://shop.test',
        keyed('k'),
      );
    const first = await confirm();
    const second = await confirm();
    expect(first.status).toBe(402);
    expect(second).toMatchObject({ status: 402, body: first.body });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect((await stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1);
  });

  it('stays free after a failed validation, and remembers a refusal by state', async () => {
    const { stripe } = await harness();
    const options = { idempotencyKey: 'k' };
    await refusal(stripe.paymentIntents.create({ amount: 1, currency: 'usd' }, options));
    const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' }, options);
    await stripe.paymentIntents.cancel(intent.id);
    const again = { idempotencyKey: 'k2' };
    const first = await refusal(stripe.paymentIntents.cancel(intent.id, {}, again));
    const second = await refusal(stripe.paymentIntents.cancel(intent.id, {}, again));
    expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(second.message).toBe(first.message);
  });

  it('does nothing on GET and is refused beyond 255 characters', async () => {
    const { call } = await harness();
    const list = await call('GET', '/v1/payment_intents', undefined, keyed('k'));
    expect(list.headers.get('idempotency-key')).toBeNull();
    expect((await call('POST', '/v1/payment_intents', body, keyed('k'.repeat(256)))).status).toBe(400);
  });

  it('survives a lost answer: the official client repeats the call and gets the same object', async () => {
    const { sandbox, stripe } = await harness();
    const other = client(sandbox.port);
    const options = { idempotencyKey: 'order-7' };
    const [a, b] = await Promise.all([
      stripe.paymentIntents.create({ amount: 500, currency: 'usd' }, options),
      other.paymentIntents.create({ amount: 500, currency: 'usd' }, options),
    ]);
    expect(a.id).toBe(b.id);
  });
});
