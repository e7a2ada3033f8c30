import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, lineItem, refusal } from './support/harness.ts';

function open({ stripe }: Harness, more: Partial<Stripe.Checkout.SessionCreateParams>) {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.test/ok',
    line_items: [lineItem(500)],
    ...more,
  });
}

describe('a bad Checkout Session', () => {
  const price = lineItem(100).price_data;
  const cases: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['no line items', { line_items: [] }, { code: 'parameter_missing', param: 'line_items' }],
    [
      'an unknown price',
      { line_items: [{ price: 'price_x', quantity: 1 }] },
      { code: 'resource_missing', param: 'line_items[0][price]' },
    ],
    [
      'no quantity',
      { line_items: [{ price_data: price }] },
      { code: 'parameter_missing', param: 'line_items[0][quantity]' },
    ],
    ['a total below the least', { line_items: [lineItem(10)] }, { code: 'amount_too_small' }],
    [
      'two currencies',
      { line_items: [lineItem(500), lineItem(500, 1, 'usd')] },
      { param: 'line_items[1][price_data][currency]' },
    ],
    ['no success_url', { success_url: undefined }, { code: 'parameter_missing', param: 'success_url' }],
    ['a relative success_url', { success_url: '/ok' }, { code: 'url_invalid', param: 'success_url' }],
    [
      'payment_method_types, which endive removed',
      { payment_method_types: ['card'] },
      { code: 'parameter_unknown' },
    ],
    [
      'a misspelt parameter',
      { payment_intent_data: { description: 'x', typo: 'y' } },
      { code: 'parameter_unknown', param: 'payment_intent_data[typo]' },
    ],
    ['subscription mode, not built', { mode: 'subscription' }, { statusCode: 501 }],
    ['the form of stripe.js, not built', { ui_mode: 'form' }, { statusCode: 501 }],
    [
      'an unknown coupon',
      { discounts: [{ coupon: 'x' }] },
      { code: 'resource_missing', param: 'discounts[0][coupon]' },
    ],
    [
      'two discounts',
      { discounts: [{ coupon: 'x' }, { coupon: 'y' }] },
      { statusCode: 400, param: 'discounts' },
    ],
    [
      'discounts and a code of the customer',
      { discounts: [{ coupon: 'x' }], allow_promotion_codes: false },
      { message: 'You may only specify one of these parameters: allow_promotion_codes, discounts.' },
    ],
    [
      'an unknown tax rate',
      { line_items: [{ ...lineItem(500), tax_rates: ['txr_x'] }] },
      { code: 'resource_missing', param: 'line_items[0][tax_rates][0]' },
    ],
    [
      'an unknown shipping rate',
      { shipping_options: [{ shipping_rate: 'shr_x' }] },
      { code: 'resource_missing', param: 'shipping_options[0][shipping_rate]' },
    ],
    [
      'a sixth shipping option',
      { shipping_options: new Array(6).fill({ shipping_rate: 'shr_x' }) },
      { param: 'shipping_options' },
    ],
    [
      'a fourth custom field',
      {
        custom_fields: new Array(4).fill({ key: 'a', label: { type: 'custom', custom: 'A' }, type: 'text' }),
      },
      { param: 'custom_fields' },
    ],
    [
      'a price in place that recurs',
      { line_items: [{ quantity: 1, price_data: { ...price, recurring: { interval: 'month' } } }] },
      { statusCode: 400, param: 'line_items[0][price_data][recurring]' },
    ],
    [
      'a return_url on the hosted page',
      { return_url: 'https://shop.test' },
      { statusCode: 400, param: 'return_url' },
    ],
    [
      'a success_url in an embedded page',
      { ui_mode: 'embedded_page', return_url: 'https://shop.test' },
      { statusCode: 400, param: 'success_url' },
    ],
    [
      'elements without a return_url',
      { ui_mode: 'elements', success_url: undefined },
      { code: 'parameter_missing', param: 'return_url' },
    ],
    ['an invoice, not built', { invoice_creation: { enabled: true } }, { statusCode: 501 }],
    ['an unknown customer', { customer: 'cus_x' }, { code: 'resource_missing', param: 'customer' }],
  ];
  it.each(cases)('is refused: %s', async (_title, params, expected) => {
    const world = await harness();
    expect(await refusal(open(world, params))).toMatchObject(expected);
    expect((await world.stripe.checkout.sessions.list()).data).toEqual([]);
  });

  it('may name payment_method_types when the caller sends no version', async () => {
    const { call } = await harness();
    const body =
      'mode=payment&success_url=https://shop.test&payment_method_types[]=card&line_items[][quantity]=1' +
      '&line_items[][price_data][currency]=eur&line_items[][price_data][unit_amount]=500' +
      '&line_items[][price_data][product_data][name]=Cup';
    expect(await call('POST', '/v1/checkout/sessions', body)).toMatchObject({
      status: 200,
      body: { payment_method_types: ['card'], amount_total: 500 },
    });
  });
});
