import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, lineItem, refusal, withoutRedirects } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

const publishable = { Authorization: 'Bearer pk_test_1' };

function open({ stripe }: Harness, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    success_url: 'https://shop.test/saved?session={CHECKOUT_SESSION_ID}',
    ...more,
  });
}

function confirm(world: Harness, session: string, params: Record<string, string>) {
  const body = new URLSearchParams(params).toString();
  return world.call('POST', `/v1/payment_pages/${session}/confirm`, body, publishable);
}

async function typesOfEvents({ stripe }: Harness): Promise<string[]> {
  return (await stripe.events.list({ limit: 100 })).data.map((event) => event.type).reverse();
}

const ofOrder = { line_items: [lineItem(500)] };

describe('a Checkout Session in setup mode', () => {
  it('has a setup intent from the beginning, and no amounts', async () => {
    const world = await harness();
    const session = await open(world, {
      setup_intent_data: { description: 'Card on file', metadata: { plan: 'gold' } },
      expand: ['setup_intent'],
    });
    expect(session).toMatchObject({
      mode: 'setup',
      status: 'open',
      payment_status: 'no_payment_required',
      amount_subtotal: null,
      amount_total: null,
      currency: 'usd',
      payment_intent: null,
      total_details: null,
      payment_method_types: ['card'],
      setup_intent: {
        description: 'Card on file',
        metadata: { plan: 'gold' },
        status: 'requires_payment_method',
        usage: 'off_session',
      },
    });
    expect(session.url).toContain(`/c/pay/${session.id}`);
    expect((await world.stripe.checkout.sessions.listLineItems(session.id)).data).toEqual([]);
    expect(await typesOfEvents(world)).toEqual(['setup_intent.created']);
  });

  it('saves a card for a customer and tells of it in order', async () => {
    const world = await harness();
    const customer = await world.stripe.customers.create({ email: 'ada@example.org' });
    const session = await open(world, { customer: customer.id, client_reference_id: 'member-7' });
    expect(session.customer_details).toMatchObject({ email: 'ada@example.org', tax_exempt: null });
    const page = await confirm(world, session.id, { payment_method: 'pm_card_visa', expected_amount: '0' });
    expect(page).toMatchObject({ status: 200, body: { status: 'complete', url: null } });
    expect(page.body.setup_intent).toMatchObject({ status: 'succeeded' });
    expect(page.body.setup_intent.customer).toBeUndefined();
    const done = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    const intent = done.setup_intent as Stripe.SetupIntent;
    expect(done).toMatchObject({ payment_status: 'no_payment_required', customer: customer.id });
    expect(intent.payment_method).toMatchObject({ customer: customer.id, card: { last4: '4242' } });
    expect(await typesOfEvents(world)).toEqual([
      'customer.created',
      'setup_intent.created',
      'payment_method.attached',
      'setup_intent.succeeded',
      'checkout.session.completed',
    ]);
    const [completed] = (await world.stripe.events.list({ type: 'checkout.session.completed' })).data;
    expect(completed!.data.object).toMatchObject({ setup_intent: intent.id, amount_total: null });
    const later = await world.stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      customer: customer.id,
      payment_method: (intent.payment_method as Stripe.PaymentMethod).id,
      off_session: true,
      confirm: true,
      automatic_payment_methods: withoutRedirects,
    });
    expect(later.status).toBe('succeeded');
  });

  it('makes a customer where the shop wants one, and keeps no address', async () => {
    const world = await harness();
    const session = await open(world, { customer_creation: 'always' });
    await confirm(world, session.id, {
      payment_method: 'pm_card_visa',
      'customer_details[email]': 'ada@example.org',
      'customer_details[address][country]': 'GB',
    });
    const done = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['setup_intent.payment_method'],
    });
    const { payment_method: method } = done.setup_intent as Stripe.SetupIntent;
    expect(done.customer_details).toMatchObject({ email: 'ada@example.org', address: null });
    expect(method).toMatchObject({ customer: done.customer });
    expect(await world.stripe.customers.retrieve(done.customer as string)).toMatchObject({
      email: 'ada@example.org',
    });
  });

  it('stays open after a refused card, and takes another', async () => {
    const world = await harness();
    const session = await open(world);
    const declined = await confirm(world, session.id, { payment_method: 'pm_card_chargeDeclined' });
    expect(declined).toMatchObject({ status: 402, body: { error: { code: 'card_declined' } } });
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open' });
    await confirm(world, session.id, { payment_method: 'pm_card_visa' });
    const done = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(done).toMatchObject({ status: 'complete', setup_intent: session.setup_intent });
    const again = await confirm(world, session.id, { payment_method: 'pm_card_visa' });
    expect(again).toMatchObject({ status: 400, body: { error: { code: 'checkout_succeeded_session' } } });
  });

  it('is complete once the bank has authenticated the customer', async () => {
    const world = await harness();
    const session = await open(world);
    const asked = await confirm(world, session.id, { payment_method: 'pm_card_authenticationRequired' });
    const { id, next_action: action, status } = asked.body.setup_intent;
    expect([asked.body.status, status]).toEqual(['open', 'requires_action']);
    const token = new URL(action.use_stripe_sdk.stripe_js).searchParams.get('token');
    await world.call('POST', `/_sandbox/3ds/${id}`, `token=${token}&outcome=pass`);
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete' });
    expect(await typesOfEvents(world)).toEqual([
      'setup_intent.created',
      'setup_intent.requires_action',
      'setup_intent.succeeded',
      'checkout.session.completed',
    ]);
  });

  it('ends with its setup intent when it expires, by hand or by time', async () => {
    const clock = manualClock();
    const world = await harness({ clock });
    const byHand = await open(world);
    const byTime = await open(world);
    await world.stripe.checkout.sessions.expire(byHand.id);
    clock.advance(24 * 3600 * 1000 + 1);
    for (const { id } of [byHand, byTime]) {
      const session = await world.stripe.checkout.sessions.retrieve(id, { expand: ['setup_intent'] });
      expect(session).toMatchObject({
        status: 'expired',
        setup_intent: { status: 'canceled', cancellation_reason: 'abandoned' },
      });
    }
    const late = await confirm(world, byTime.id, { payment_method: 'pm_card_visa' });
    expect(late).toMatchObject({ status: 400, body: { error: { code: 'checkout_not_active_session' } } });
  });

  it('is found in lists by its customer and its state', async () => {
    const world = await harness();
    const customer = await world.stripe.customers.create();
    const session = await open(world, { customer: customer.id });
    const { data } = await world.stripe.checkout.sessions.list({
      customer: customer.id,
      status: 'open',
      expand: ['data.setup_intent'],
    });
    expect(data).toMatchObject([{ id: session.id, setup_intent: { id: session.setup_intent } }]);
  });

  it('is the only way to confirm, cancel or change its setup intent', async () => {
    const world = await harness();
    const { setup_intent: id } = await open(world);
    const calls = world.stripe.setupIntents;
    expect(await refusal(calls.confirm(id as string))).toMatchObject({ statusCode: 400 });
    expect(await refusal(calls.cancel(id as string))).toMatchObject({ statusCode: 400 });
    const change = calls.update(id as string, { payment_method: 'pm_card_visa' });
    expect(await refusal(change)).toMatchObject({
      message: expect.stringContaining('created by Checkout'),
      param: 'payment_method',
    });
    expect(await calls.update(id as string, { metadata: { a: 'b' } })).toMatchObject({
      metadata: { a: 'b' },
    });
  });

  it('offers what can be set up in its currency', async () => {
    const world = await harness();
    const euro = await open(world, { currency: 'eur' });
    expect(euro.payment_method_types).toEqual(['card', 'sepa_debit']);
    const listed = await world.stripe.checkout.sessions.create({
      mode: 'setup',
      allowed_payment_method_types: ['card'],
      success_url: 'https://shop.test/saved',
    });
    expect(listed).toMatchObject({ payment_method_types: ['card'], currency: null });
    const older = await world.call(
      'POST',
      '/v1/checkout/sessions',
      'mode=setup&payment_method_types[0]=card&success_url=https://shop.test/saved',
      { 'Stripe-Version': '2024-06-20' },
    );
    expect(older.body).toMatchObject({ payment_method_types: ['card'], currency: null });
  });

  it('takes nothing that belongs to an order afterwards either', async () => {
    const world = await harness();
    const session = await world.stripe.checkout.sessions.create({
      mode: 'setup',
      currency: 'usd',
      ui_mode: 'elements',
      return_url: 'https://shop.test/saved',
    });
    const update = world.stripe.checkout.sessions.update(session.id, ofOrder);
    expect(await refusal(update)).toMatchObject({ param: 'line_items' });
    const changed = await world.stripe.checkout.sessions.update(session.id, { metadata: { a: 'b' } });
    expect(changed).toMatchObject({ metadata: { a: 'b' }, amount_total: null });
    const path = `/v1/payment_pages/${session.id}`;
    expect(await world.call('POST', path, 'promotion_code=X', publishable)).toMatchObject({ status: 400 });
    expect(await world.call('POST', path, '', publishable)).toMatchObject({ body: { amount_total: null } });
  });
});

describe('parameters of another mode', () => {
  const refused: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['line items', ofOrder, { message: 'You can not pass `line_items` in `setup` mode.' }],
    [
      'promotion codes',
      { allow_promotion_codes: true },
      {
        message: 'You can not pass `allow_promotion_codes` in `setup` mode.',
        param: 'allow_promotion_codes',
      },
    ],
    ['discounts', { discounts: [{ coupon: 'x' }] }, { param: 'discounts' }],
    [
      'the data of a payment',
      { payment_intent_data: { description: 'x' } },
      { param: 'payment_intent_data' },
    ],
    ['ways of shipping', { shipping_options: [{ shipping_rate: 'shr_x' }] }, { param: 'shipping_options' }],
    ['a kind of order', { submit_type: 'book' }, { param: 'submit_type' }],
    ['no currency', { currency: undefined }, { code: 'parameter_missing', param: 'currency' }],
    [
      'the data of a setup in payment mode',
      { mode: 'payment', ...ofOrder, setup_intent_data: { description: 'x' } },
      { message: 'You can not pass `setup_intent_data` in `payment` mode.' },
    ],
    ['recovery, not built', { after_expiration: { recovery: { enabled: true } } }, { statusCode: 501 }],
  ];

  it.each(refused)('are refused: %s', async (_, params, error) => {
    const world = await harness();
    expect(await refusal(open(world, params))).toMatchObject({ statusCode: 400, ...error });
    expect((await world.stripe.setupIntents.list()).data).toEqual([]);
  });
});
