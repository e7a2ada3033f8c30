import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { card, type Harness, harness, refusal, withoutRedirects } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

function testToken(
  { stripe }: Harness,
  more: Parameters<Stripe['testHelpers']['confirmationTokens']['create']>[0] = {},
) {
  return stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_card_visa', ...more });
}

function pay({ stripe }: Harness, token: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return stripe.paymentIntents.create({
    amount: 900,
    currency: 'usd',
    confirm: true,
    automatic_payment_methods: withoutRedirects,
    confirmation_token: token,
    ...more,
  });
}

describe('a confirmation token', () => {
  it('is made in a browser and shows what was entered', async () => {
    const { call, stripe } = await harness();
    const body = new URLSearchParams({
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': '4242424242424242',
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '2040',
      'payment_method_data[card][cvc]': '123',
      'payment_method_data[billing_details][name]': 'Ada',
      return_url: 'https://shop.test/complete',
      setup_future_usage: 'off_session',
    });
    const path = '/v1/confirmation_tokens';
    const made = await call('POST', path, body.toString(), { Authorization: 'Bearer pk_test_1' });
    expect(made.status).toBe(200);
    const token = await stripe.confirmationTokens.retrieve(made.body.id);
    expect(token).toMatchObject({
      object: 'confirmation_token',
      payment_intent: null,
      return_url: 'https://shop.test/complete',
      setup_future_usage: 'off_session',
      use_stripe_sdk: true,
      payment_method_preview: { type: 'card', card: { last4: '4242' }, billing_details: { name: 'Ada' } },
    });
    expect(token.id).toMatch(/^ctoken_1/);
    expect(token.expires_at).toBe(token.created + 12 * 3600);
    expect(token.payment_method_preview).not.toHaveProperty('id');
    expect((await call('POST', path, body.toString())).status).toBe(400);
  });

  it('confirms a payment intent with all that was entered, once', async () => {
    const world = await harness();
    const { stripe } = world;
    const customer = await stripe.customers.create();
    const token = await stripe.testHelpers.confirmationTokens.create({
      payment_method_data: card('4242424242424242'),
      return_url: 'https://shop.test/complete',
      setup_future_usage: 'off_session',
      shipping: { name: 'Ada', address: { line1: 'Street 1' } },
    });
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer: customer.id,
    });
    const paid = await stripe.paymentIntents.confirm(intent.id, {
      confirmation_token: token.id,
      expand: ['payment_method'],
    });
    expect(paid).toMatchObject({
      status: 'succeeded',
      setup_future_usage: 'off_session',
      shipping: { name: 'Ada' },
      payment_method: { customer: customer.id },
    });
    const used = await stripe.confirmationTokens.retrieve(token.id);
    expect(used.payment_intent).toBe(intent.id);
    expect(await refusal(pay(world, token.id))).toMatchObject({
      statusCode: 400,
      param: 'confirmation_token',
    });
  });

  it('creates and confirms a payment intent in one call, also a declined one', async () => {
    const world = await harness();
    const good = await testToken(world);
    expect((await pay(world, good.id)).status).toBe('succeeded');
    const bad = await testToken(world, { payment_method: 'pm_card_chargeDeclined' });
    expect(await refusal(pay(world, bad.id))).toMatchObject({ code: 'card_declined' });
    const used = await world.stripe.confirmationTokens.retrieve(bad.id);
    expect(used.payment_intent).toMatch(/^pi_/);
  });

  it('sets a card up, and its challenge is left to stripe.js', async () => {
    const world = await harness();
    const token = await testToken(world, {
      payment_method: 'pm_card_authenticationRequired',
      return_url: 'https://shop.test/complete',
    });
    const intent = await world.stripe.setupIntents.create({ confirm: true, confirmation_token: token.id });
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
    const used = await world.stripe.confirmationTokens.retrieve(token.id);
    expect(used).toMatchObject({ setup_intent: intent.id, payment_intent: null });
  });

  it('expires after twelve hours', async () => {
    const clock = manualClock();
    const world = await harness({ clock });
    const token = await testToken(world);
    clock.advance(12 * 3_600_000);
    expect((await refusal(pay(world, token.id))).message).toMatch(/expired/);
  });

  it('stands alone, and only where something is confirmed', async () => {
    const world = await harness();
    const token = await testToken(world);
    const both = pay(world, token.id, { payment_method: 'pm_card_visa' });
    expect(await refusal(both)).toMatchObject({ code: 'parameters_exclusive' });
    const unconfirmed = pay(world, token.id, { confirm: false });
    expect(await refusal(unconfirmed)).toMatchObject({ param: 'confirmation_token' });
    expect(await refusal(pay(world, 'ctoken_unknown'))).toMatchObject({ code: 'resource_missing' });
    expect(await refusal(world.stripe.confirmationTokens.retrieve('ctoken_x'))).toMatchObject({
      statusCode: 404,
    });
    expect(await refusal(world.stripe.testHelpers.confirmationTokens.create({}))).toMatchObject({
      code: 'parameter_missing',
    });
  });
});
