import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import {
  type Harness,
  harness,
  lineItem,
  receiver,
  refusal,
  typesOf,
  WEBHOOK_SECRET,
} from './support/harness.ts';

type Params = Stripe.PaymentLinkCreateParams;

function create({ stripe }: Harness, more: Partial<Params> = {}) {
  return stripe.paymentLinks.create({ line_items: [lineItem(1_000, 2)], ...more });
}

describe('payment links', () => {
  it('have Stripe’s defaults, an address and their items', async () => {
    const world = await harness();
    const { stripe, sandbox } = world;
    const link = await create(world);
    expect(link).toMatchObject({
      active: true,
      after_completion: { type: 'hosted_confirmation', hosted_confirmation: { custom_message: null } },
      allow_promotion_codes: false,
      billing_address_collection: 'auto',
      currency: 'eur',
      customer_creation: 'if_required',
      payment_intent_data: null,
      payment_method_types: null,
      restrictions: null,
      submit_type: 'auto',
    });
    expect(link.id).toMatch(/^plink_1\w+$/);
    expect(link.url).toMatch(new RegExp(`^${sandbox.url}/b/test_\\w{18}$`));
    const items = await stripe.paymentLinks.listLineItems(link.id);
    expect(items.data).toMatchObject([{ description: 'Cup', quantity: 2, amount_total: 2_000 }]);
    const expanded = await stripe.paymentLinks.retrieve(link.id, { expand: ['line_items'] });
    expect(expanded.line_items).toEqual(items);
  });

  it('are listed by whether they are active, and tell what changed', async () => {
    const hook = await receiver();
    const world = await harness({ webhook: { url: hook.url, secret: WEBHOOK_SECRET } });
    const { stripe } = world;
    const link = await create(world, { metadata: { shelf: '4' } });
    const other = await create(world);
    const changed = await stripe.paymentLinks.update(link.id, {
      active: false,
      inactive_message: 'Sold out.',
      metadata: { row: '2' },
    });
    expect(changed).toMatchObject({ active: false, metadata: { shelf: '4', row: '2' } });
    await stripe.paymentLinks.update(link.id, { active: false });
    const listed = async (active: boolean) =>
      (await stripe.paymentLinks.list({ active })).data.map(({ id }) => id);
    expect([await listed(true), await listed(false)]).toEqual([[other.id], [link.id]]);
    await hook.until(({ length }) => length === 3);
    expect(typesOf(hook.received)).toEqual([
      'payment_link.created',
      'payment_link.created',
      'payment_link.updated',
    ]);
    expect(hook.received[2]!.event.data.previous_attributes).toEqual({
      active: true,
      inactive_message: null,
      metadata: { row: null },
    });
  });

  it('take every setting, and take it back', async () => {
    const world = await harness();
    const rate = await world.stripe.shippingRates.create({
      display_name: 'Post',
      type: 'fixed_amount',
      fixed_amount: { amount: 300, currency: 'eur' },
    });
    const link = await create(world, {
      after_completion: { type: 'redirect', redirect: { url: 'https://shop.test/ok' } },
      consent_collection: { terms_of_service: 'required' },
      currency: 'eur',
      custom_fields: [
        { key: 'size', label: { custom: 'Size', type: 'custom' }, type: 'text', text: { maximum_length: 3 } },
      ],
      custom_text: { submit: { message: 'We ship on Mondays.' } },
      payment_intent_data: { description: 'Cups', metadata: { a: '1' }, capture_method: 'manual' },
      payment_method_types: ['card'],
      restrictions: { completed_sessions: { limit: 5 } },
      shipping_address_collection: { allowed_countries: ['GB'] },
      shipping_options: [{ shipping_rate: rate.id }],
      submit_type: 'book',
    });
    expect(link).toMatchObject({
      after_completion: { type: 'redirect', redirect: { url: 'https://shop.test/ok' } },
      custom_fields: [{ key: 'size', text: { maximum_length: 3, minimum_length: null } }],
      payment_intent_data: { capture_method: 'manual', description: 'Cups', metadata: { a: '1' } },
      payment_method_types: ['card'],
      restrictions: { completed_sessions: { count: 0, limit: 5 } },
      shipping_options: [{ shipping_amount: 300, shipping_rate: rate.id }],
      submit_type: 'book',
    });
    const changed = await world.stripe.paymentLinks.update(link.id, {
      custom_fields: '',
      custom_text: { submit: '' },
      payment_intent_data: { description: '', metadata: { b: '2' } },
      payment_method_types: '',
      restrictions: '',
      shipping_address_collection: '',
      shipping_options: '',
    });
    expect(changed).toMatchObject({
      custom_fields: [],
      custom_text: { submit: null },
      payment_intent_data: { capture_method: 'manual', description: null, metadata: { b: '2' } },
      payment_method_types: null,
      restrictions: null,
      shipping_address_collection: null,
      shipping_options: [],
    });
  });

  it('change the quantity of an item', async () => {
    const world = await harness();
    const { stripe } = world;
    const link = await create(world, { line_items: [lineItem(1_000), lineItem(500)] });
    const [first, second] = (await stripe.paymentLinks.listLineItems(link.id)).data;
    await stripe.paymentLinks.update(link.id, { line_items: [{ id: second!.id, quantity: 3 }] });
    const { data } = await stripe.paymentLinks.listLineItems(link.id);
    expect(data).toMatchObject([
      { id: first!.id, quantity: 1, amount_total: 1_000 },
      { id: second!.id, quantity: 3, amount_total: 1_500 },
    ]);
  });

  it('refuse what Stripe refuses, and what is not built', async () => {
    const world = await harness();
    const { stripe } = world;
    const price = await stripe.prices.create({
      currency: 'eur',
      unit_amount: 100,
      recurring: { interval: 'month' },
      product_data: { name: 'Cup of the month' },
    });
    const recurring = await refusal(create(world, { line_items: [{ price: price.id, quantity: 1 }] }));
    expect(recurring).toMatchObject({ statusCode: 501, code: 'sandbox_not_built' });
    const wrong: [Partial<Params>, string | undefined][] = [
      [{ line_items: [] }, 'line_items'],
      [{ line_items: Array.from({ length: 21 }, () => lineItem(100)) }, 'line_items'],
      [{ line_items: [lineItem(10)] }, undefined],
      [{ currency: 'usd' }, 'currency'],
      [{ after_completion: { type: 'redirect' } }, 'after_completion[redirect]'],
      [
        { after_completion: { type: 'redirect', redirect: { url: 'ok' } } },
        'after_completion[redirect][url]',
      ],
      [
        { after_completion: { type: 'hosted_confirmation', redirect: { url: 'https://shop.test' } } },
        'after_completion[redirect]',
      ],
      [{ shipping_options: [{ shipping_rate: 'shr_none' }] }, 'shipping_options[0][shipping_rate]'],
      [{ mode: 'payment' } as Partial<Params>, 'mode'],
    ];
    for (const [params, param] of wrong) {
      expect(await refusal(create(world, params))).toMatchObject({ statusCode: 400, param });
    }
    expect(await refusal(stripe.paymentLinks.retrieve('plink_none'))).toMatchObject({
      statusCode: 404,
      message: "No such payment_link: 'plink_none'",
    });
    const link = await create(world);
    const item = { id: 'li_none', quantity: 1 };
    expect(await refusal(stripe.paymentLinks.update(link.id, { line_items: [item] }))).toMatchObject({
      param: 'line_items[0][id]',
    });
    expect((await stripe.paymentLinks.list()).data).toHaveLength(1);
  });
});
