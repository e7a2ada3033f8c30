import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { passesLuhn, type TestCard, testCards } from '../src/cards.ts';
import { declines } from '../src/declines.ts';
import { card, type Harness, harness, refusal, withoutRedirects } from './support/harness.ts';

const payable = testCards.filter((each) => each.notBuilt === undefined);
const approved = payable.filter((each) => !each.decline && !isChallenged(each));
const declined = payable.filter((each) => each.decline && !isChallenged(each));
const challenged = payable.filter((each) => isChallenged(each) && !each.authenticationBroken);
const refused = testCards.filter((each) => each.notBuilt !== undefined);
const titled = (cards: TestCard[]) => cards.map((each) => [each.number, each.names[0]!, each] as const);

function isChallenged(each: TestCard): boolean {
  return each.authentication !== undefined && each.authentication !== 'optional';
}

function pay({ stripe }: Harness, number: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const code = number.startsWith('3') && number.length === 15 ? '1234' : '123';
  return stripe.paymentIntents.create({
    amount: 2_000,
    currency: 'usd',
    confirm: true,
    automatic_payment_methods: withoutRedirects,
    payment_method_data: card(number, { cvc: code }),
    ...more,
  });
}

describe('test cards that pay', () => {
  it.each(titled(approved))('%s (%s) is charged', async (number, _name, row) => {
    const world = await harness();
    const intent = await pay(world, number, { expand: ['latest_charge'] });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2_000, last_payment_error: null });
    expect(charge).toMatchObject({ status: 'succeeded', paid: true, captured: true, amount_captured: 2_000 });
    expect(charge.payment_method_details?.card).toMatchObject({ brand: row.brand, last4: number.slice(-4) });
    expect(charge.outcome).toMatchObject({ type: 'authorized', risk_level: row.risk ?? 'normal' });
  });

  it('can be named instead of typed', async () => {
    const { stripe } = await harness();
    for (const { names, number } of approved) {
      const method = await stripe.paymentMethods.create({ type: 'card', card: { token: `tok_${names[0]}` } });
      expect(method.card?.last4).toBe(number.slice(-4));
      const named = await stripe.paymentMethods.retrieve(`pm_card_${names[0]}`);
      expect(named.card?.last4).toBe(number.slice(-4));
    }
  });

  it('show what the bank checked', async () => {
    const world = await harness();
    const checks = async (number: string) => {
      const address = { line1: '1 Main St', postal_code: '12345', country: 'US' };
      const method = { ...card(number), billing_details: { address } };
      const intent = await pay(world, number, { payment_method_data: method, expand: ['latest_charge'] });
      return (intent.latest_charge as Stripe.Charge).payment_method_details?.card?.checks;
    };
    const pass = { address_line1_check: 'pass', address_postal_code_check: 'pass', cvc_check: 'pass' };
    expect(await checks('4242424242424242')).toEqual(pass);
    expect(await checks('4000000000000101')).toEqual({ ...pass, cvc_check: 'fail' });
    expect(await checks('4000000000000036')).toEqual({ ...pass, address_postal_code_check: 'fail' });
    expect(await checks('4000000000000028')).toEqual({ ...pass, address_line1_check: 'fail' });
    expect(await checks('4000000000000044')).toMatchObject({ address_line1_check: 'unavailable' });
  });
});

describe('test cards that are declined', () => {
  it.each(titled(declined))('%s (%s) is refused with 402 and its code', async (number, _name, row) => {
    const world = await harness();
    const error = await refusal(pay(world, number));
    const decline = declines[row.decline!];
    expect(error).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: decline.code,
      decline_code: decline.declineCode,
      message: decline.message,
    });
    const intent = await world.stripe.paymentIntents.retrieve(error.payment_intent!.id, {
      expand: ['latest_charge'],
    });
    const charge = intent.latest_charge as Stripe.Charge;
    expect(intent).toMatchObject({ status: 'requires_payment_method', payment_method: null });
    expect(intent.last_payment_error).toMatchObject({
      code: decline.code,
      charge: charge.id,
      type: 'card_error',
    });
    expect(charge).toMatchObject({ status: 'failed', paid: false, failure_code: decline.code });
    expect(charge.outcome?.type).toBe(decline.outcome);
  });

  it('cannot be attached to a customer, except the one made for failing afterwards', async () => {
    const { stripe } = await harness();
    const customer = await stripe.customers.create({ email: 'a@example.org' });
    for (const row of declined) {
      const attempt = stripe.paymentMethods.attach(`pm_card_${row.names[0]}`, { customer: customer.id });
      if (row.attachable) expect((await attempt).customer).toBe(customer.id);
      else expect(await refusal(attempt)).toMatchObject({ statusCode: 402, type: 'StripeCardError' });
    }
  });

  it('pay when the wrong security code was not given at all', async () => {
    const world = await harness();
    const intent = await pay(world, '4000000000000127', {
      payment_method_data: {
        type: 'card',
        card: { number: '4000000000000127', exp_month: 1, exp_year: 2040 },
      },
    } as Partial<Stripe.PaymentIntentCreateParams>);
    expect(intent.status).toBe('succeeded');
  });

  it('are declined when the bank cannot be reached for authentication', async () => {
    const world = await harness();
    expect(await refusal(pay(world, '4000008400001280'))).toMatchObject({ code: 'card_declined' });
    const options = { card: { request_three_d_secure: 'any' } } as const;
    const error = await refusal(pay(world, '4000000000003097', { payment_method_options: options }));
    expect(error).toMatchObject({ code: 'card_declined' });
  });
});

describe('test cards with authentication', () => {
  it.each(titled(challenged))('%s (%s) asks the customer', async (number) => {
    const world = await harness();
    const intent = await pay(world, number);
    expect(intent.status).toBe('requires_action');
    expect(intent.latest_charge).toBeNull();
    expect(intent.next_action?.type).toBe('use_stripe_sdk');
  });

  it('ask only where it is wanted, when authentication is optional', async () => {
    const world = await harness();
    expect((await pay(world, '4000000000003055')).status).toBe('succeeded');
    const options = { card: { request_three_d_secure: 'any' } } as const;
    const intent = await pay(world, '4000000000003055', { payment_method_options: options });
    expect(intent.status).toBe('requires_action');
  });

  it('are refused off session, when nobody is there to ask', async () => {
    const world = await harness();
    const error = await refusal(pay(world, '4000002760003184', { off_session: true }));
    expect(error).toMatchObject({ statusCode: 402, code: 'authentication_required' });
    expect((await pay(world, '4000003800000446', { off_session: true })).status).toBe('succeeded');
  });
});

describe('cards that are not taken', () => {
  it.each(titled(refused))('%s (%s) does later what is not built: 501 says so', async (number) => {
    const world = await harness();
    const error = await refusal(pay(world, number));
    expect(error).toMatchObject({ statusCode: 501, code: 'sandbox_not_built' });
    expect(error.message).toMatch(/disputes|early fraud warnings/);
  });

  const bad: [string, Record<string, unknown>, string, string][] = [
    ['a wrong check digit', { number: '4242424242424241' }, 'incorrect_number', 'number'],
    ['too few digits', { number: '4242' }, 'invalid_number', 'number'],
    ['month 13', { exp_month: 13 }, 'invalid_expiry_month', 'exp_month'],
    ['a past year', { exp_year: 2020 }, 'invalid_expiry_year', 'exp_year'],
    ['a code of two digits', { cvc: '12' }, 'invalid_cvc', 'cvc'],
  ];
  it.each(bad)('%s is refused', async (_title, change, code, param) => {
    const { stripe } = await harness();
    const method = card('4242424242424242', change) as unknown as Stripe.PaymentMethodCreateParams;
    expect(await refusal(stripe.paymentMethods.create(method))).toMatchObject({
      statusCode: 402,
      code,
      param,
    });
  });

  it('a number that could be a real card is refused, and appears nowhere', async () => {
    const { stripe, sandbox } = await harness();
    const error = await refusal(stripe.paymentMethods.create(card('4539578763621486')));
    expect(error).toMatchObject({ code: 'card_declined', decline_code: 'test_mode_live_card' });
    const journal = await (await fetch(`${sandbox.url}/_sandbox/journal`)).text();
    expect(journal).not.toContain('4539578763621486');
  });
});

describe('the card table', () => {
  it('holds only numbers with a right check digit, each number and name once', () => {
    expect(testCards.filter((each) => !passesLuhn(each.number))).toEqual([]);
    const names = testCards.flatMap((each) => each.names);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(testCards.map((each) => each.number)).size).toBe(testCards.length);
  });
});
