import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { card, type Harness, harness, refusal, withoutRedirects } from './support/harness.ts';

async function typesOfEvents({ stripe }: Harness): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 });
  return events.data.map((event) => event.type).reverse();
}

function setup({ stripe }: Harness, method: string, more: Partial<Stripe.SetupIntentCreateParams> = {}) {
  return stripe.setupIntents.create({
    confirm: true,
    payment_method: method,
    automatic_payment_methods: withoutRedirects,
    ...more,
  });
}

function answer(world: Harness, intent: Stripe.SetupIntent, outcome: 'pass' | 'fail') {
  const action = intent.next_action!;
  const url = action.redirect_to_url?.url ?? (action.use_stripe_sdk as { stripe_js: string }).stripe_js;
  const token = new URL(url).searchParams.get('token')!;
  const body = new URLSearchParams({ token, outcome }).toString();
  return world.call('POST', `/_sandbox/3ds/${intent.id}`, body);
}

describe('a setup intent', () => {
  it('is created, confirmed, and gives the card to its customer, with events in order', async () => {
    const world = await harness();
    const { stripe } = world;
    const customer = await stripe.customers.create({ name: 'Ada' });
    const created = await stripe.setupIntents.create({ customer: customer.id, metadata: { a: '1' } });
    expect(created).toMatchObject({
      status: 'requires_payment_method',
      usage: 'off_session',
      payment_method_types: ['card', 'sepa_debit'],
      automatic_payment_methods: { enabled: true, allow_redirects: 'always' },
    });
    expect(created.client_secret).toMatch(new RegExp(`^${created.id}_secret_\\w{25}$`));
    const done = await stripe.setupIntents.confirm(created.id, {
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.test/complete',
      expand: ['payment_method', 'latest_attempt'],
    });
    expect(done).toMatchObject({
      status: 'succeeded',
      payment_method: { customer: customer.id },
      latest_attempt: { status: 'succeeded', setup_intent: created.id },
    });
    expect(await typesOfEvents(world)).toEqual([
      'customer.created',
      'setup_intent.created',
      'payment_method.attached',
      'setup_intent.succeeded',
    ]);
    const again = stripe.setupIntents.confirm(created.id, { return_url: 'https://shop.test' });
    expect(await refusal(again)).toMatchObject({ statusCode: 400, code: 'setup_intent_unexpected_state' });
  });

  it('needs an address to return to when a server confirms it and redirects are allowed', async () => {
    const { stripe } = await harness();
    const create = stripe.setupIntents.create({ confirm: true, payment_method: 'pm_card_visa' });
    expect(await refusal(create)).toMatchObject({ statusCode: 400, param: 'return_url' });
  });

  it('asks for another card after a decline, which its attempts tell', async () => {
    const world = await harness();
    const { stripe } = world;
    const error = await refusal(setup(world, 'pm_card_chargeDeclined'));
    expect(error).toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code: 'card_declined',
      decline_code: 'generic_decline',
    });
    const intent = error.setup_intent!;
    expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    expect(intent.last_setup_error).toMatchObject({ code: 'card_declined', type: 'card_error' });
    const attempts = await stripe.setupAttempts.list({ setup_intent: intent.id });
    expect(attempts.data).toMatchObject([{ status: 'failed', setup_error: { code: 'card_declined' } }]);
    expect(await typesOfEvents(world)).toEqual(['setup_intent.created', 'setup_intent.setup_failed']);
    const updated = await stripe.setupIntents.update(intent.id, { payment_method: 'pm_card_visa' });
    expect(updated).toMatchObject({ status: 'requires_confirmation', last_setup_error: null });
    expect((await stripe.setupIntents.confirm(intent.id)).status).toBe('succeeded');
    expect((await stripe.setupAttempts.list({ setup_intent: intent.id })).data).toHaveLength(2);
  });

  it('takes a card that is only declined when it is charged', async () => {
    const world = await harness();
    expect((await setup(world, 'pm_card_chargeCustomerFail')).status).toBe('succeeded');
  });

  it('sets a debit up, in any currency', async () => {
    const { stripe } = await harness();
    const intent = await stripe.setupIntents.create({
      confirm: true,
      automatic_payment_methods: withoutRedirects,
      payment_method_data: {
        type: 'sepa_debit',
        sepa_debit: { iban: 'AT611904300234573201' },
        billing_details: { name: 'Ada', email: 'ada@example.org' },
      },
    });
    expect(intent).toMatchObject({ status: 'succeeded', mandate: expect.stringMatching(/^mandate_/) });
  });

  it('is narrowed to some types of payment methods, and widened again', async () => {
    const { stripe } = await harness();
    const create = stripe.setupIntents.create({ allowed_payment_method_types: ['card'] });
    const { id, payment_method_types: types } = await create;
    expect(types).toEqual(['card']);
    const other = await stripe.setupIntents.update(id, {
      allowed_payment_method_types: '',
      excluded_payment_method_types: ['card'],
    });
    expect(other).toMatchObject({
      payment_method_types: ['sepa_debit'],
      allowed_payment_method_types: null,
      excluded_payment_method_types: ['card'],
    });
    const confirm = stripe.setupIntents.confirm(id, {
      payment_method: 'pm_card_visa',
      return_url: 'https://shop.test',
    });
    expect(await refusal(confirm)).toMatchObject({ statusCode: 400, param: 'payment_method' });
  });

  it('is canceled once, and a succeeded one never', async () => {
    const world = await harness();
    const { stripe } = world;
    const intent = await stripe.setupIntents.create();
    const canceled = await stripe.setupIntents.cancel(intent.id, { cancellation_reason: 'abandoned' });
    expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    const error = await refusal(stripe.setupIntents.cancel(intent.id));
    expect(error).toMatchObject({ statusCode: 400, code: 'setup_intent_unexpected_state' });
    expect(error.setup_intent?.id).toBe(intent.id);
    const done = await setup(world, 'pm_card_visa');
    expect(await refusal(stripe.setupIntents.cancel(done.id))).toMatchObject({ statusCode: 400 });
    const renamed = await stripe.setupIntents.update(done.id, { description: 'Kept', metadata: { b: '2' } });
    expect(renamed).toMatchObject({ description: 'Kept', metadata: { b: '2' } });
    const change = stripe.setupIntents.update(done.id, { payment_method: 'pm_card_visa' });
    expect(await refusal(change)).toMatchObject({ code: 'setup_intent_unexpected_state' });
    expect((await stripe.setupIntents.list()).data.map(({ id }) => id)).toEqual([done.id, intent.id]);
    const filtered = await stripe.setupIntents.list({ payment_method: done.payment_method as string });
    expect(filtered.data.map(({ id }) => id)).toEqual([done.id]);
  });

  it('shows a browser with the client secret no more than stripe.js needs', async () => {
    const { stripe, call } = await harness();
    const customer = await stripe.customers.create();
    const intent = await stripe.setupIntents.create({ customer: customer.id });
    const headers = { Authorization: 'Bearer pk_test_1' };
    const path = `/v1/setup_intents/${intent.id}`;
    expect((await call('GET', path, undefined, headers)).status).toBe(400);
    const secret = `client_secret=${intent.client_secret}`;
    const seen = await call('GET', `${path}?${secret}`, undefined, headers);
    expect(seen.body).toMatchObject({ id: intent.id, status: 'requires_payment_method' });
    expect(seen.body).not.toHaveProperty('customer');
    const body = `${secret}&payment_method_data[type]=card&payment_method_data[card][token]=tok_visa`;
    const confirmed = await call('POST', `${path}/confirm`, body, headers);
    expect(confirmed).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    const refused = await call('POST', `${path}/confirm`, `${secret}&payment_method=pm_card_visa`, headers);
    expect(refused.status).toBe(400);
    expect(refused.body.error.setup_intent).not.toHaveProperty('customer');
  });

  it('is refused where the sandbox has nothing', async () => {
    const { stripe } = await harness();
    const intent = await stripe.setupIntents.create();
    const verify = stripe.setupIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] });
    expect(await refusal(verify)).toMatchObject({ statusCode: 501, code: 'sandbox_not_built' });
    const attempts = stripe.setupAttempts.list({ setup_intent: 'seti_unknown' });
    expect(await refusal(attempts)).toMatchObject({ statusCode: 400, param: 'setup_intent' });
    const single = stripe.setupIntents.create({ single_use: { amount: 100, currency: 'usd' } });
    expect(await refusal(single)).toMatchObject({ statusCode: 501 });
  });

  it('does what the fixtures of the Stripe CLI ask for, without a version', async () => {
    const { call } = await harness();
    const types = 'payment_method_types[]=card';
    const post = (body: string) => call('POST', '/v1/setup_intents', body);
    expect((await post(`description=x&${types}`)).body.status).toBe('requires_payment_method');
    expect((await post(`confirm=true&payment_method=pm_card_visa&${types}`)).body.status).toBe('succeeded');
    const asked = await post('confirm=true&payment_method=pm_card_authenticationRequired');
    expect(asked.body.status).toBe('requires_action');
    const declined = await post(`confirm=true&payment_method=pm_card_chargeDeclined&${types}`);
    expect(declined).toMatchObject({ status: 402, body: { error: { type: 'card_error' } } });
  });
});

describe('3-D Secure when a card is set up', () => {
  it.each(['pm_card_authenticationRequiredOnSetup', 'pm_card_authenticationRequired'])(
    'is asked for, and passed (%s)',
    async (method) => {
      const world = await harness();
      const { stripe } = world;
      const customer = await stripe.customers.create();
      const intent = await setup(world, method, { customer: customer.id });
      expect(intent).toMatchObject({
        status: 'requires_action',
        next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } },
      });
      expect(await answer(world, intent, 'pass')).toMatchObject({ body: { status: 'succeeded' } });
      const attempts = await stripe.setupAttempts.list({ setup_intent: intent.id });
      expect(attempts.data[0]?.payment_method_details.card?.three_d_secure?.result).toBe('authenticated');
      expect(await typesOfEvents(world)).toEqual([
        'customer.created',
        'setup_intent.created',
        'setup_intent.requires_action',
        'payment_method.attached',
        'setup_intent.succeeded',
      ]);
      expect((await answer(world, intent, 'pass')).status).toBe(400);
    },
  );

  it('lets the card pay off-session later, which it may not without', async () => {
    const world = await harness();
    const { stripe } = world;
    const customer = await stripe.customers.create();
    const pay = (method: string) =>
      stripe.paymentIntents.create({
        amount: 900,
        currency: 'usd',
        customer: customer.id,
        payment_method: method,
        confirm: true,
        off_session: true,
        automatic_payment_methods: withoutRedirects,
      });
    const plain = await stripe.paymentMethods.attach('pm_card_authenticationRequiredOnSetup', {
      customer: customer.id,
    });
    expect(await refusal(pay(plain.id))).toMatchObject({ code: 'authentication_required' });
    const intent = await setup(world, 'pm_card_authenticationRequiredOnSetup', { customer: customer.id });
    await answer(world, intent, 'pass');
    const done = await stripe.setupIntents.retrieve(intent.id);
    expect((await pay(done.payment_method as string)).status).toBe('succeeded');
  });

  it('takes the card away when the customer fails', async () => {
    const world = await harness();
    const { stripe } = world;
    const intent = await stripe.setupIntents.create({
      confirm: true,
      payment_method_data: card('4000002500003155'),
      return_url: 'https://shop.test/complete',
    });
    expect(intent.next_action?.redirect_to_url?.return_url).toBe('https://shop.test/complete');
    const page = await fetch(intent.next_action!.redirect_to_url!.url!);
    expect(await page.text()).toContain('Confirm this card');
    await answer(world, intent, 'fail');
    const failed = await stripe.setupIntents.retrieve(intent.id);
    expect(failed).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    expect(failed.last_setup_error?.code).toBe('setup_intent_authentication_failure');
    expect((await typesOfEvents(world)).at(-1)).toBe('setup_intent.setup_failed');
  });

  it('is over when the intent is canceled, or gets another card', async () => {
    const world = await harness();
    const { stripe } = world;
    const first = await setup(world, 'pm_card_authenticationRequired');
    await stripe.setupIntents.cancel(first.id);
    expect((await answer(world, first, 'pass')).status).toBe(400);
    const second = await setup(world, 'pm_card_authenticationRequired');
    await stripe.setupIntents.update(second.id, { payment_method: 'pm_card_visa' });
    expect((await answer(world, second, 'pass')).status).toBe(400);
    expect((await stripe.setupIntents.confirm(second.id)).status).toBe('succeeded');
  });
});
