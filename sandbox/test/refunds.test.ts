import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { refusal } from './support/harness.ts';
import {
  EVENTS_OF_A_PAYMENT,
  eventsAfter,
  payBooked,
  previousOf,
  standingWorld,
  typesOfEvents,
} from './support/paid-world.ts';

const REFUND_DELAY = 3_000;

describe('a refund', () => {
  it('returns everything, and is told of in the order that Stripe has', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const charge = await payBooked(sandbox, { description: 'Order 7' });
    const refund = await stripe.refunds.create({
      payment_intent: charge.payment_intent as string,
      reason: 'requested_by_customer',
      metadata: { order: '7' },
    });
    expect(refund.id.slice(0, 19)).toBe(`re_${charge.id.slice(3, 19)}`);
    expect(refund).toMatchObject({
      object: 'refund',
      amount: 10_000,
      charge: charge.id,
      currency: 'usd',
      customer: null,
      destination_details: {
        card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
        type: 'card',
      },
      metadata: { order: '7' },
      payment_method: charge.payment_method,
      reason: 'requested_by_customer',
      status: 'succeeded',
    });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({
      amount_refunded: 10_000,
      refunded: true,
    });
    clock.advance(REFUND_DELAY);
    const events = await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT);
    expect(typesOfEvents(events)).toEqual([
      'refund.created',
      'charge.refunded',
      'refund.updated',
      'charge.refund.updated',
    ]);
    expect(previousOf(events[1])).toEqual({ amount_refunded: 0, refunded: false });
    expect(previousOf(events[2])).toEqual({
      destination_details: { card: { reference: null, reference_status: 'pending' } },
    });
    const { destination_details: details } = await stripe.refunds.retrieve(refund.id);
    expect(details?.card).toMatchObject({
      reference: expect.stringMatching(/^\d{16}$/),
      reference_status: 'available',
    });
    expect(events[0]!.id).toMatch(new RegExp(`^evt_${charge.id.slice(3, 19)}`));
  });

  it('takes its amount from the balance and leaves the fee with Stripe', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const charge = await payBooked(sandbox, { description: 'Order 7' });
    const refund = await stripe.refunds.create({
      charge: charge.id,
      amount: 4_000,
      expand: ['balance_transaction.source', 'charge', 'payment_intent'],
    });
    expect(refund.balance_transaction).toMatchObject({
      amount: -4_000,
      fee: 0,
      fee_details: [],
      net: -4_000,
      type: 'refund',
      reporting_category: 'refund',
      description: 'REFUND FOR CHARGE (Order 7)',
      source: { id: refund.id, object: 'refund' },
      status: 'pending',
    });
    expect((refund.charge as Stripe.Charge).amount_refunded).toBe(4_000);
    expect((refund.payment_intent as Stripe.PaymentIntent).status).toBe('succeeded');
  });

  it('may be partial, several times, and never more than what is left', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const charge = await payBooked(sandbox);
    await stripe.refunds.create({ charge: charge.id, amount: 6_000 });
    expect((await stripe.charges.retrieve(charge.id)).refunded).toBe(false);
    const tooMuch = await refusal(stripe.refunds.create({ charge: charge.id, amount: 4_001 }));
    expect(tooMuch).toMatchObject({
      statusCode: 400,
      param: 'amount',
      message: 'Refund amount ($40.01) is greater than unrefunded amount on charge ($40.00)',
    });
    expect(tooMuch.code).toBeUndefined();
    const rest = await stripe.refunds.create({ charge: charge.id });
    expect(rest.amount).toBe(4_000);
    const whole = await stripe.charges.retrieve(charge.id, { expand: ['refunds'] });
    expect(whole).toMatchObject({ amount_refunded: 10_000, refunded: true });
    expect(whole.refunds?.data.map(({ amount }) => amount)).toEqual([4_000, 6_000]);
    expect(whole.refunds?.url).toBe(`/v1/charges/${charge.id}/refunds`);
    expect(await refusal(stripe.refunds.create({ charge: charge.id, amount: 1 }))).toMatchObject({
      statusCode: 400,
      code: 'charge_already_refunded',
      message: `Charge ${charge.id} has already been refunded.`,
    });
  });

  it('says it was fraud on the charge, when that is the reason', async () => {
    const sandbox = await standingWorld();
    const charge = await payBooked(sandbox);
    await sandbox.stripe.refunds.create({ charge: charge.id, reason: 'fraudulent' });
    const { fraud_details } = await sandbox.stripe.charges.retrieve(charge.id);
    expect(fraud_details).toEqual({ user_report: 'fraudulent' });
  });

  it('changes its metadata with two events, and nothing else', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const charge = await payBooked(sandbox);
    const { id } = await stripe.refunds.create({ charge: charge.id, metadata: { a: '1', b: '2' } });
    clock.advance(REFUND_DELAY);
    const updated = await stripe.refunds.update(id, { metadata: { a: '', c: '3' } });
    expect(updated.metadata).toEqual({ b: '2', c: '3' });
    const events = await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT + 4);
    expect(typesOfEvents(events)).toEqual(['refund.updated', 'charge.refund.updated']);
    expect(previousOf(events[1])).toEqual({ metadata: { a: '1', c: null } });
  });

  it('cannot be canceled, because none waits for the customer', async () => {
    const sandbox = await standingWorld();
    const charge = await payBooked(sandbox);
    const { id } = await sandbox.stripe.refunds.create({ charge: charge.id });
    expect(await refusal(sandbox.stripe.refunds.cancel(id))).toMatchObject({
      statusCode: 400,
      message: 'Canceling this refund is unsupported.',
    });
  });

  it('is listed by charge, payment intent and time, in pages', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const first = await payBooked(sandbox);
    const older = await stripe.refunds.create({ charge: first.id, amount: 100 });
    clock.advance(60_000);
    const second = await payBooked(sandbox);
    const newer = await stripe.refunds.create({ charge: second.id, amount: 200 });
    const newest = await stripe.refunds.create({ charge: second.id, amount: 300 });
    const ids = async (params: Stripe.RefundListParams) =>
      (await stripe.refunds.list(params)).data.map(({ id }) => id);
    expect(await ids({})).toEqual([newest.id, newer.id, older.id]);
    expect(await ids({ charge: second.id })).toEqual([newest.id, newer.id]);
    expect(await ids({ payment_intent: first.payment_intent as string })).toEqual([older.id]);
    expect(await ids({ created: { lt: newer.created } })).toEqual([older.id]);
    expect(await ids({ limit: 1, starting_after: newest.id })).toEqual([newer.id]);
    expect(await ids({ charge: second.id, starting_after: newest.id })).toEqual([newer.id]);
  });
});

describe('a refund that is not possible', () => {
  it('names what is missing or too much in the call', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const charge = await payBooked(sandbox);
    const intent = charge.payment_intent as string;
    expect(await refusal(stripe.refunds.create({}))).toMatchObject({
      statusCode: 400,
      message: 'One of the following params should be provided for this request: payment_intent or charge.',
    });
    expect(await refusal(stripe.refunds.create({ charge: charge.id, payment_intent: intent }))).toMatchObject(
      {
        statusCode: 400,
        message: expect.stringContaining('only specify one of these parameters'),
      },
    );
    expect(await refusal(stripe.refunds.create({ charge: 'ch_x' }))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
    });
    expect(await refusal(stripe.refunds.create({ payment_intent: 'pi_x' }))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    expect(await refusal(stripe.refunds.create({ charge: charge.id, amount: 0 }))).toMatchObject({
      code: 'parameter_invalid_integer',
      param: 'amount',
      message: 'This value must be greater than or equal to 1.',
    });
    expect(
      await refusal(stripe.refunds.create({ charge: charge.id, reason: 'expired_uncaptured_charge' })),
    ).toMatchObject({ statusCode: 400, param: 'reason' });
    expect(await refusal(stripe.refunds.create({ charge: charge.id, reverse_transfer: true }))).toMatchObject(
      {
        statusCode: 501,
      },
    );
    expect(await refusal(stripe.refunds.retrieve('re_x'))).toMatchObject({ statusCode: 404, param: 'id' });
  });

  it('is refused for an intent that was not paid, with the intent in the sentence', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const open = await stripe.paymentIntents.create({ amount: 500, currency: 'usd' });
    const message = (id: string) => `This PaymentIntent (${id}) does not have a successful charge to refund.`;
    expect(await refusal(stripe.refunds.create({ payment_intent: open.id }))).toMatchObject({
      statusCode: 400,
      message: message(open.id),
    });
    const declined = await refusal(payBooked(sandbox, { payment_method: 'pm_card_visa_chargeDeclined' }));
    const { id, latest_charge: failed } = declined.payment_intent!;
    expect(await refusal(stripe.refunds.create({ charge: failed as string }))).toMatchObject({
      message: message(id),
    });
  });

  it('is refused for an authorization, which is canceled instead', async () => {
    const sandbox = await standingWorld();
    const charge = await payBooked(sandbox, { capture_method: 'manual' });
    expect(await refusal(sandbox.stripe.refunds.create({ charge: charge.id }))).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining(
        `This uncaptured Charge was created by a PaymentIntent (${charge.payment_intent}). You must cancel`,
      ),
    });
  });

  it('is remembered by its idempotency key when the charge forbade it', async () => {
    const sandbox = await standingWorld();
    const charge = await payBooked(sandbox);
    await sandbox.stripe.refunds.create({ charge: charge.id });
    const again = () =>
      sandbox.call('POST', '/v1/refunds', `charge=${charge.id}`, { 'Idempotency-Key': 'again' });
    expect((await again()).body.error.code).toBe('charge_already_refunded');
    expect((await again()).headers.get('idempotent-replayed')).toBe('true');
  });
});
