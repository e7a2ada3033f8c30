import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, refusal } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

async function typesOfEvents({ stripe }: Harness): Promise<string[]> {
  return (await stripe.events.list({ limit: 100 })).data.map((event) => event.type).reverse();
}

async function lastEvent({ stripe }: Harness): Promise<Stripe.Event> {
  return (await stripe.events.list({ limit: 1 })).data[0]!;
}

describe('a product', () => {
  it('is made with its default price, changed, listed and deleted while it has no price', async () => {
    const world = await harness();
    const { products } = world.stripe;
    const mug = await products.create({
      name: 'Mug',
      default_price_data: { currency: 'eur', unit_amount: 1_500 },
      expand: ['default_price'],
    });
    expect(mug).toMatchObject({ active: true, default_price: { object: 'price', unit_amount: 1_500 } });
    const plain = await products.create({ id: 'plate', name: 'Plate', metadata: { a: '1' } });
    await products.update('plate', { name: 'Deep plate', metadata: { a: '', b: '2' }, active: false });
    const event = await lastEvent(world);
    expect(event).toMatchObject({
      type: 'product.updated',
      data: { previous_attributes: { name: 'Plate', active: true, metadata: { a: '1', b: null } } },
    });
    expect((await products.list({ active: false })).data.map(({ id }) => id)).toEqual(['plate']);
    expect((await products.list({ ids: [mug.id] })).data).toHaveLength(1);
    expect(await refusal(products.del(mug.id))).toMatchObject({ statusCode: 400 });
    expect(await products.del(plain.id)).toEqual({ id: 'plate', object: 'product', deleted: true });
    expect(await refusal(products.retrieve('plate'))).toMatchObject({ statusCode: 404 });
    expect(await typesOfEvents(world)).toEqual([
      'product.created',
      'price.created',
      'product.updated',
      'product.created',
      'product.updated',
      'product.deleted',
    ]);
  });

  it('keeps its id for itself', async () => {
    const { stripe } = await harness();
    await stripe.products.create({ id: 'mug', name: 'Mug' });
    expect(await refusal(stripe.products.create({ id: 'mug', name: 'Mug' }))).toMatchObject({
      code: 'resource_already_exists',
    });
  });
});

describe('a price', () => {
  it('belongs to a product, also one made with it, and is found by its lookup key', async () => {
    const world = await harness();
    const { prices } = world.stripe;
    const price = await prices.create({
      currency: 'USD',
      unit_amount: 2_000,
      product_data: { name: 'Lamp' },
      lookup_key: 'lamp',
    });
    expect(price).toMatchObject({ currency: 'usd', type: 'one_time', recurring: null, active: true });
    expect(price.unit_amount_decimal?.toString()).toBe('2000');
    const next = { currency: 'usd', unit_amount: 2_500, product: price.product as string };
    const taken = prices.create({ ...next, lookup_key: 'lamp' });
    expect((await refusal(taken)).message).toBe(`A price (\`${price.id}\`) already uses that lookup key.`);
    const newer = await prices.create({ ...next, lookup_key: 'lamp', transfer_lookup_key: true });
    const found = await prices.list({ lookup_keys: ['lamp'], expand: ['data.product'] });
    expect(found.data.map(({ id }) => id)).toEqual([newer.id]);
    expect(found.data[0]!.product).toMatchObject({ name: 'Lamp' });
    await prices.update(price.id, { active: false, nickname: 'old' });
    expect((await prices.list({ active: true })).data).toHaveLength(1);
    expect(await typesOfEvents(world)).toEqual([
      'product.created',
      'price.created',
      'price.updated',
      'price.created',
      'price.updated',
    ]);
  });

  it('may recur, and then is shown but buys nothing in payment mode', async () => {
    const { stripe } = await harness();
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 2_000,
      recurring: { interval: 'month' },
      product_data: { name: 'Tea' },
    });
    expect(price.recurring).toEqual({
      interval: 'month',
      interval_count: 1,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    });
    const line_items = [{ price: price.id, quantity: 1 }];
    const session = stripe.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://shop.test',
      line_items,
    });
    expect(await refusal(session)).toMatchObject({ statusCode: 400, param: 'line_items[0][price]' });
  });

  it.each([
    ['no product', { currency: 'usd', unit_amount: 1 }, { param: 'product' }],
    ['an unknown product', { currency: 'usd', unit_amount: 1, product: 'x' }, { code: 'resource_missing' }],
    ['no amount', { currency: 'usd', product_data: { name: 'x' } }, { param: 'unit_amount' }],
    [
      'no currency',
      { unit_amount: 1, product_data: { name: 'x' } },
      { code: 'parameter_missing', param: 'currency' },
    ],
    [
      'tiers, not built',
      { currency: 'usd', billing_scheme: 'tiered', product_data: { name: 'x' } },
      { statusCode: 501 },
    ],
  ])('is refused with %s', async (_title, params, expected) => {
    const { stripe } = await harness();
    const attempt = stripe.prices.create(params as Stripe.PriceCreateParams);
    expect(await refusal(attempt)).toMatchObject(expected);
    expect((await stripe.products.list()).data).toEqual([]);
  });
});

describe('a coupon', () => {
  it('shows the products it is limited to only when asked, and is deleted', async () => {
    const world = await harness();
    const { coupons, products } = world.stripe;
    const mug = await products.create({ name: 'Mug' });
    const coupon = await coupons.create({
      id: 'AUTUMN',
      percent_off: 25.5,
      applies_to: { products: [mug.id] },
    });
    expect(coupon).toMatchObject({ duration: 'once', percent_off: 25.5, valid: true, times_redeemed: 0 });
    expect(coupon.applies_to).toBeUndefined();
    const asked = await coupons.retrieve('AUTUMN', { expand: ['applies_to'] });
    expect(asked.applies_to).toEqual({ products: [mug.id] });
    await coupons.update('AUTUMN', { name: 'Autumn' });
    expect((await coupons.list()).data[0]!.name).toBe('Autumn');
    await coupons.del('AUTUMN');
    expect(await refusal(coupons.retrieve('AUTUMN'))).toMatchObject({ statusCode: 404 });
    expect((await typesOfEvents(world)).slice(1)).toEqual([
      'coupon.created',
      'coupon.updated',
      'coupon.deleted',
    ]);
  });

  it.each([
    ['no discount', {}, { code: 'parameter_missing' }],
    ['two discounts', { percent_off: 1, amount_off: 1, currency: 'usd' }, { code: 'parameters_exclusive' }],
    ['an amount without a currency', { amount_off: 1 }, { param: 'currency' }],
    ['more than all', { percent_off: 101 }, { param: 'percent_off' }],
    ['an end in the past', { percent_off: 5, redeem_by: 1_000_000_000 }, { param: 'redeem_by' }],
    ['months for a single use', { percent_off: 5, duration_in_months: 3 }, { param: 'duration_in_months' }],
  ])('is refused with %s', async (_title, params, expected) => {
    const { stripe } = await harness();
    expect(await refusal(stripe.coupons.create(params))).toMatchObject(expected);
  });

  it('ends at its time, and its promotion codes with it', async () => {
    const clock = manualClock();
    const { stripe } = await harness({ clock });
    const redeem_by = clock.now() / 1000 + 3_600;
    const coupon = await stripe.coupons.create({ percent_off: 10, redeem_by });
    const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } });
    clock.advance(3_600_000);
    expect((await stripe.coupons.retrieve(coupon.id)).valid).toBe(false);
    expect((await stripe.promotionCodes.retrieve(code.id)).active).toBe(false);
    const again = stripe.promotionCodes.update(code.id, { active: true });
    expect(await refusal(again)).toMatchObject({ param: 'active' });
  });
});

describe('a promotion code', () => {
  it('names a coupon, is unique in any case while it is active, and is found by its code', async () => {
    const world = await harness();
    const { coupons, promotionCodes } = world.stripe;
    const { id: coupon } = await coupons.create({ amount_off: 500, currency: 'eur' });
    const promotion = { type: 'coupon', coupon } as const;
    const code = await promotionCodes.create({ promotion, code: 'FALL-5', expand: ['promotion.coupon'] });
    expect(code).toMatchObject({ active: true, promotion: { coupon: { id: coupon, amount_off: 500 } } });
    const twin = promotionCodes.create({ promotion, code: 'fall-5' });
    expect((await refusal(twin)).message).toBe(
      'An active promotion code with `code: FALL-5` already exists.',
    );
    expect((await promotionCodes.list({ code: 'Fall-5' })).data).toHaveLength(1);
    await promotionCodes.update(code.id, { active: false });
    expect(await lastEvent(world)).toMatchObject({
      type: 'promotion_code.updated',
      data: { previous_attributes: { active: true } },
    });
    const made = await promotionCodes.create({ promotion });
    expect(made.code).toMatch(/^[A-Z0-9]{8}$/);
    expect((await promotionCodes.list({ coupon, active: true })).data.map(({ id }) => id)).toEqual([made.id]);
  });
});

describe('shipping and tax rates', () => {
  it('a shipping rate is made, archived and listed by currency', async () => {
    const { stripe } = await harness();
    const rate = await stripe.shippingRates.create({
      display_name: 'Ground',
      type: 'fixed_amount',
      fixed_amount: { amount: 500, currency: 'eur' },
      delivery_estimate: { minimum: { unit: 'business_day', value: 3 } },
    });
    expect(rate).toMatchObject({
      active: true,
      delivery_estimate: { minimum: { unit: 'business_day', value: 3 }, maximum: null },
      fixed_amount: { amount: 500, currency: 'eur' },
      tax_behavior: 'unspecified',
    });
    await stripe.shippingRates.update(rate.id, { active: false });
    expect((await stripe.shippingRates.list({ currency: 'eur', active: false })).data).toHaveLength(1);
    expect((await stripe.shippingRates.list({ currency: 'usd' })).data).toEqual([]);
    const free = stripe.shippingRates.create({ display_name: 'Free' });
    expect(await refusal(free)).toMatchObject({ param: 'fixed_amount' });
  });

  it('a tax rate is made, changed, told of and listed by kind', async () => {
    const world = await harness();
    const { taxRates } = world.stripe;
    const rate = await taxRates.create({
      display_name: 'VAT',
      inclusive: true,
      percentage: 8.875,
      tax_type: 'vat',
      country: 'DE',
    });
    expect(rate).toMatchObject({
      percentage: 8.875,
      inclusive: true,
      active: true,
      effective_percentage: null,
    });
    await taxRates.update(rate.id, { active: false, description: 'old' });
    expect((await taxRates.list({ inclusive: true, active: false })).data).toHaveLength(1);
    expect(await typesOfEvents(world)).toEqual(['tax_rate.created', 'tax_rate.updated']);
  });
});
