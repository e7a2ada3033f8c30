import { describe, expect, it } from 'vitest';
import { harness, refusal, withoutRedirects } from './support/harness.ts';

const typed = { number: '4242424242424242', exp_month: '8', exp_year: '2040', cvc: '123' };

describe('a token', () => {
  it('holds a card that a browser typed', async () => {
    const { call, stripe } = await harness();
    const body = new URLSearchParams({
      'card[number]': typed.number,
      'card[exp_month]': '8',
      'card[exp_year]': '40',
      'card[cvc]': '123',
      'card[name]': 'Ada',
      'card[address_zip]': '94103',
      key: 'pk_test_1',
    });
    const reply = await call('POST', '/v1/tokens', body.toString(), { Authorization: 'Bearer pk_test_1' });
    expect(reply).toMatchObject({
      status: 200,
      body: {
        object: 'token',
        type: 'card',
        used: false,
        card: {
          object: 'card',
          brand: 'Visa',
          last4: '4242',
          exp_year: 2040,
          name: 'Ada',
          address_zip: '94103',
        },
      },
    });
    expect(reply.body.id).toMatch(/^tok_1\w+$/);
    expect(reply.body.card.id).toMatch(/^card_1\w+$/);
    expect((await stripe.tokens.retrieve(reply.body.id)).card?.last4).toBe('4242');
  });

  it('becomes a payment method once', async () => {
    const { stripe } = await harness();
    const token = await stripe.tokens.create({ card: { ...typed, name: 'Ada' } });
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: token.id } });
    expect(method).toMatchObject({ card: { last4: '4242' }, billing_details: { name: 'Ada' } });
    expect(method.id).toMatch(/^pm_/);
    expect((await stripe.tokens.retrieve(token.id)).used).toBe(true);
    const again = stripe.paymentMethods.create({ type: 'card', card: { token: token.id } });
    const error = await refusal(again);
    expect(error).toMatchObject({ statusCode: 400, code: 'token_already_used' });
    expect(error.message).toBe(`You cannot use a Stripe token more than once: ${token.id}.`);
  });

  it('pays a payment intent', async () => {
    const { stripe } = await harness();
    const token = await stripe.tokens.create({ card: typed });
    const intent = await stripe.paymentIntents.create({
      amount: 900,
      currency: 'usd',
      confirm: true,
      automatic_payment_methods: withoutRedirects,
      payment_method_data: { type: 'card', card: { token: token.id } } as never,
    });
    expect(intent.status).toBe('succeeded');
  });

  it('is refused for wrong data, and for what the sandbox has not', async () => {
    const { stripe } = await harness();
    const wrong = stripe.tokens.create({ card: { ...typed, number: '4242424242424241' } });
    expect(await refusal(wrong)).toMatchObject({ statusCode: 402, code: 'incorrect_number' });
    expect(await refusal(stripe.tokens.create({}))).toMatchObject({ code: 'parameter_missing' });
    const account = stripe.tokens.create({ pii: { id_number: '1' } });
    expect(await refusal(account)).toMatchObject({ statusCode: 501 });
    const unknown = stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_unknown' } });
    expect(await refusal(unknown)).toMatchObject({ statusCode: 400, code: 'resource_missing' });
    expect(await refusal(stripe.tokens.retrieve('tok_x'))).toMatchObject({ statusCode: 404 });
  });
});
