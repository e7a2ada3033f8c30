import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { eventually, type Harness, harness, refusal, withoutRedirects } from './support/harness.ts';

const returnUrl = 'https://shop.test/complete';

async function typesOfEvents({ stripe }: Harness): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 });
  return events.data.map((event) => event.type).reverse();
}

describe('a payment intent', () => {
  it('is created without a payment method, confirmed and paid, with events in order', async () => {
    const world = await harness();
    const { stripe } = world;
    const created = await stripe.paymentIntents.create({
      amount: 1_099,
      currency: 'USD',
      metadata: { order: '7' },
    });
    expect(created).toMatchObject({
      status: 'requires_payment_method',
      capture_method: 'automatic_async',
      currency: 'usd',
      automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
      payment_method_types: ['card'],
      allowed_payment_method_types: null,
    });
    expect(created.id).toMatch(/^pi_3\w{23}$/);
    expect(created.client_secret).toMatch(new RegExp(`^${created.id}_secret_\\w{25}$`));
    const paid = await stripe.paymentIntents.confirm(created.id, {
      payment_method: 'pm_card_visa',
      return_url: returnUrl,
      expand: ['latest_charge'],
    });
    const charge = paid.latest_charge as Stripe.Charge;
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 1_099 });
    expect(charge).toMatchObject({ balance_transaction: null, metadata: { order: '7' }, captured: true });
    expect(charge.id.slice(3, 19)).toBe(created.id.slice(3, 19));
    await eventually(
      () => typesOfEvents(world),
      (types) => types.includes('charge.updated'),
    );
    expect(await typesOfEvents(world)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.updated',
    ]);
  });

  it('has its fee booked after the charge, told by charge.updated', async () => {
    const world = await harness();
    const { stripe } = world;
    const intent = await stripe.paymentIntents.create({
      amount: 10_000,
      currency: 'eur',
      confirm: true,
      payment_method: 'pm_card_visa',
      return_url: returnUrl,
    });
    const [updated] = await eventually(
      async () => (await stripe.events.list({ type: 'charge.updated' })).data,
      (events) => events.length === 1,
    );
    expect(updated!.data.previous_attributes).toEqual({ balance_transaction: null });
    const charge = await stripe.charges.retrieve(intent.latest_charge as string, {
      expand: ['balance_transaction'],
    });
    expect(charge.balance_transaction).toMatchObject({
      amount: 10_000,
      fee: 320,
      net: 9_680,
      currency: 'eur',
    });
    const listed = await stripe.balanceTransactions.list({ source: charge.id });
    expect(listed.data).toHaveLength(1);
  });

  it('is captured by hand, whole or in part', async () => {
    const world = await harness();
    const { stripe } = world;
    const authorized = await stripe.paymentIntents.create({
      amount: 5_000,
      currency: 'usd',
      capture_method: 'manual',
      confirm: true,
      payment_method: 'pm_card_visa',
      automatic_payment_methods: withoutRedirects,
    });
    expect(authorized).toMatchObject({
      status: 'requires_capture',
      amount_capturable: 5_000,
      amount_received: 0,
    });
    expect(
      await refusal(stripe.paymentIntents.capture(authorized.id, { amount_to_capture: 5_001 })),
    ).toMatchObject({
      code: 'amount_too_large',
    });
    const captured = await stripe.paymentIntents.capture(authorized.id, { amount_to_capture: 3_000 });
    expect(captured).toMatchObject({ status: 'succeeded', amount_received: 3_000, amount_capturable: 0 });
    expect(await typesOfEvents(world)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'charge.captured',
      'payment_intent.succeeded',
    ]);
  });

  it('is updated without an event, and the update clears the last error', async () => {
    const world = await harness();
    const { stripe } = world;
    const intent = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      metadata: { a: '1', b: '2' },
    });
    await refusal(
      stripe.paymentIntents.confirm(intent.id, {
        payment_method: 'pm_card_chargeDeclined',
        return_url: returnUrl,
      }),
    );
    const updated = await stripe.paymentIntents.update(intent.id, {
      amount: 700,
      metadata: { a: '', c: '3' },
      payment_method: 'pm_card_visa',
    });
    expect(updated).toMatchObject({ amount: 700, status: 'requires_confirmation', last_payment_error: null });
    expect(updated.metadata).toEqual({ b: '2', c: '3' });
    const types = await typesOfEvents(world);
    expect(types).toEqual(['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed']);
  });

  it('is canceled once, and a paid one never', async () => {
    const { stripe } = await harness();
    const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    const canceled = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(canceled.canceled_at).toBeTypeOf('number');
    const error = await refusal(stripe.paymentIntents.cancel(intent.id));
    expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
    expect(error.payment_intent?.id).toBe(intent.id);
    const confirm = stripe.paymentIntents.confirm(intent.id, {
      payment_method: 'pm_card_visa',
      return_url: returnUrl,
    });
    expect(await refusal(confirm)).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  it('needs somewhere to return to when a server confirms it and redirects are allowed', async () => {
    const { stripe } = await harness();
    const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    const error = await refusal(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }));
    expect(error).toMatchObject({ statusCode: 400, param: 'return_url' });
  });

  it('pays with one card once, unless a customer owns it', async () => {
    const { stripe } = await harness();
    const pay = (method: string, customer?: string) =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        confirm: true,
        payment_method: method,
        automatic_payment_methods: withoutRedirects,
        ...(customer !== undefined && { customer }),
      });
    const loose = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    expect((await pay(loose.id)).status).toBe('succeeded');
    expect((await refusal(pay(loose.id))).message).toMatch(/may not be used again/);
    const customer = await stripe.customers.create({ name: 'Ada' });
    const kept = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    expect((await pay(kept.id, customer.id)).status).toBe('succeeded');
    expect((await pay(kept.id, customer.id)).status).toBe('succeeded');
    expect(await refusal(pay(kept.id))).toMatchObject({ param: 'payment_method' });
    const methods = await stripe.customers.listPaymentMethods(customer.id);
    expect(methods.data.map((method) => method.id)).toEqual([kept.id]);
  });
});

describe('a delayed payment', () => {
  const pay = ({ stripe }: Harness, iban: string) =>
    stripe.paymentIntents.create({
      amount: 4_000,
      currency: 'eur',
      confirm: true,
      return_url: returnUrl,
      payment_method_data: {
        type: 'sepa_debit',
        sepa_debit: { iban },
        billing_details: { name: 'Ada', email: 'ada@example.org' },
      },
    });

  it('is processing until the bank pays', async () => {
    const world = await harness();
    const intent = await pay(world, 'AT611904300234573201');
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0 });
    await eventually(
      () => world.stripe.paymentIntents.retrieve(intent.id),
      (now) => now.status === 'succeeded',
    );
    const types = await eventually(
      () => typesOfEvents(world),
      (all) => all.includes('charge.updated'),
    );
    expect(types).toEqual([
      'payment_intent.created',
      'payment_intent.processing',
      'charge.pending',
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.updated',
    ]);
  });

  it('asks for another method when the bank refuses', async () => {
    const world = await harness();
    const intent = await pay(world, 'IT60X0542811101000000123456');
    const failed = await eventually(
      () => world.stripe.paymentIntents.retrieve(intent.id),
      (now) => now.status === 'requires_payment_method',
    );
    expect(failed.last_payment_error?.code).toBe('payment_intent_payment_attempt_failed');
    expect((await typesOfEvents(world)).slice(-2)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
    ]);
  });
});

describe('what may change after a bank was asked', () => {
  it('is not the amount, and a browser decides nothing about the money', async () => {
    const { stripe, call } = await harness();
    const intent = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      confirm: true,
      payment_method: 'pm_card_authenticationRequired',
      automatic_payment_methods: withoutRedirects,
    });
    const update = stripe.paymentIntents.update(intent.id, { amount: 100 });
    expect(await refusal(update)).toMatchObject({ code: 'payment_intent_unexpected_state' });
    const body = `client_secret=${intent.client_secret}&payment_method=pm_card_visa&off_session=true`;
    const Authorization = 'Bearer pk_test_1';
    const reply = await call('POST', `/v1/payment_intents/${intent.id}/confirm`, body, { Authorization });
    expect(reply).toMatchObject({ status: 400, body: { error: { param: 'off_session' } } });
  });

  it('is the payment method, as long as nothing was charged; the open challenge ends with it', async () => {
    const { stripe } = await harness();
    const create = (method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'usd',
        confirm: true,
        payment_method: method,
        automatic_payment_methods: withoutRedirects,
        ...more,
      });
    const asked = await create('pm_card_authenticationRequired');
    const updated = await stripe.paymentIntents.update(asked.id, { payment_method: 'pm_card_visa' });
    expect(updated).toMatchObject({ status: 'requires_confirmation', next_action: null });
    expect((await stripe.paymentIntents.confirm(asked.id)).status).toBe('succeeded');
    const held = await create('pm_card_visa', { capture_method: 'manual' });
    const update = stripe.paymentIntents.update(held.id, { payment_method: 'pm_card_visa' });
    expect(await refusal(update)).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  it('creates nothing when the payment method cannot be used', async () => {
    const { stripe } = await harness();
    const customer = await stripe.customers.create({ name: 'Ada' });
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
    const create = stripe.paymentIntents.create({ amount: 500, currency: 'usd', payment_method: method.id });
    expect(await refusal(create)).toMatchObject({ statusCode: 400, param: 'payment_method' });
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });
});
