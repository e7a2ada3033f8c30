import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, lineItem, refusal } from './support/harness.ts';

type Params = Stripe.Checkout.SessionCreateParams;
const publishable = { Authorization: 'Bearer pk_test_1' };

function open({ stripe }: Harness, more: Partial<Params> = {}) {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.test/ok',
    line_items: [lineItem(1_250, 2), lineItem(500)],
    ...more,
  });
}

function onPage(world: Harness, path: string, params: Record<string, string>) {
  return world.call('POST', `/v1/payment_pages/${path}`, new URLSearchParams(params).toString(), publishable);
}

async function amountsOf({ stripe }: Harness, id: string) {
  const { data } = await stripe.checkout.sessions.listLineItems(id);
  return data.map((item) => [item.amount_subtotal, item.amount_discount, item.amount_tax, item.amount_total]);
}

describe('the amounts of a session', () => {
  it('follow the prices of the catalogue, also in parts of a cent', async () => {
    const world = await harness();
    const { stripe } = world;
    const mug = await stripe.prices.create({
      currency: 'eur',
      unit_amount: 1_500,
      product_data: { name: 'Mug' },
    });
    const body = 'currency=eur&unit_amount_decimal=0.25&product_data[name]=Screw';
    const screw = (await world.call('POST', '/v1/prices', body)).body;
    expect(screw).toMatchObject({ unit_amount: null, unit_amount_decimal: '0.25' });
    const session = await open(world, {
      line_items: [
        { price: mug.id, quantity: 2 },
        { price: screw.id, quantity: 10 },
        {
          quantity: 1,
          price_data: { currency: 'eur', unit_amount: 700, product: mug.product as string },
        },
      ],
    });
    expect(session).toMatchObject({ amount_total: 3_703, currency: 'eur' });
    const { data } = await stripe.checkout.sessions.listLineItems(session.id);
    expect(data.map((item) => [item.description, item.amount_total])).toEqual([
      ['Mug', 3_000],
      ['Screw', 3],
      ['Mug', 700],
    ]);
    const own = await stripe.prices.retrieve(data[2]!.price!.id);
    expect(own).toMatchObject({ active: false, product: mug.product });
    await stripe.prices.update(mug.id, { active: false });
    const again = open(world, { line_items: [{ price: mug.id, quantity: 1 }] });
    expect((await refusal(again)).message).toMatch(/^The price specified is inactive/);
  });

  it('spread a discount to the cent, largest remainders first', async () => {
    const world = await harness();
    const { id: coupon } = await world.stripe.coupons.create({ amount_off: 100, currency: 'eur' });
    const session = await open(world, {
      line_items: [lineItem(1_000), lineItem(1_000), lineItem(1_001)],
      discounts: [{ coupon }],
    });
    expect(session).toMatchObject({
      amount_subtotal: 3_001,
      amount_total: 2_901,
      total_details: { amount_discount: 100, amount_shipping: 0, amount_tax: 0 },
      discounts: [{ coupon, promotion_code: null }],
    });
    expect(await amountsOf(world, session.id)).toEqual([
      [1_000, 33, 0, 967],
      [1_000, 33, 0, 967],
      [1_001, 34, 0, 967],
    ]);
    const shown = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['line_items.data.discounts', 'total_details.breakdown', 'discounts.coupon'],
    });
    expect(shown.total_details!.breakdown!.discounts).toMatchObject([
      { amount: 100, discount: { source: { coupon }, checkout_session: session.id } },
    ]);
    expect(shown.line_items!.data[2]!.discounts).toMatchObject([{ amount: 34 }]);
    expect(shown.discounts).toMatchObject([{ coupon: { id: coupon, amount_off: 100 } }]);
  });

  it('take a coupon off the products it is for, and never more than they cost', async () => {
    const world = await harness();
    const { stripe } = world;
    const mug = await stripe.prices.create({
      currency: 'eur',
      unit_amount: 1_000,
      product_data: { name: 'Mug' },
    });
    const { id: coupon } = await stripe.coupons.create({
      amount_off: 5_000,
      currency: 'eur',
      applies_to: { products: [mug.product as string] },
    });
    const session = await open(world, {
      line_items: [lineItem(500), { price: mug.id, quantity: 1 }],
      discounts: [{ coupon }],
    });
    expect(session.amount_total).toBe(500);
    expect(await amountsOf(world, session.id)).toEqual([
      [500, 0, 0, 500],
      [1_000, 1_000, 0, 0],
    ]);
  });

  it('put taxes on top or find them inside, after the discount', async () => {
    const world = await harness();
    const { coupons, taxRates } = world.stripe;
    const within = await taxRates.create({ display_name: 'VAT', inclusive: true, percentage: 20 });
    const onTop = await taxRates.create({ display_name: 'Sales tax', inclusive: false, percentage: 8.875 });
    const { id: coupon } = await coupons.create({ percent_off: 10 });
    const session = await open(world, {
      line_items: [
        { ...lineItem(1_200), tax_rates: [within.id] },
        { ...lineItem(999), tax_rates: [onTop.id] },
      ],
      discounts: [{ coupon }],
    });
    // 10 % of 2199 is 219.9; the first item bears 120, the second 100.
    expect(await amountsOf(world, session.id)).toEqual([
      [1_200, 120, 180, 1_080],
      [999, 100, 80, 979],
    ]);
    expect(session).toMatchObject({
      amount_subtotal: 2_199,
      amount_total: 2_059,
      total_details: { amount_discount: 220, amount_tax: 260 },
    });
    const items = await world.stripe.checkout.sessions.listLineItems(session.id, { expand: ['data.taxes'] });
    expect(items.data[0]!.taxes).toMatchObject([
      { amount: 180, taxable_amount: 900, rate: { id: within.id, percentage: 20 } },
    ]);
  });

  it('hold the shipping that is chosen, the first one until the customer chooses', async () => {
    const world = await harness();
    const rate = await world.stripe.shippingRates.create({
      display_name: 'Express',
      fixed_amount: { amount: 1_500, currency: 'eur' },
    });
    const ground = { display_name: 'Ground', fixed_amount: { amount: 500, currency: 'eur' } };
    const session = await open(world, {
      shipping_options: [{ shipping_rate_data: ground }, { shipping_rate: rate.id }],
    });
    expect(session).toMatchObject({
      amount_subtotal: 3_000,
      amount_total: 3_500,
      total_details: { amount_shipping: 500 },
      shipping_cost: { amount_total: 500 },
    });
    const unknown = await onPage(world, session.id, { shipping_rate: 'shr_x' });
    expect(unknown).toMatchObject({ status: 400, body: { error: { param: 'shipping_rate' } } });
    const chosen = await onPage(world, session.id, { shipping_rate: rate.id });
    expect(chosen.body).toMatchObject({ amount_total: 4_500, shipping_cost: { shipping_rate: rate.id } });
    const paid = await onPage(world, `${session.id}/confirm`, {
      payment_method: 'pm_card_visa',
      expected_amount: '4500',
    });
    expect(paid.body).toMatchObject({ payment_status: 'paid' });
    const done = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['shipping_cost.shipping_rate', 'payment_intent'],
    });
    expect(done).toMatchObject({
      payment_intent: { amount: 4_500 },
      shipping_cost: { shipping_rate: { display_name: 'Express' } },
    });
  });
});

describe('a promotion code on the page', () => {
  async function withCode(more: Partial<Stripe.PromotionCodeCreateParams> = {}, percent = 20) {
    const world = await harness();
    const coupon = await world.stripe.coupons.create({ percent_off: percent });
    const promotion = { type: 'coupon', coupon: coupon.id } as const;
    const code = await world.stripe.promotionCodes.create({ promotion, code: 'AUTUMN', ...more });
    const session = await open(world, { allow_promotion_codes: true });
    return { world, code, coupon, session };
  }

  it('comes off the total in any case of letters, can be taken away, and counts when paid', async () => {
    const { world, code, coupon, session } = await withCode({ max_redemptions: 1 });
    const applied = await onPage(world, session.id, { promotion_code: 'autumn ' });
    expect(applied.body).toMatchObject({
      amount_total: 2_400,
      discounts: [{ coupon: { id: coupon.id }, promotion_code: { code: 'AUTUMN' } }],
    });
    const removed = await onPage(world, session.id, { promotion_code: '' });
    expect(removed.body).toMatchObject({ amount_total: 3_000, discounts: [] });
    await onPage(world, session.id, { promotion_code: 'AUTUMN' });
    await onPage(world, `${session.id}/confirm`, { payment_method: 'pm_card_visa' });
    const done = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(done).toMatchObject({
      amount_total: 2_400,
      discounts: [{ coupon: null, promotion_code: code.id }],
      total_details: { amount_discount: 600 },
    });
    expect(await world.stripe.promotionCodes.retrieve(code.id)).toMatchObject({
      times_redeemed: 1,
      active: false,
    });
    expect((await world.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
    const next = await open(world, { allow_promotion_codes: true });
    expect((await onPage(world, next.id, { promotion_code: 'AUTUMN' })).status).toBe(400);
  });

  it.each([
    ['a greater purchase', { restrictions: { minimum_amount: 3_001, minimum_amount_currency: 'eur' } }],
    ['another currency', { restrictions: { minimum_amount: 1, minimum_amount_currency: 'usd' } }],
    ['nobody yet', { active: false }],
  ])('that is for %s is invalid', async (_title, more) => {
    const { world, session } = await withCode(more);
    const refused = await onPage(world, session.id, { promotion_code: 'AUTUMN' });
    expect(refused.body.error).toMatchObject({ message: 'This code is invalid.', param: 'promotion_code' });
  });

  it('is not taken where the shop does not allow codes', async () => {
    const { world } = await withCode();
    const session = await open(world);
    expect((await onPage(world, session.id, { promotion_code: 'AUTUMN' })).status).toBe(400);
  });

  it('changes the payment that a declined card left', async () => {
    const { world, session } = await withCode();
    await onPage(world, `${session.id}/confirm`, { payment_method: 'pm_card_chargeDeclined' });
    await onPage(world, session.id, { promotion_code: 'AUTUMN' });
    await onPage(world, `${session.id}/confirm`, { payment_method: 'pm_card_visa' });
    const { data } = await world.stripe.charges.list();
    expect(data.map(({ amount, status }) => [amount, status])).toEqual([
      [2_400, 'succeeded'],
      [3_000, 'failed'],
    ]);
  });

  it('for the whole price leaves nothing to pay: no card and no payment intent', async () => {
    const { world, session } = await withCode({}, 100);
    await onPage(world, session.id, { promotion_code: 'AUTUMN' });
    const paid = await onPage(world, `${session.id}/confirm`, { email: 'ada@example.org' });
    expect(paid.body).toMatchObject({
      status: 'complete',
      payment_status: 'no_payment_required',
      payment_intent: null,
      amount_total: 0,
      customer_details: { email: 'ada@example.org' },
    });
    const types = (await world.stripe.events.list()).data.map(({ type }) => type);
    expect(types[0]).toBe('checkout.session.completed');
    expect((await world.stripe.charges.list()).data).toEqual([]);
  });
});
