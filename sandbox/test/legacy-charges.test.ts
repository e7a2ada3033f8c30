import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, refusal } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

async function typesOfEvents({ stripe }: Harness): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 });
  return events.data.map((event) => event.type).reverse();
}

function charge({ stripe }: Harness, more: Partial<Stripe.ChargeCreateParams> = {}) {
  return stripe.charges.create({ amount: 2_000, currency: 'usd', source: 'tok_visa', ...more });
}

describe('a charge of its own', () => {
  it('is paid by a token, in one call', async () => {
    const world = await harness();
    const made = await charge(world, {
      description: 'Cup',
      metadata: { order: '7' },
      receipt_email: 'ada@example.org',
      shipping: { name: 'Ada', address: { line1: 'Street 1' } },
      expand: ['balance_transaction'],
    });
    expect(made).toMatchObject({
      amount: 2_000,
      amount_captured: 2_000,
      captured: true,
      paid: true,
      status: 'succeeded',
      payment_intent: null,
      description: 'Cup',
      metadata: { order: '7' },
      source: { object: 'card', brand: 'Visa', last4: '4242' },
      balance_transaction: { amount: 2_000, fee: 88 },
    });
    expect(made.payment_method).toBe((made.source as Stripe.Card).id);
    expect(await typesOfEvents(world)).toEqual(['charge.succeeded']);
  });

  it('is captured later, in part, and once', async () => {
    const world = await harness();
    const { stripe } = world;
    const held = await charge(world, { capture: false });
    expect(held).toMatchObject({ captured: false, amount_captured: 0, balance_transaction: null });
    expect(held.payment_method_details?.card?.capture_before).toBe(held.created + 7 * 24 * 3600);
    const more = stripe.charges.capture(held.id, { amount: 2_001 });
    expect(await refusal(more)).toMatchObject({ code: 'amount_too_large' });
    const captured = await stripe.charges.capture(held.id, { amount: 1_500 });
    expect(captured).toMatchObject({ captured: true, amount_captured: 1_500, amount_refunded: 500 });
    expect(captured.balance_transaction).toMatch(/^txn_/);
    expect(await refusal(stripe.charges.capture(held.id))).toMatchObject({ code: 'charge_already_captured' });
    expect(await typesOfEvents(world)).toEqual(['charge.succeeded', 'charge.captured']);
  });

  it('is declined with the failed charge in the error', async () => {
    const world = await harness();
    const error = await refusal(charge(world, { source: 'tok_chargeDeclined' }));
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'generic_decline' });
    const failed = await world.stripe.charges.retrieve(error.charge!);
    expect(failed).toMatchObject({ status: 'failed', paid: false, failure_code: 'card_declined' });
    expect(await typesOfEvents(world)).toEqual(['charge.failed']);
    const needsCustomer = charge(world, { source: 'tok_authenticationRequired' });
    expect(await refusal(needsCustomer)).toMatchObject({ code: 'authentication_required' });
  });

  it('needs a source, and takes each token once', async () => {
    const world = await harness();
    const { stripe } = world;
    const nothing = stripe.charges.create({ amount: 500, currency: 'usd' });
    expect((await refusal(nothing)).message).toBe('Must provide source or customer.');
    const token = await stripe.tokens.create({
      card: { number: '5555555555554444', exp_month: '1', exp_year: '2041', cvc: '123' },
    });
    const made = await charge(world, { source: token.id });
    expect(made.source).toMatchObject({ id: token.card!.id, brand: 'MasterCard' });
    expect(await refusal(charge(world, { source: token.id }))).toMatchObject({ code: 'token_already_used' });
    expect(await refusal(charge(world, { source: 'tok_no' }))).toMatchObject({ code: 'resource_missing' });
    expect(await refusal(charge(world, { amount: 10 }))).toMatchObject({ code: 'amount_too_small' });
    expect(await refusal(charge(world, { application_fee_amount: 1 }))).toMatchObject({ statusCode: 501 });
  });

  it('is updated, with what was before in its event', async () => {
    const world = await harness();
    const { stripe } = world;
    const made = await charge(world);
    const updated = await stripe.charges.update(made.id, {
      metadata: { a: '1' },
      fraud_details: { user_report: 'safe' },
    });
    expect(updated).toMatchObject({ metadata: { a: '1' }, fraud_details: { user_report: 'safe' } });
    const { id: customer } = await stripe.customers.create();
    const [event] = (await stripe.events.list({ type: 'charge.updated' })).data;
    const owned = await stripe.charges.update(made.id, { customer, transfer_group: 'g1' });
    expect(owned).toMatchObject({ customer, transfer_group: 'g1' });
    const again = stripe.charges.update(made.id, { customer });
    expect(await refusal(again)).toMatchObject({ statusCode: 400, param: 'customer' });
    expect(event?.data.previous_attributes).toEqual({
      metadata: { a: null },
      fraud_details: { user_report: null },
    });
  });

  it('goes back to the card when nobody captures it within seven days', async () => {
    const clock = manualClock();
    const world = await harness({ clock });
    const held = await charge(world, { capture: false });
    clock.advance(7 * 24 * 3_600_000);
    const expired = await world.stripe.charges.retrieve(held.id);
    expect(expired).toMatchObject({ refunded: true, amount_refunded: 2_000, captured: false });
    const capture = world.stripe.charges.capture(held.id);
    expect(await refusal(capture)).toMatchObject({ code: 'charge_expired_for_capture' });
    expect(await typesOfEvents(world)).toEqual(['charge.succeeded', 'charge.expired']);
  });
});

describe('a customer with a card of the older shape', () => {
  it('is charged by it', async () => {
    const world = await harness();
    const { stripe } = world;
    const customer = await stripe.customers.create({ source: 'tok_visa', expand: ['default_source'] });
    expect(customer.default_source).toMatchObject({
      object: 'card',
      customer: customer.id,
      cvc_check: 'pass',
    });
    const made = await stripe.charges.create({ amount: 700, currency: 'usd', customer: customer.id });
    const source = customer.default_source as Stripe.Card;
    expect(made).toMatchObject({ customer: customer.id, source: { id: source.id } });
    const second = await stripe.charges.create({
      amount: 700,
      currency: 'usd',
      customer: customer.id,
      source: source.id,
    });
    expect(second.status).toBe('succeeded');
    expect((await typesOfEvents(world)).slice(0, 2)).toEqual(['customer.created', 'customer.source.created']);
    const foreign = charge(world, { customer: customer.id, source: 'tok_visa' });
    expect(await refusal(foreign)).toMatchObject({ statusCode: 400, code: 'missing', param: 'source' });
  });

  it('has none when its bank declines, and without a card cannot be charged', async () => {
    const { stripe } = await harness();
    const create = stripe.customers.create({ source: 'tok_chargeDeclined' });
    expect(await refusal(create)).toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect((await stripe.customers.list()).data).toEqual([]);
    const { id } = await stripe.customers.create();
    const made = stripe.charges.create({ amount: 700, currency: 'usd', customer: id });
    expect(await refusal(made)).toMatchObject({ statusCode: 402, code: 'missing' });
  });

  it('gets, changes and loses cards', async () => {
    const world = await harness();
    const { stripe } = world;
    const { id } = await stripe.customers.create();
    const first = (await stripe.customers.createSource(id, { source: 'tok_visa' })) as Stripe.Card;
    const second = (await stripe.customers.createSource(id, { source: 'tok_mastercard' })) as Stripe.Card;
    expect((await stripe.customers.retrieve(id)) as Stripe.Customer).toMatchObject({
      default_source: first.id,
    });
    const listed = await stripe.customers.listSources(id, { object: 'card' });
    expect(listed.data.map((card) => card.id)).toEqual([second.id, first.id]);
    const changed = await stripe.customers.updateSource(id, first.id, {
      name: 'Ada',
      metadata: { foo: 'bar' },
    });
    expect(changed).toMatchObject({ name: 'Ada', metadata: { foo: 'bar' } });
    expect(await stripe.customers.retrieveSource(id, first.id)).toMatchObject({ name: 'Ada' });
    expect(await stripe.customers.deleteSource(id, first.id)).toEqual(
      expect.objectContaining({ id: first.id, object: 'card', deleted: true }),
    );
    const shown = await stripe.customers.retrieve(id, { expand: ['sources'] });
    expect(shown).toMatchObject({ default_source: second.id, sources: { data: [{ id: second.id }] } });
    expect(await typesOfEvents(world)).toEqual([
      'customer.created',
      'customer.source.created',
      'customer.updated',
      'customer.source.created',
      'customer.source.updated',
      'customer.source.deleted',
      'customer.updated',
    ]);
    expect(await refusal(stripe.customers.retrieveSource(id, first.id))).toMatchObject({ statusCode: 404 });
  });

  it('gets another default card by an update, and the old one is deleted', async () => {
    const { stripe } = await harness();
    const customer = await stripe.customers.create({ source: 'tok_visa' });
    const updated = await stripe.customers.update(customer.id, { source: 'tok_amex' });
    expect(updated.default_source).not.toBe(customer.default_source);
    const { data } = await stripe.customers.listSources(customer.id);
    expect(data).toMatchObject([{ id: updated.default_source, brand: 'American Express' }]);
    const unknown = stripe.customers.update(customer.id, { default_source: 'card_unknown' });
    expect(await refusal(unknown)).toMatchObject({ statusCode: 400, param: 'default_source' });
  });
});
