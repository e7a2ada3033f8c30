import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { eventually, type Harness, harness, lineItem, refusal } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

const successUrl = 'https://shop.test/ok?session={CHECKOUT_SESSION_ID}';
const publishable = { Authorization: 'Bearer pk_test_1' };

function open({ stripe }: Harness, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: successUrl,
    line_items: [lineItem(1_250, 2), lineItem(500)],
    ...more,
  });
}

function pay(world: Harness, session: string, params: Record<string, string>) {
  const body = new URLSearchParams(params).toString();
  return world.call('POST', `/v1/payment_pages/${session}/confirm`, body, publishable);
}

async function typesOfEvents({ stripe }: Harness): Promise<string[]> {
  return (await stripe.events.list({ limit: 100 })).data.map((event) => event.type).reverse();
}

describe('a Checkout Session', () => {
  it('is open, unpaid and without a payment intent at first', async () => {
    const world = await harness();
    const session = await open(world, { client_reference_id: 'order-7', customer_email: 'ada@example.org' });
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      amount_subtotal: 3_000,
      amount_total: 3_000,
      currency: 'eur',
      ui_mode: 'hosted_page',
      customer_creation: 'if_required',
      client_reference_id: 'order-7',
      customer_details: { email: 'ada@example.org' },
      success_url: successUrl,
    });
    expect(session.expires_at - session.created).toBe(24 * 3600);
    expect(session.url).toBe(`${world.sandbox.url}/c/pay/${session.id}#fidkdWxO`);
    expect(session.line_items).toBeUndefined();
    const items = await world.stripe.checkout.sessions.listLineItems(session.id, {
      expand: ['data.price.product'],
    });
    expect(items.data.map((item) => [item.quantity, item.amount_total])).toEqual([
      [2, 2_500],
      [1, 500],
    ]);
    expect((items.data[0]!.price!.product as Stripe.Product).images).toEqual(['https://shop.test/cup.png']);
  });

  it('keeps its own metadata and gives payment_intent_data to the intent and the charge', async () => {
    const world = await harness();
    const session = await open(world, {
      metadata: { order: 'on session' },
      payment_intent_data: { metadata: { order: 'on intent' }, description: 'Order 7' },
    });
    const page = await pay(world, session.id, { payment_method: 'pm_card_visa', expected_amount: '3000' });
    expect(page).toMatchObject({
      status: 200,
      body: { status: 'complete', payment_status: 'paid', url: null },
    });
    const done = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent.latest_charge'],
    });
    const intent = done.payment_intent as Stripe.PaymentIntent;
    expect(done.metadata).toEqual({ order: 'on session' });
    expect(intent).toMatchObject({ metadata: { order: 'on intent' }, description: 'Order 7', amount: 3_000 });
    expect((intent.latest_charge as Stripe.Charge).metadata).toEqual({ order: 'on intent' });
    const types = await eventually(
      () => typesOfEvents(world),
      (all) => all.includes('charge.updated'),
    );
    expect(types).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
      'charge.updated',
    ]);
    const found = await world.stripe.checkout.sessions.list({ payment_intent: intent.id });
    expect(found.data.map(({ id }) => id)).toEqual([session.id]);
  });

  it('stays open after a decline and uses the same payment intent again', async () => {
    const world = await harness();
    const session = await open(world);
    const declined = await pay(world, session.id, { payment_method: 'pm_card_chargeDeclined' });
    expect(declined).toMatchObject({ status: 402, body: { error: { code: 'card_declined' } } });
    expect(declined.body.error.payment_intent.latest_charge).toBeUndefined();
    const afterwards = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(afterwards).toMatchObject({
      status: 'open',
      payment_intent: declined.body.error.payment_intent.id,
    });
    const paid = await pay(world, session.id, { payment_method: 'pm_card_visa' });
    expect(paid.body.payment_intent).toMatchObject({ id: afterwards.payment_intent, status: 'succeeded' });
    const charges = await world.stripe.charges.list({ payment_intent: afterwards.payment_intent as string });
    expect(charges.data.map((charge) => charge.status)).toEqual(['succeeded', 'failed']);
  });

  it('is paid once: a second confirmation changes nothing', async () => {
    const world = await harness();
    const session = await open(world);
    await pay(world, session.id, { payment_method: 'pm_card_visa' });
    expect(await pay(world, session.id, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 400 });
    expect((await world.stripe.charges.list()).data).toHaveLength(1);
  });

  it('refuses a second confirmation while the first is in flight', async () => {
    const world = await harness({ settings: { latency_ms: 50 } });
    const session = await open(world);
    const confirm = () => pay(world, session.id, { payment_method: 'pm_card_visa' });
    const statuses = (await Promise.all([confirm(), confirm(), confirm()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409, 409]);
  });

  it('refuses an amount that is not what the customer saw', async () => {
    const world = await harness();
    const session = await open(world);
    const reply = await pay(world, session.id, { payment_method: 'pm_card_visa', expected_amount: '2999' });
    expect(reply).toMatchObject({ status: 400, body: { error: { param: 'expected_amount' } } });
  });

  it('makes a customer only when told to', async () => {
    const world = await harness();
    const guest = await open(world);
    await pay(world, guest.id, {
      payment_method: 'pm_card_visa',
      'customer_details[email]': 'a@example.org',
    });
    const paid = await world.stripe.checkout.sessions.retrieve(guest.id);
    expect(paid).toMatchObject({ customer: null, customer_details: { email: 'a@example.org' } });
    const known = await open(world, { customer_creation: 'always', customer_email: 'b@example.org' });
    await pay(world, known.id, { payment_method: 'pm_card_visa' });
    const session = await world.stripe.checkout.sessions.retrieve(known.id, { expand: ['customer'] });
    expect((session.customer as Stripe.Customer).email).toBe('b@example.org');
  });

  it('waits for the bank of a delayed method: completed unpaid, then paid or failed', async () => {
    const world = await harness();
    const debit = (iban: string) => ({
      'payment_method_data[type]': 'sepa_debit',
      'payment_method_data[sepa_debit][iban]': iban,
      'payment_method_data[billing_details][name]': 'Ada',
      'payment_method_data[billing_details][email]': 'ada@example.org',
    });
    const good = await open(world);
    const page = await pay(world, good.id, debit('AT611904300234573201'));
    expect(page.body).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    await eventually(
      () => world.stripe.checkout.sessions.retrieve(good.id),
      (session) => session.payment_status === 'paid',
    );
    const bad = await open(world);
    await pay(world, bad.id, debit('IT60X0542811101000000123456'));
    const failed = 'checkout.session.async_payment_failed';
    const types = await eventually(
      () => typesOfEvents(world),
      (all) => all.includes(failed),
    );
    expect(types.filter((type) => type.startsWith('checkout'))).toEqual([
      'checkout.session.completed',
      'checkout.session.async_payment_succeeded',
      'checkout.session.completed',
      failed,
    ]);
  });

  it('owns its payment intent: that is neither confirmed nor canceled directly', async () => {
    const world = await harness();
    const session = await open(world);
    await pay(world, session.id, { payment_method: 'pm_card_chargeDeclined' });
    const id = (await world.stripe.checkout.sessions.retrieve(session.id)).payment_intent as string;
    const { paymentIntents } = world.stripe;
    expect(await refusal(paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    expect(await refusal(paymentIntents.cancel(id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  it('shows the hosted page what it needs, with the publishable key', async () => {
    const world = await harness();
    const session = await open(world, { cancel_url: 'https://shop.test/cart' });
    const path = `/v1/payment_pages/${session.id}?key=pk_test_1`;
    const page = await world.call('GET', path, undefined, { Authorization: '' });
    expect(page.status).toBe(401);
    const response = await fetch(`${world.sandbox.url}${path}`);
    const body = (await response.json()) as Record<string, never>;
    expect(body).toMatchObject({
      status: 'open',
      amount_total: 3_000,
      cancel_url: 'https://shop.test/cart',
      payment_intent: null,
    });
    expect(
      (body as unknown as { line_items: Stripe.ApiList<Stripe.LineItem> }).line_items.data[0],
    ).toMatchObject({
      description: 'Cup',
      price: { product: { name: 'Cup' } },
    });
  });
});

describe('the life of a Checkout Session', () => {
  it.each([
    [28, false],
    [30, true],
    [24 * 60, true],
    [24 * 60 + 2, false],
  ])('may last %i minutes: %s', async (minutes, isAllowed) => {
    const world = await harness();
    const attempt = open(world, { expires_at: Math.floor(Date.now() / 1000) + minutes * 60 });
    if (isAllowed) expect((await attempt).status).toBe('open');
    else expect(await refusal(attempt)).toMatchObject({ statusCode: 400, param: 'expires_at' });
  });

  it('ends by itself at its time, and its unpaid intent with it', async () => {
    const clock = manualClock();
    const world = await harness({ clock });
    const expiresAt = clock.now() / 1000 + 30 * 60;
    const session = await open(world, { expires_at: expiresAt });
    await pay(world, session.id, {
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': '4000000000000002',
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '2040',
    });
    clock.advance(30 * 60_000 - 1);
    expect((await world.stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    clock.advance(1);
    const expired = await world.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(expired).toMatchObject({ status: 'expired', url: null, payment_intent: { status: 'canceled' } });
    expect((await typesOfEvents(world)).slice(-2)).toEqual([
      'checkout.session.expired',
      'payment_intent.canceled',
    ]);
    expect(await pay(world, session.id, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 400,
      body: { error: { code: 'checkout_not_active_session' } },
    });
  });

  it('ends by a call, once, and only while it is open', async () => {
    const world = await harness();
    const session = await open(world);
    expect((await world.stripe.checkout.sessions.expire(session.id)).status).toBe('expired');
    expect(await refusal(world.stripe.checkout.sessions.expire(session.id))).toMatchObject({
      statusCode: 400,
    });
    expect(await typesOfEvents(world)).toEqual(['checkout.session.expired']);
    const expired = await world.stripe.checkout.sessions.list({ status: 'expired' });
    expect(expired.data).toHaveLength(1);
  });
});
