import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { type Harness, harness, lineItem, receiver, typesOf, WEBHOOK_SECRET } from './support/harness.ts';

type Params = Stripe.PaymentLinkCreateParams;

function create({ stripe }: Harness, more: Partial<Params> = {}) {
  return stripe.paymentLinks.create({ line_items: [lineItem(1_000, 2)], ...more });
}

/** What a browser gets at the link's address. */
async function follow(link: Stripe.PaymentLink, query: Record<string, string> = {}) {
  const url = `${link.url}?${new URLSearchParams(query)}`;
  const reply = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  return { status: reply.status, location: reply.headers.get('location'), text: await reply.text() };
}

/** The session that a visit has opened. */
async function visit({ stripe }: Harness, link: Stripe.PaymentLink, query: Record<string, string> = {}) {
  const { status, location } = await follow(link, query);
  const { data } = await stripe.checkout.sessions.list({ payment_link: link.id, limit: 1 });
  expect([status, location]).toEqual([303, data[0]!.url]);
  return data[0]!;
}

async function pay({ call }: Harness, session: Stripe.Checkout.Session) {
  const form = new URLSearchParams({ payment_method: 'pm_card_visa', email: 'ada@example.com' });
  const { status } = await call('POST', `/v1/payment_pages/${session.id}/confirm`, `${form}`);
  expect(status).toBe(200);
}

describe('following a payment link', () => {
  it('opens a session of its own for each visit, with what the link says', async () => {
    const world = await harness();
    const { stripe } = world;
    const link = await create(world, {
      allow_promotion_codes: true,
      metadata: { shelf: '4' },
      payment_intent_data: { description: 'Cups', metadata: { order: '7' } },
      phone_number_collection: { enabled: true },
      line_items: [{ ...lineItem(1_000, 2), adjustable_quantity: { enabled: true, maximum: 5 } }],
    });
    const first = await visit(world, link);
    const second = await visit(world, link);
    expect(first.id).not.toBe(second.id);
    expect(second).toMatchObject({
      allow_promotion_codes: true,
      amount_total: 2_000,
      cancel_url: 'https://stripe.com',
      metadata: { shelf: '4' },
      mode: 'payment',
      payment_link: link.id,
      payment_method_types: ['card', 'sepa_debit'],
      phone_number_collection: { enabled: true },
      status: 'open',
      submit_type: 'auto',
      success_url: 'https://stripe.com',
    });
    const expanded = await stripe.checkout.sessions.retrieve(second.id, {
      expand: ['payment_link.line_items', 'line_items'],
    });
    expect(expanded.payment_link).toMatchObject({ id: link.id, line_items: { data: [{ quantity: 2 }] } });
    expect(expanded.line_items!.data[0]).toMatchObject({ quantity: 2, adjustable_quantity: { maximum: 5 } });
    await stripe.paymentLinks.update(link.id, { metadata: { shelf: '5' } });
    expect((await stripe.checkout.sessions.retrieve(second.id)).metadata).toEqual({ shelf: '4' });
  });

  it('is paid like any session, and tells of the link', async () => {
    const hook = await receiver();
    const world = await harness({ webhook: { url: hook.url, secret: WEBHOOK_SECRET } });
    const link = await create(world, {
      custom_fields: [
        { key: 'size', label: { custom: 'Size', type: 'custom' }, optional: true, type: 'text' },
      ],
      payment_intent_data: { description: 'Cups', metadata: { order: '7' } },
    });
    const session = await visit(world, link);
    expect(session.custom_fields).toMatchObject([{ key: 'size', text: { value: null } }]);
    await pay(world, session);
    await hook.until((all) => typesOf(all).includes('checkout.session.completed'));
    const { event } = hook.received.find(({ event: { type } }) => type === 'checkout.session.completed')!;
    expect(event.data.object).toMatchObject({
      id: session.id,
      payment_link: link.id,
      payment_status: 'paid',
    });
    const { payment_intent: intent } = await world.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['payment_intent'],
    });
    expect(intent).toMatchObject({ description: 'Cups', metadata: { order: '7' }, amount: 2_000 });
  });

  it('takes what its address says, and drops what it says wrongly', async () => {
    const world = await harness();
    const { stripe } = world;
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'once' });
    await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'CUPS' });
    const link = await create(world, { allow_promotion_codes: true });
    const given = await visit(world, link, {
      client_reference_id: 'cart_9',
      prefilled_email: 'ada@example.com',
      prefilled_promo_code: 'cups',
      utm_source: 'mail',
    });
    expect(given).toMatchObject({
      client_reference_id: 'cart_9',
      customer_email: null,
      customer_details: { email: 'ada@example.com' },
      amount_total: 1_500,
    });
    const locked = await visit(world, link, { locked_prefilled_email: 'ada@example.com' });
    expect(locked.customer_email).toBe('ada@example.com');
    const wrong = { client_reference_id: 'not allowed!', prefilled_email: 'ada', prefilled_promo_code: 'NO' };
    const plain = { client_reference_id: null, customer_details: null, amount_total: 2_000 };
    expect(await visit(world, link, wrong)).toMatchObject(plain);
    const strict = await create(world);
    expect(await visit(world, strict, { prefilled_promo_code: 'CUPS' })).toMatchObject(plain);
  });

  it('shows the reason when the link is not active or was paid often enough', async () => {
    const world = await harness();
    const { stripe } = world;
    const link = await create(world, { restrictions: { completed_sessions: { limit: 1 } } });
    await pay(world, await visit(world, link));
    expect((await stripe.paymentLinks.retrieve(link.id)).restrictions!.completed_sessions).toEqual({
      count: 1,
      limit: 1,
    });
    const full = await follow(link);
    expect([full.status, full.text]).toEqual([200, expect.stringContaining('It takes no more payments.')]);
    await stripe.paymentLinks.update(link.id, { restrictions: { completed_sessions: { limit: 2 } } });
    await visit(world, link);
    await stripe.paymentLinks.update(link.id, { active: false, inactive_message: 'Sold out <3' });
    expect((await follow(link)).text).toContain('Sold out &#60;3');
    expect((await stripe.checkout.sessions.list({ payment_link: link.id })).data).toHaveLength(2);
    expect((await follow({ ...link, url: `${world.sandbox.url}/b/test_none` })).status).toBe(404);
  });

  it('knows the link by the last part of its address, whatever stands before it', async () => {
    const world = await harness({ publicUrl: 'http://shop.localhost:1' });
    const link = await create(world);
    expect(link.url).toMatch(/^http:\/\/shop\.localhost:1\/b\/test_/);
    const here = { ...link, url: link.url.replace('http://shop.localhost:1', world.sandbox.url) };
    expect((await follow(here)).status).toBe(303);
  });

  it('lets a browser see no more of the link than the page needs', async () => {
    const world = await harness();
    const link = await create(world, { payment_intent_data: { metadata: { secret: '1' } } });
    const session = await visit(world, link);
    const publishable = { Authorization: 'Bearer pk_test_1' };
    const page = await world.call('GET', `/v1/payment_pages/${session.id}`, undefined, publishable);
    expect(page.body.payment_link).toMatchObject({ id: link.id, payment_intent_data: null });
    const read = await world.call('GET', `/v1/payment_links/${link.id}`, undefined, publishable);
    expect(read.status).toBe(403);
  });
});
