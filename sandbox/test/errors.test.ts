import { describe, expect, it } from 'vitest';
import { harness, refusal } from './support/harness.ts';

describe('errors', () => {
  const cases: [string, string, string, number, Record<string, unknown>][] = [
    ['POST', '/v1/payment_intents', 'currency=usd', 400, { code: 'parameter_missing', param: 'amount' }],
    [
      'POST',
      '/v1/payment_intents',
      'amount=abc&currency=usd',
      400,
      { code: 'parameter_invalid_integer', param: 'amount' },
    ],
    [
      'POST',
      '/v1/payment_intents',
      'amount=0&currency=usd',
      400,
      { code: 'parameter_invalid_integer', param: 'amount' },
    ],
    [
      'POST',
      '/v1/payment_intents',
      'amount=49&currency=usd',
      400,
      { code: 'amount_too_small', message: 'Amount must be at least $0.50 usd' },
    ],
    ['POST', '/v1/payment_intents', 'amount=100000000&currency=usd', 400, { code: 'amount_too_large' }],
    ['POST', '/v1/payment_intents', 'amount=500&currency=zzz', 400, { param: 'currency' }],
    ['POST', '/v1/payment_intents', 'amount=1001&currency=kwd', 400, { param: 'amount' }],
    [
      'POST',
      '/v1/payment_intents',
      'amount=500&currency=usd&foo=1',
      400,
      { code: 'parameter_unknown', param: 'foo' },
    ],
    [
      'POST',
      '/v1/payment_intents',
      'amount=500&currency=',
      400,
      { code: 'parameter_invalid_empty', param: 'currency' },
    ],
    [
      'POST',
      '/v1/payment_intents',
      'amount=500&currency=usd&customer=cus_x',
      400,
      { code: 'resource_missing', param: 'customer' },
    ],
    ['POST', '/v1/payment_intents', 'amount=500&currency=usd&confirm=maybe', 400, { param: 'confirm' }],
    [
      'POST',
      '/v1/payment_intents',
      'amount=500&currency=usd&metadata[a][b]=1',
      400,
      { param: 'metadata[a]' },
    ],
    [
      'POST',
      '/v1/payment_intents',
      'amount=500&currency=usd&transfer_data[destination]=acct_1',
      501,
      { code: 'sandbox_not_built' },
    ],
    ['POST', '/v1/payment_intents', '{"amount":500}', 400, { type: 'invalid_request_error' }],
    ['POST', '/v1/customers', 'email=nobody', 400, { code: 'email_invalid', param: 'email' }],
    [
      'GET',
      '/v1/customers/cus_x',
      '',
      404,
      { code: 'resource_missing', param: 'id', message: "No such customer: 'cus_x'" },
    ],
    ['GET', '/v1/payment_intents?limit=101', '', 400, { param: 'limit' }],
    [
      'GET',
      '/v1/payment_intents?starting_after=pi_x',
      '',
      400,
      { code: 'resource_missing', param: 'starting_after' },
    ],
    ['GET', '/v1/payouts', '', 501, { code: 'sandbox_not_built' }],
    ['POST', '/v1/quotes', '', 501, { message: 'The sandbox does not build POST /v1/quotes yet.' }],
    ['GET', '/v1/subscriptions/search?query=x', '', 501, { code: 'sandbox_not_built' }],
    ['GET', '/v2/core/events', '', 501, { code: 'sandbox_not_built' }],
    ['GET', '/v1/nothing', '', 404, { message: expect.stringContaining('Unrecognized request URL') }],
  ];
  it.each(cases)('%s %s %s → %i', async (method, path, body, status, error) => {
    const { call } = await harness();
    const reply = await call(method, path, method === 'GET' ? undefined : body);
    expect(reply.status).toBe(status);
    expect(reply.body.error).toMatchObject(error);
    expect(reply.body.error.request_log_url).toContain(reply.headers.get('request-id'));
  });

  it('reach the official client as its own classes', async () => {
    const { stripe } = await harness();
    const error = await refusal(stripe.charges.retrieve('ch_x'));
    expect(error).toMatchObject({
      type: 'StripeInvalidRequestError',
      statusCode: 404,
      code: 'resource_missing',
    });
    expect(error.doc_url).toBe('https://stripe.com/docs/error-codes/resource-missing');
  });
});
