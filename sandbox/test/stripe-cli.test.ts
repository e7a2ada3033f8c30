import { describe, expect, it } from 'vitest';
import { eventually, harness, receiver, WEBHOOK_SECRET } from './support/harness.ts';
import { stripeCli } from './support/stripe-cli.ts';

/** Everything of `stripe trigger` that concerns taking payments. */
const TRIGGERS = [
  'charge.captured',
  'charge.dispute.closed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.failed',
  'charge.refund.updated',
  'charge.refunded',
  'charge.succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.completed',
  'checkout.session.expired',
  'coupon.created',
  'coupon.deleted',
  'coupon.updated',
  'customer.created',
  'customer.deleted',
  'customer.source.created',
  'customer.source.updated',
  'customer.updated',
  'payment_intent.amount_capturable_updated',
  'payment_intent.canceled',
  'payment_intent.created',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.succeeded',
  'payment_method.attached',
  'payment_method.detached',
  'payment_method.updated',
  'price.created',
  'price.updated',
  'product.created',
  'product.deleted',
  'product.updated',
  'promotion_code.created',
  'promotion_code.updated',
  'setup_intent.canceled',
  'setup_intent.created',
  'setup_intent.requires_action',
  'setup_intent.setup_failed',
  'setup_intent.succeeded',
  'tax_rate.created',
  'tax_rate.updated',
];

/** Triggers that need what the sandbox does not build: the call that it refuses. */
const REFUSED = [
  ['payment_link.created', 'payment links with recurring prices'],
  ['invoice.paid', 'POST /v1/invoiceitems'],
  ['payout.created', 'POST /v1/payouts'],
] as const;

describe('the official Stripe CLI', () => {
  it.each(TRIGGERS)('triggers %s', async (type) => {
    const world = await harness();
    const { code, output } = await stripeCli(world, 'trigger', type);
    expect(output).toContain('Trigger succeeded!');
    expect(code).toBe(0);
    const events = await eventually(
      () => world.stripe.events.list({ type }),
      (list) => list.data.length > 0,
    );
    expect(events.data[0]!.type).toBe(type);
  });

  it.each(REFUSED)('is told why it cannot trigger %s: %s', async (type, call) => {
    const world = await harness();
    const { code, output } = await stripeCli(world, 'trigger', type);
    expect(output).toContain(`The sandbox does not build ${call} yet.`);
    expect(code).toBe(1);
  });

  it.each(['payment_link.created', 'payment_link.updated'])(
    'triggers %s once its price is made a one-time price',
    async (type) => {
      const world = await harness();
      const { output } = await stripeCli(world, 'trigger', type, '--remove', 'price:recurring[interval]');
      expect(output).toContain('Trigger succeeded!');
      expect((await world.stripe.events.list({ type })).data).toHaveLength(1);
    },
  );

  it('changes the parameters of what it triggers', async () => {
    const world = await harness();
    const override = 'payment_intent:metadata[order]=7';
    await stripeCli(world, 'trigger', 'payment_intent.created', '--override', override);
    const intents = await world.stripe.paymentIntents.list();
    expect(intents.data[0]!.metadata).toEqual({ order: '7' });
  });

  it('posts and gets, and shows Stripe’s error', async () => {
    const world = await harness();
    const key = ['-i', 'key-1'];
    const body = ['-d', 'amount=2000', '-d', 'currency=usd', '-d', 'payment_method_types[]=card'];
    const made = JSON.parse((await stripeCli(world, 'post', '/payment_intents', ...body, ...key)).output);
    expect(made).toMatchObject({ amount: 2_000, payment_method_types: ['card'] });
    const again = await stripeCli(world, 'post', '/v1/payment_intents', ...body, ...key);
    expect(JSON.parse(again.output).id).toBe(made.id);
    expect(JSON.parse((await stripeCli(world, 'get', made.id)).output).id).toBe(made.id);
    const list = await stripeCli(world, 'payment_intents', 'list', '--limit', '1');
    expect(JSON.parse(list.output)).toMatchObject({ object: 'list', data: [{ id: made.id }] });
    const missing = await stripeCli(world, 'get', '/v1/customers/cus_none');
    expect(missing.output).toContain("No such customer: 'cus_none'");
  });

  it('sends an event again', async () => {
    const { url, received, until } = await receiver();
    const world = await harness({ webhook: { url, secret: WEBHOOK_SECRET } });
    await world.stripe.customers.create();
    await until((all) => all.length === 1);
    const { output } = await stripeCli(world, 'events', 'resend', received[0]!.event.id);
    expect(JSON.parse(output).id).toBe(received[0]!.event.id);
    await until((all) => all.length === 2);
    expect(received[1]!.event.id).toBe(received[0]!.event.id);
  });
});
