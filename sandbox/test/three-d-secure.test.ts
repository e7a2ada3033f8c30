import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { card, type Harness, harness, lineItem, refusal, withoutRedirects } from './support/harness.ts';

async function challenged(
  { stripe }: Harness,
  number: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
) {
  return stripe.paymentIntents.create({
    amount: 900,
    currency: 'usd',
    confirm: true,
    automatic_payment_methods: withoutRedirects,
    payment_method_data: card(number),
    ...more,
  });
}

function tokenOf(intent: Stripe.PaymentIntent): string {
  const action = intent.next_action!;
  const url = action.redirect_to_url?.url ?? (action.use_stripe_sdk as { stripe_js: string }).stripe_js;
  return new URL(url).searchParams.get('token')!;
}

function answer(
  world: Harness,
  intent: Stripe.PaymentIntent,
  outcome: 'pass' | 'fail',
  token = tokenOf(intent),
) {
  const body = new URLSearchParams({ token, outcome }).toString();
  return world.call('POST', `/_sandbox/3ds/${intent.id}`, body);
}

describe('3-D Secure', () => {
  it('charges the card once the customer passed', async () => {
    const world = await harness();
    const intent = await challenged(world, '4000002760003184');
    expect(await answer(world, intent, 'pass')).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    const paid = await world.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    const details = (paid.latest_charge as Stripe.Charge).payment_method_details?.card?.three_d_secure;
    expect(paid.next_action).toBeNull();
    expect(details).toMatchObject({ result: 'authenticated' });
    const events = await world.stripe.events.list({ limit: 10 });
    expect(
      events.data
        .map((event) => event.type)
        .reverse()
        .slice(0, 4),
    ).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'charge.succeeded',
      'payment_intent.succeeded',
    ]);
  });

  it('takes the payment method away when the customer failed, and charges nothing', async () => {
    const world = await harness();
    const intent = await challenged(world, '4000002760003184');
    expect((await answer(world, intent, 'fail')).body.status).toBe('requires_payment_method');
    const failed = await world.stripe.paymentIntents.retrieve(intent.id);
    expect(failed).toMatchObject({ payment_method: null, latest_charge: null });
    expect(failed.last_payment_error?.code).toBe('payment_intent_authentication_failure');
  });

  it.each([
    ['4000008260003178', 'insufficient_funds'],
    ['4000008400001629', 'generic_decline'],
  ])('may still be declined after it was passed (%s)', async (number, declineCode) => {
    const world = await harness();
    const intent = await challenged(world, number);
    expect((await answer(world, intent, 'pass')).body.status).toBe('requires_payment_method');
    const failed = await world.stripe.paymentIntents.retrieve(intent.id);
    expect(failed.last_payment_error?.decline_code).toBe(declineCode);
  });

  it('can be answered once, with the token of that challenge only', async () => {
    const world = await harness();
    const intent = await challenged(world, '4000002760003184');
    expect((await answer(world, intent, 'pass', 'guessed')).status).toBe(400);
    expect((await answer(world, intent, 'pass')).status).toBe(200);
    expect((await answer(world, intent, 'fail')).status).toBe(400);
    expect((await world.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  it('is over when the intent is canceled', async () => {
    const world = await harness();
    const intent = await challenged(world, '4000002760003184');
    await world.stripe.paymentIntents.cancel(intent.id);
    expect((await answer(world, intent, 'pass')).status).toBe(400);
  });

  it('redirects when the server gave a return_url, and stays with stripe.js when that asked', async () => {
    const world = await harness();
    const redirected = await challenged(world, '4000002760003184', { return_url: 'https://shop.test/back' });
    expect(redirected.next_action).toMatchObject({
      type: 'redirect_to_url',
      redirect_to_url: { return_url: 'https://shop.test/back' },
    });
    const body = `payment_method=pm_card_authenticationRequired&use_stripe_sdk=true&return_url=https%3A%2F%2Fshop.test&client_secret=`;
    const intent = await world.stripe.paymentIntents.create({ amount: 900, currency: 'usd' });
    const reply = await world.call(
      'POST',
      `/v1/payment_intents/${intent.id}/confirm`,
      body + intent.client_secret,
      {
        Authorization: 'Bearer pk_test_1',
      },
    );
    expect(reply.body.next_action.type).toBe('use_stripe_sdk');
    expect(reply.body.next_action.use_stripe_sdk.stripe_js).toContain(`/3ds/${intent.id}?token=`);
  });

  it('hands the intent back to the server when confirmation is manual', async () => {
    const world = await harness();
    const intent = await challenged(world, '4000002760003184', { confirmation_method: 'manual' });
    expect((await answer(world, intent, 'pass')).body.status).toBe('requires_confirmation');
    expect((await world.stripe.paymentIntents.confirm(intent.id)).status).toBe('succeeded');
  });

  it('completes a Checkout Session', async () => {
    const world = await harness();
    const session = await world.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://shop.test/ok',
      line_items: [lineItem(900)],
    });
    const path = `/v1/payment_pages/${session.id}/confirm`;
    const page = await world.call('POST', path, 'payment_method=pm_card_authenticationRequired');
    expect(page.body).toMatchObject({ status: 'open', payment_intent: { status: 'requires_action' } });
    const intent = await world.stripe.paymentIntents.retrieve(page.body.payment_intent.id);
    await answer(world, intent, 'pass');
    const done = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    expect(await refusal(world.stripe.checkout.sessions.expire(session.id))).toMatchObject({
      statusCode: 400,
    });
  });
});
