import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/src/server.ts';
import type { ProviderError } from '../../src/app/errors.ts';
import type { FrozenPayment, PaymentProvider } from '../../src/app/ports.ts';
import { stripeProvider } from '../../src/providers/stripe/provider.ts';
import { authenticated, debit, declined, pay, visa } from '../support/customer.ts';
import { newKey } from '../support/shop.ts';
import { calls, StripeLine } from '../support/stripe-line.ts';

function frozen(flow: 'elements' | 'hosted', changes: Partial<FrozenPayment> = {}): FrozenPayment {
  const id = newKey().replaceAll('-', '');
  return {
    paymentId: `pay_${id}`,
    orderId: `ord_${id}`,
    orderNumber: '7K3M-92QX',
    instanceId: 'ins_test',
    flow,
    amount: 4200,
    currency: 'eur',
    email: 'ada@example.com',
    lines:
      flow === 'hosted'
        ? [{ name: 'Mug', description: null, imageUrl: null, unitAmount: 2100, quantity: 2 }]
        : [],
    successUrl: 'http://localhost/payment/success?order=1',
    cancelUrl: 'http://localhost/payment/cancel?order=1',
    expiresAt: Date.now() + 3_600_000,
    ...changes,
  };
}

describe('Stripe as a provider of payments', () => {
  const line = new StripeLine();
  let sandbox: Sandbox;
  let provider: PaymentProvider;
  beforeAll(async () => {
    sandbox = await startSandbox({ settings: { delayed_method_ms: 3_600_000 } });
    const apiBase = await line.connectTo(sandbox.url);
    provider = stripeProvider({
      timeout: 15_000,
      secretKey: 'sk_test_shop',
      webhookSecret: 'whsec_test',
      apiBase,
      live: false,
      dashboardBase: 'https://d',
    });
  });
  beforeEach(async () => {
    line.mend();
    await line.open();
  });
  afterAll(async () => {
    await line.close();
    await sandbox.close();
  });

  const customer = () => ({ url: '', sandbox });
  const start = async (flow: 'elements' | 'hosted') => {
    const payment = frozen(flow);
    const { next, sessionRef, intentRef } = await provider.start(payment);
    return { payment, refs: { sessionRef, intentRef }, way: { payment: {} as never, ...next } };
  };

  describe.each(['elements', 'hosted'] as const)('%s', (flow) => {
    it('makes one payment however often it is asked for the same attempt', async () => {
      const payment = frozen(flow);
      const replies = await Promise.allSettled(Array.from({ length: 10 }, () => provider.start(payment)));
      const made = replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value] : []));
      expect(made.length).toBeGreaterThan(0);
      expect(new Set(made.map(({ sessionRef, intentRef }) => sessionRef ?? intentRef)).size).toBe(1);
    });

    it('goes on with a payment that can be paid, and says when it is taken or over', async () => {
      const open = await start(flow);
      expect(await provider.resume(open.refs, open.payment)).toEqual({
        state: 'payable',
        next: flow === 'hosted' ? { url: open.way.url } : { clientSecret: open.way.clientSecret },
      });
      await pay(customer(), open.way, visa);
      expect(await provider.resume(open.refs, open.payment)).toEqual({ state: 'taken' });
      const ended = await start(flow);
      await provider.close(ended.refs);
      expect(await provider.resume(ended.refs, ended.payment)).toEqual({ state: 'closed' });
    });

    it('ends a payment once and for all, however often it is asked', async () => {
      const { refs, way } = await start(flow);
      expect(await provider.close(refs)).toBe('closed');
      expect(await provider.close(refs)).toBe('closed');
      expect((await pay(customer(), way, visa)).status).toBe(400);
    });

    it.each([
      ['succeeded', visa],
      ['is being processed', debit('paid')],
    ])('does not end a payment that %s', async (_name, means) => {
      const { refs, way } = await start(flow);
      expect((await pay(customer(), way, means)).status).toBe(200);
      expect(await provider.close(refs)).toBe('taken');
    });

    it.each([
      ['details', {}],
      ['succeeded', visa],
      ['failed', declined],
      ['requires_action', authenticated],
      ['processing', debit('paid')],
    ])('sees what Stripe knows now: %s', async (kind, means) => {
      const { payment, refs, way } = await start(flow);
      if (kind !== 'details') await pay(customer(), way, means as Record<string, string>);
      const fact = await provider.look(refs);
      expect(fact).toMatchObject({ kind, live: false, amount: 4200, currency: 'eur' });
      expect([fact.instanceId, fact.orderId, fact.paymentId]).toEqual([
        'ins_test',
        payment.orderId,
        payment.paymentId,
      ]);
      if (kind === 'failed') expect(fact.failureCode).toBe('generic_decline');
    });

    it('sees that a payment was ended', async () => {
      const { refs } = await start(flow);
      await provider.close(refs);
      expect((await provider.look(refs)).kind).toBe('canceled');
    });
  });

  describe('sorts what can go wrong by the one question whether it happened', () => {
    const failureOf = async (): Promise<string> =>
      await provider.start(frozen('elements')).then(
        () => 'none',
        (error: ProviderError) => error.failure,
      );
    const answer = (status: number, error: object, body = JSON.stringify({ error })) =>
      line.deal(
        calls('POST', '/v1/payment_intents'),
        async ({ reply }) =>
          reply({
            status,
            headers: { 'content-type': 'application/json', 'stripe-should-retry': 'false' },
            body: Buffer.from(body),
          }),
        10,
      );

    it.each([
      [400, 'invalid_request_error', 'refused'],
      [401, 'authentication_error', 'unavailable'],
      [402, 'card_error', 'refused'],
      [403, 'permission_error', 'unavailable'],
      [404, 'invalid_request_error', 'refused'],
      [409, 'idempotency_error', 'unavailable'],
      [429, 'rate_limit_error', 'unavailable'],
      [500, 'api_error', 'unknown'],
      [502, 'api_error', 'unknown'],
      [503, 'api_error', 'unknown'],
    ])('%i %s: %s', async (status, type, failure) => {
      answer(status, { type, message: 'No.' });
      expect(await failureOf()).toBe(failure);
    });

    it('a reply that is not JSON: unknown', async () => {
      answer(200, {}, '{"id": "pi_');
      expect(await failureOf()).toBe('unknown');
    });

    it('a connection that breaks: unknown', async () => {
      line.deal(calls('POST', '/v1/payment_intents'), async ({ cut }) => cut(), 10);
      expect(await failureOf()).toBe('unknown');
    });

    it('nobody there: unknown', async () => {
      await line.close();
      expect(await failureOf()).toBe('unknown');
    });

    it('other parameters under the same key: refused', async () => {
      const payment = frozen('elements');
      await provider.start(payment);
      const failure = await provider
        .start({ ...payment, amount: 4300 })
        .catch((error: ProviderError) => error.failure);
      expect(failure).toBe('refused');
    });
  });

  it('never stores a client secret with an event', () => {
    const text =
      '{"id":"evt_1","data":{"object":{"id":"pi_1","client_secret": "pi_1_secret_abc","metadata":{"x":"client_secret"}}}}';
    expect(JSON.parse(provider.withoutSecrets(text))).toEqual({
      id: 'evt_1',
      data: { object: { id: 'pi_1', client_secret: null, metadata: { x: 'client_secret' } } },
    });
  });

  it('links to the payment where the shop may see it, and to nothing before it has a name', () => {
    const live = stripeProvider({
      timeout: 1,
      secretKey: 'sk_live_shop',
      webhookSecret: 'whsec_test',
      apiBase: null,
      live: true,
      dashboardBase: 'https://d',
    });
    const named = { sessionRef: null, intentRef: 'pi_1' };
    for (const reader of ['customer', 'operator'] as const) {
      expect(provider.dashboardUrl(named, reader)).toBe('https://d/pi_1');
      expect(provider.dashboardUrl({ sessionRef: 'cs_1', intentRef: null }, reader)).toBeNull();
    }
    expect(live.dashboardUrl(named, 'operator')).toBe('https://d/pi_1');
    expect(live.dashboardUrl(named, 'customer')).toBeNull();
  });
});
