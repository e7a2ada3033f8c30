import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, lineItem, refusal } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';

type Params = Stripe.Checkout.SessionCreateParams;
const publishable = { Authorization: 'Bearer pk_test_1' };

function open({ stripe }: Harness, more: Partial<Params> = {}) {
  return stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: 'https://shop.test/ok',
    line_items: [lineItem(1_000)],
    ...more,
  });
}

function onPage(world: Harness, path: string, params: Record<string, string>) {
  return world.call('POST', `/v1/payment_pages/${path}`, new URLSearchParams(params).toString(), publishable);
}

const address = {
  'shipping[name]': 'Ada Lovelace',
  'shipping[address][line1]': '12 St James’s Square',
  'shipping[address][city]': 'London',
  'shipping[address][country]': 'GB',
  'shipping[address][postal_code]': 'SW1Y 4JH',
};

describe('what a session asks for', () => {
  it('an address goes to the session, the payment and the customer', async () => {
    const world = await harness();
    const session = await open(world, {
      customer_creation: 'always',
      phone_number_collection: { enabled: true },
      shipping_address_collection: { allowed_countries: ['GB', 'FR'] },
    });
    const confirm = (more: Record<string, string>) =>
      onPage(world, `${session.id}/confirm`, { payment_method: 'pm_card_visa', ...more });
    expect((await confirm({})).body.error).toMatchObject({ param: 'customer_details[phone]' });
    const phone = { 'customer_details[phone]': '+442071234567' };
    expect((await confirm(phone)).body.error).toMatchObject({ param: 'shipping[address]' });
    const elsewhere = await confirm({ ...phone, ...address, 'shipping[address][country]': 'US' });
    expect(elsewhere.body.error).toMatchObject({ param: 'shipping[address][country]' });
    await confirm({ ...phone, ...address });
    const done = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent', 'customer'],
    });
    const shipping = {
      name: 'Ada Lovelace',
      address: { city: 'London', line2: null, postal_code: 'SW1Y 4JH' },
    };
    expect(done).toMatchObject({
      status: 'complete',
      collected_information: { shipping_details: shipping },
      customer_details: { phone: '+442071234567' },
      payment_intent: { shipping },
      customer: { shipping },
    });
  });

  it('fields of the shop and its terms are kept with what the customer answers', async () => {
    const world = await harness();
    const label = (custom: string) => ({ type: 'custom', custom }) as const;
    const session = await open(world, {
      consent_collection: { terms_of_service: 'required' },
      custom_text: { submit: { message: 'Thank you.' } },
      custom_fields: [
        {
          key: 'size',
          label: label('Size'),
          type: 'dropdown',
          dropdown: { options: [{ label: 'Large', value: 'l' }] },
        },
        { key: 'code', label: label('Code'), type: 'numeric', numeric: { minimum_length: 2 } },
        { key: 'note', label: label('Note'), type: 'text', optional: true },
      ],
    });
    expect(session.custom_text.submit).toEqual({ message: 'Thank you.' });
    expect(session.custom_fields[1]).toEqual({
      key: 'code',
      label: label('Code'),
      optional: false,
      type: 'numeric',
      numeric: { default_value: null, maximum_length: null, minimum_length: 2, value: null },
    });
    const entered = (size: string, code: string) => ({
      payment_method: 'pm_card_visa',
      'custom_fields[0][key]': 'size',
      'custom_fields[0][value]': size,
      'custom_fields[1][key]': 'code',
      'custom_fields[1][value]': code,
    });
    const path = `${session.id}/confirm`;
    expect((await onPage(world, path, entered('xl', '12'))).body.error.param).toBe('custom_fields[0][value]');
    expect((await onPage(world, path, entered('l', 'ab'))).body.error.param).toBe('custom_fields[1][value]');
    expect((await onPage(world, path, entered('l', '12'))).body.error.param).toBe(
      'consent[terms_of_service]',
    );
    await onPage(world, path, { ...entered('l', '12'), 'consent[terms_of_service]': 'accepted' });
    const done = await world.stripe.checkout.sessions.retrieve(session.id);
    expect(done).toMatchObject({
      status: 'complete',
      consent: { terms_of_service: 'accepted', promotions: null },
      custom_fields: [{ dropdown: { value: 'l' } }, { numeric: { value: '12' } }, { text: { value: null } }],
    });
  });
});

describe('a session outside the hosted page', () => {
  it.each(['embedded_page', 'elements'] as const)(
    '%s has a client secret instead of a URL',
    async (ui_mode) => {
      const world = await harness();
      const { id: coupon } = await world.stripe.coupons.create({ percent_off: 50 });
      const { success_url: _, ...rest } = { success_url: '' };
      const session = await world.stripe.checkout.sessions.create({
        ...rest,
        mode: 'payment',
        ui_mode,
        return_url: 'https://shop.test/back?session={CHECKOUT_SESSION_ID}',
        line_items: [lineItem(1_000)],
        discounts: [{ coupon }],
      });
      expect(session).toMatchObject({ ui_mode, url: null, success_url: null, amount_total: 500 });
      expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_\\w+$`));
      expect(session.redirect_on_completion).toBe(ui_mode === 'elements' ? undefined : 'always');
    },
  );
});

describe('an open session can be changed', () => {
  it('in its items, kept by their ids, and its shipping options', async () => {
    const world = await harness();
    const { sessions } = world.stripe.checkout;
    const session = await open(world, { line_items: [lineItem(1_000), lineItem(300)] });
    const items = (await sessions.listLineItems(session.id)).data;
    const changed = await sessions.update(session.id, {
      line_items: [{ id: items[0]!.id, quantity: 3 }, lineItem(700)],
      shipping_options: [
        {
          shipping_rate_data: { display_name: 'Ground', fixed_amount: { amount: 200, currency: 'eur' } },
        },
      ],
    });
    expect(changed).toMatchObject({ amount_subtotal: 3_700, amount_total: 3_900 });
    const after = (await sessions.listLineItems(session.id)).data;
    expect(after.map(({ amount_total }) => amount_total)).toEqual([3_000, 700]);
    expect(after[0]!.id).toBe(items[0]!.id);
    const none = await sessions.update(session.id, { shipping_options: '' });
    expect(none).toMatchObject({ amount_total: 3_700, shipping_cost: null, shipping_options: [] });
    const unknown = sessions.update(session.id, { line_items: [{ id: 'li_x' }] });
    expect(await refusal(unknown)).toMatchObject({ param: 'line_items[0][id]' });
    expect((await sessions.retrieve(session.id)).amount_total).toBe(3_700);
  });

  it('in its payment data only with elements, and not once it is over', async () => {
    const world = await harness();
    const { sessions } = world.stripe.checkout;
    const hosted = await open(world);
    const change = { payment_intent_data: { description: 'Order 8' } };
    expect(await refusal(sessions.update(hosted.id, change))).toMatchObject({ param: 'payment_intent_data' });
    const session = await sessions.create({
      mode: 'payment',
      ui_mode: 'elements',
      return_url: 'https://shop.test/back',
      line_items: [lineItem(1_000)],
    });
    await sessions.update(session.id, {
      ...change,
      collected_information: {
        shipping_details: { name: 'Ada', address: { country: 'GB', line1: '12 St James’s Square' } },
      },
    });
    await onPage(world, `${session.id}/confirm`, { payment_method: 'pm_card_visa' });
    const done = await sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(done.payment_intent).toMatchObject({ description: 'Order 8', shipping: { name: 'Ada' } });
    expect(await refusal(sessions.update(session.id, change))).toMatchObject({ statusCode: 400 });
    expect((await sessions.update(session.id, { metadata: { a: '1' } })).metadata).toEqual({ a: '1' });
  });
});

describe('an expired session', () => {
  it('can be taken up once by its recovery link, with the same order', async () => {
    const clock = manualClock();
    const world = await harness({ clock });
    const { stripe } = world;
    const { id: coupon } = await stripe.coupons.create({ percent_off: 50 });
    const session = await open(world, {
      after_expiration: { recovery: { enabled: true } },
      discounts: [{ coupon }],
      expires_at: clock.now() / 1000 + 1_800,
    });
    expect(session.after_expiration!.recovery).toEqual({
      allow_promotion_codes: false,
      enabled: true,
      expires_at: null,
      url: null,
    });
    expect((await onPage(world, `${session.id}/recover`, {})).status).toBe(400);
    clock.advance(1_800_000);
    const expired = await stripe.checkout.sessions.retrieve(session.id);
    expect(expired).toMatchObject({
      status: 'expired',
      after_expiration: { recovery: { expires_at: clock.now() / 1000 + 30 * 24 * 3_600 } },
    });
    const link = expired.after_expiration!.recovery!.url!;
    const follow = async () => {
      const reply = await fetch(link, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
      return [reply.status, reply.headers.get('location')];
    };
    const [newest] = [await follow()];
    expect(await follow()).toEqual(newest);
    const [recovered] = (await stripe.checkout.sessions.list({ status: 'open' })).data;
    expect(newest).toEqual([303, recovered!.url]);
    expect(recovered).toMatchObject({
      recovered_from: session.id,
      amount_total: 500,
      discounts: [{ coupon, promotion_code: null }],
    });
    await onPage(world, `${recovered!.id}/confirm`, { payment_method: 'pm_card_visa' });
    expect((await stripe.charges.list()).data.map(({ amount }) => amount)).toEqual([500]);
  });
});
