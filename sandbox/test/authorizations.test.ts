import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, refusal, withoutRedirects } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

const incremental = { card: { request_incremental_authorization: 'if_available' } } as const;

function authorize({ stripe }: Harness, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  return stripe.paymentIntents.create({
    amount: 2_000,
    currency: 'usd',
    capture_method: 'manual',
    confirm: true,
    payment_method: 'pm_card_visa',
    automatic_payment_methods: withoutRedirects,
    ...more,
  });
}

describe('an authorization', () => {
  it('is canceled by itself when nobody captures it within seven days', async () => {
    const clock = manualClock();
    const world = await harness({ clock });
    const held = await authorize(world, { expand: ['latest_charge'] });
    const charge = held.latest_charge as Stripe.Charge;
    expect(charge.payment_method_details?.card?.capture_before).toBe(charge.created + 7 * 24 * 3600);
    clock.advance(7 * 24 * 3_600_000 - 1_000);
    expect((await world.stripe.paymentIntents.retrieve(held.id)).status).toBe('requires_capture');
    clock.advance(1_000);
    const expired = await world.stripe.paymentIntents.retrieve(held.id, { expand: ['latest_charge'] });
    expect(expired).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
      amount_capturable: 0,
      latest_charge: { refunded: true, captured: false },
    });
    const events = await world.stripe.events.list({ limit: 2 });
    expect(events.data.map((event) => event.type)).toEqual(['payment_intent.canceled', 'charge.expired']);
  });

  it('is not touched after it was captured', async () => {
    const clock = manualClock();
    const world = await harness({ clock });
    const held = await authorize(world);
    const captured = await world.stripe.paymentIntents.capture(held.id, {
      statement_descriptor_suffix: 'CUPS',
      expand: ['latest_charge'],
    });
    expect(captured).toMatchObject({
      statement_descriptor_suffix: 'CUPS',
      latest_charge: { statement_descriptor_suffix: 'CUPS' },
    });
    clock.advance(8 * 24 * 3_600_000);
    expect((await world.stripe.paymentIntents.retrieve(held.id)).status).toBe('succeeded');
  });

  it('expires also when the sandbox was away in between', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'paydesk-sandbox-'));
    const clock = manualClock();
    const db = join(directory, 'sandbox.db');
    try {
      const first = await harness({ clock, db });
      const held = await authorize(first);
      const token = await first.stripe.tokens.create({
        card: { number: '4242424242424242', exp_month: '12', exp_year: '2040' },
      });
      await first.sandbox.close();
      const second = await harness({ clock, db });
      clock.advance(7 * 24 * 3_600_000);
      expect((await second.stripe.paymentIntents.retrieve(held.id)).status).toBe('canceled');
      const paid = await second.stripe.charges.create({ amount: 500, currency: 'usd', source: token.id });
      expect(paid.status).toBe('succeeded');
      await second.sandbox.close();
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('is raised when it was asked for, and captured as a whole', async () => {
    const world = await harness();
    const { stripe } = world;
    const held = await authorize(world, { payment_method_options: incremental });
    expect(held.payment_method_options?.card?.request_incremental_authorization).toBe('if_available');
    const raised = await stripe.paymentIntents.incrementAuthorization(held.id, {
      amount: 3_000,
      description: 'With breakfast',
      expand: ['latest_charge'],
    });
    expect(raised).toMatchObject({
      amount: 3_000,
      amount_capturable: 3_000,
      description: 'With breakfast',
      latest_charge: { amount: 3_000, payment_method_details: { card: { amount_authorized: 3_000 } } },
    });
    const less = stripe.paymentIntents.incrementAuthorization(held.id, { amount: 2_500 });
    expect(await refusal(less)).toMatchObject({ statusCode: 400, param: 'amount' });
    const captured = await stripe.paymentIntents.capture(held.id);
    expect(captured.amount_received).toBe(3_000);
    const late = stripe.paymentIntents.incrementAuthorization(held.id, { amount: 4_000 });
    expect(await refusal(late)).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  it('is not raised when it was not asked for, nor more than ten times', async () => {
    const world = await harness();
    const { stripe } = world;
    const plain = await authorize(world);
    const raise = stripe.paymentIntents.incrementAuthorization(plain.id, { amount: 3_000 });
    expect(await refusal(raise)).toMatchObject({ statusCode: 400, code: 'payment_intent_invalid_parameter' });
    const held = await authorize(world, { payment_method_options: incremental });
    for (let step = 1; step <= 10; step++) {
      await stripe.paymentIntents.incrementAuthorization(held.id, { amount: 2_000 + step });
    }
    const eleventh = stripe.paymentIntents.incrementAuthorization(held.id, { amount: 2_100 });
    expect((await refusal(eleventh)).statusCode).toBe(400);
  });
});

describe('the types of payment methods', () => {
  it('are narrowed by an update or a confirmation', async () => {
    const { stripe } = await harness();
    const { id } = await stripe.paymentIntents.create({ amount: 900, currency: 'eur' });
    const updated = await stripe.paymentIntents.update(id, { allowed_payment_method_types: ['card'] });
    expect(updated).toMatchObject({ payment_method_types: ['card'], allowed_payment_method_types: ['card'] });
    const confirm = stripe.paymentIntents.confirm(id, {
      payment_method: 'pm_card_visa',
      excluded_payment_method_types: ['card'],
      return_url: 'https://shop.test',
    });
    expect((await refusal(confirm)).statusCode).toBe(400);
  });
});

describe('a payment intent that the server confirms by hand', () => {
  it('comes back to the server after the challenge', async () => {
    const world = await harness();
    const { stripe, call } = world;
    const asked = await authorize(world, {
      capture_method: 'automatic',
      confirmation_method: 'manual',
      payment_method: 'pm_card_authenticationRequired',
    });
    const browser = await call(
      'POST',
      `/v1/payment_intents/${asked.id}/confirm`,
      `client_secret=${asked.client_secret}`,
      { Authorization: 'Bearer pk_test_1' },
    );
    expect(browser.status).toBe(400);
    const { stripe_js: url } = asked.next_action!.use_stripe_sdk as { stripe_js: string };
    const token = new URL(url).searchParams.get('token');
    await call('POST', `/_sandbox/3ds/${asked.id}`, `token=${token}&outcome=pass`);
    const back = await stripe.paymentIntents.retrieve(asked.id);
    expect(back).toMatchObject({ status: 'requires_confirmation', next_action: null });
    expect((await stripe.paymentIntents.confirm(asked.id)).status).toBe('succeeded');
  });

  it('is refused what the sandbox has not', async () => {
    const { stripe } = await harness();
    const { id } = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    expect(await refusal(stripe.paymentIntents.applyCustomerBalance(id))).toMatchObject({ statusCode: 501 });
    expect(await refusal(stripe.paymentIntents.verifyMicrodeposits(id))).toMatchObject({ statusCode: 501 });
  });
});
