import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, lineItem, refusal } from './support/harness.ts';

const publishable = { Authorization: 'Bearer pk_test_1' };
type Rules = Stripe.Checkout.SessionCreateParams.LineItem.AdjustableQuantity;

function item(amount: number, quantity: number, rules?: Rules) {
  return { ...lineItem(amount, quantity), ...(rules && { adjustable_quantity: rules }) };
}

function open({ stripe }: Harness, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.test/ok',
    line_items: [item(1_000, 2, { enabled: true, minimum: 1, maximum: 10 }), item(500, 1)],
    expand: ['line_items'],
    ...more,
  });
}

function change(
  world: Harness,
  session: Stripe.Checkout.Session,
  index: number,
  quantity: number,
  more = {},
) {
  const body = new URLSearchParams({
    'updated_line_item_quantity[line_item_id]': session.line_items!.data[index]!.id,
    'updated_line_item_quantity[quantity]': String(quantity),
    ...more,
  });
  return world.call('POST', `/v1/payment_pages/${session.id}`, body.toString(), publishable);
}

async function itemsOf({ stripe }: Harness, { id }: Stripe.Checkout.Session) {
  return (await stripe.checkout.sessions.listLineItems(id)).data;
}

describe('an adjustable quantity', () => {
  it('is kept with its limits, or with the usual ones', async () => {
    const world = await harness();
    const session = await open(world, {
      line_items: [
        item(1_000, 2, { enabled: true, minimum: 1, maximum: 10 }),
        item(1_000, 1, { enabled: true }),
        item(1_000, 1, { enabled: false }),
        item(1_000, 1),
      ],
    });
    expect((await itemsOf(world, session)).map((one) => one.adjustable_quantity)).toEqual([
      { enabled: true, minimum: 1, maximum: 10 },
      { enabled: true, minimum: 0, maximum: 99 },
      { enabled: false, minimum: null, maximum: null },
      null,
    ]);
  });

  it('prices the order anew, and what was shown before is no longer paid', async () => {
    const world = await harness();
    const session = await open(world);
    const page = await change(world, session, 0, 3);
    expect(page).toMatchObject({ status: 200, body: { amount_subtotal: 3_500, amount_total: 3_500 } });
    const confirm = (amount: string) =>
      world.call(
        'POST',
        `/v1/payment_pages/${session.id}/confirm`,
        `payment_method=pm_card_visa&expected_amount=${amount}`,
        publishable,
      );
    expect(await confirm('2500')).toMatchObject({ body: { error: { code: 'checkout_amount_mismatch' } } });
    expect(await confirm('3500')).toMatchObject({ body: { status: 'complete' } });
    const items = await itemsOf(world, session);
    expect(items.map(({ quantity, amount_total: total }) => [quantity, total])).toEqual([
      [3, 3_000],
      [1, 500],
    ]);
    expect((await change(world, session, 0, 2)).status).toBe(400);
  });

  it.each([
    ['below the minimum', 0, 0, 'updated_line_item_quantity[quantity]'],
    ['above the maximum', 0, 11, 'updated_line_item_quantity[quantity]'],
    ['of an item that has a fixed one', 1, 2, 'updated_line_item_quantity[line_item_id]'],
  ])('%s is refused, and nothing changes', async (_, index, quantity, param) => {
    const world = await harness();
    const session = await open(world);
    expect(await change(world, session, index, quantity)).toMatchObject({
      status: 400,
      body: { error: { type: 'invalid_request_error', param } },
    });
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ amount_total: 2_500 });
  });

  it('of an unknown item is refused', async () => {
    const world = await harness();
    const { id } = await open(world);
    const body = 'updated_line_item_quantity[line_item_id]=li_x&updated_line_item_quantity[quantity]=1';
    expect(await world.call('POST', `/v1/payment_pages/${id}`, body, publishable)).toMatchObject({
      status: 400,
      body: { error: { code: 'resource_missing' } },
    });
  });

  it('of zero takes the item out of the order, but never the last one', async () => {
    const world = await harness();
    const free = { enabled: true } as const;
    const session = await open(world, { line_items: [item(1_000, 2, free), item(500, 1, free)] });
    expect(await change(world, session, 0, 0)).toMatchObject({ body: { amount_total: 500 } });
    expect((await itemsOf(world, session)).map(({ amount_total: total }) => total)).toEqual([500]);
    expect(await change(world, session, 1, 0)).toMatchObject({ status: 400 });
  });

  it('cannot make a total that cannot be charged', async () => {
    const world = await harness();
    const session = await open(world, {
      line_items: [item(20, 5, { enabled: true, minimum: 1, maximum: 10 })],
    });
    expect(await change(world, session, 0, 1)).toMatchObject({
      status: 400,
      body: { error: { code: 'amount_too_small' } },
    });
    expect(await change(world, session, 0, 4)).toMatchObject({ body: { amount_total: 80 } });
  });

  it('changes the discount with the order, and refuses or drops a code that suits it no longer', async () => {
    const world = await harness();
    const coupon = await world.stripe.coupons.create({ percent_off: 10, duration: 'once' });
    await world.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'TENTH',
      restrictions: { minimum_amount: 2_000, minimum_amount_currency: 'eur' },
    });
    const session = await open(world, { allow_promotion_codes: true });
    const path = `/v1/payment_pages/${session.id}`;
    expect(await world.call('POST', path, 'promotion_code=TENTH', publishable)).toMatchObject({
      body: { amount_total: 2_250 },
    });
    expect(await change(world, session, 0, 4)).toMatchObject({ body: { amount_total: 4_050 } });
    const failing = { 'updated_line_item_quantity[fail_update_on_discount_error]': 'true' };
    expect(await change(world, session, 0, 1, failing)).toMatchObject({ status: 400 });
    expect(await world.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ amount_total: 4_050 });
    expect(await change(world, session, 0, 1)).toMatchObject({
      body: { amount_total: 1_500, discounts: [] },
    });
  });

  it('does not change under a payment that is on its way', async () => {
    const world = await harness();
    const session = await open(world);
    const method = 'payment_method=pm_card_authenticationRequired';
    await world.call('POST', `/v1/payment_pages/${session.id}/confirm`, method, publishable);
    expect(await change(world, session, 0, 3)).toMatchObject({ status: 400 });
  });

  it('can be given, moved and taken away by the shop', async () => {
    const world = await harness();
    const session = await world.stripe.checkout.sessions.create({
      mode: 'payment',
      ui_mode: 'elements',
      return_url: 'https://shop.test/ok',
      line_items: [item(1_000, 2, { enabled: true, minimum: 1, maximum: 10 }), item(500, 1)],
      expand: ['line_items'],
    });
    const [first, second] = session.line_items!.data as [Stripe.LineItem, Stripe.LineItem];
    const update = (items: Stripe.Checkout.SessionUpdateParams.LineItem[]) =>
      world.stripe.checkout.sessions.update(session.id, { line_items: items });
    expect(await refusal(update([{ id: first.id, quantity: 11 }]))).toMatchObject({
      param: 'line_items[0][quantity]',
    });
    const free = { enabled: false };
    await update([
      { id: first.id, quantity: 11, adjustable_quantity: free },
      { id: second.id, adjustable_quantity: { enabled: true, maximum: 3 } },
    ]);
    expect((await itemsOf(world, session)).map((one) => one.adjustable_quantity)).toEqual([
      { enabled: false, minimum: null, maximum: null },
      { enabled: true, minimum: 0, maximum: 3 },
    ]);
  });
});

describe('bad rules for a quantity', () => {
  it.each([
    ['a quantity above the usual maximum', item(1, 100, { enabled: true }), '[quantity]'],
    ['a quantity below the minimum', item(100, 1, { enabled: true, minimum: 2 }), '[quantity]'],
    [
      'limits that exclude each other',
      item(100, 1, { enabled: true, minimum: 3, maximum: 2 }),
      '[adjustable_quantity][minimum]',
    ],
    [
      'a maximum above the most',
      item(100, 1, { enabled: true, maximum: 1_000_000 }),
      '[adjustable_quantity][maximum]',
    ],
  ])('are refused: %s', async (_, bad, param) => {
    const world = await harness();
    expect(await refusal(open(world, { line_items: [bad] }))).toMatchObject({
      statusCode: 400,
      param: `line_items[0]${param}`,
    });
  });
});
