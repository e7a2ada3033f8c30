import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { harness, refusal, withoutRedirects } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';
import {
  EVENTS_OF_A_PAYMENT,
  eventsAfter,
  payBooked,
  previousOf,
  standingWorld,
  typesOfEvents,
} from './support/paid-world.ts';

const REFUND_DELAY = 3_000;

describe('refunds at the same time', () => {
  it('thirty of one charge never exceed it', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const charge = await payBooked(sandbox);
    const attempts = Array.from({ length: 30 }, (_, index) =>
      stripe.refunds.create({ charge: charge.id, amount: 700 }, { idempotencyKey: `refund-${index}` }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(14);
    expect((await stripe.charges.retrieve(charge.id)).amount_refunded).toBe(9_800);
  });

  it('with one key are one refund', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const charge = await payBooked(sandbox);
    const refund = () =>
      stripe.refunds.create({ charge: charge.id, amount: 700 }, { idempotencyKey: 'refund-1' });
    const [first, second] = [await refund(), await refund()];
    expect(second.id).toBe(first.id);
    expect((await stripe.refunds.list({ charge: charge.id })).data).toHaveLength(1);
  });
});

describe('test cards for refunds', () => {
  it('4000000000007726 is pending first and succeeds later', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const charge = await payBooked(sandbox, { payment_method: 'pm_card_pendingRefund' });
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 1_000 });
    expect(refund).toMatchObject({
      status: 'pending',
      pending_reason: 'processing',
      destination_details: { card: { type: 'pending' }, type: 'card' },
    });
    expect((await stripe.charges.retrieve(charge.id)).amount_refunded).toBe(1_000);
    clock.advance(REFUND_DELAY - 1);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('pending');
    clock.advance(1);
    const settled = await stripe.refunds.retrieve(refund.id);
    expect(settled.status).toBe('succeeded');
    expect(settled).not.toHaveProperty('pending_reason');
    const events = await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT);
    expect(typesOfEvents(events)).toEqual([
      'refund.created',
      'charge.refunded',
      'refund.updated',
      'charge.refund.updated',
    ]);
    expect(previousOf(events[2])).toMatchObject({ status: 'pending', pending_reason: 'processing' });
  });

  it('4000000000005126 succeeds first, and fails later with the money back', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const charge = await payBooked(sandbox, { payment_method: 'pm_card_refundFail' });
    const refund = await stripe.refunds.create({ charge: charge.id });
    expect(refund.status).toBe('succeeded');
    expect((await stripe.charges.retrieve(charge.id)).refunded).toBe(true);
    clock.advance(REFUND_DELAY);
    const failed = await stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] });
    expect(failed).toMatchObject({
      status: 'failed',
      failure_reason: 'expired_or_canceled_card',
      failure_balance_transaction: {
        amount: 10_000,
        net: 10_000,
        type: 'refund_failure',
        source: refund.id,
      },
    });
    expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 0, refunded: false });
    const events = await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT);
    expect(typesOfEvents(events)).toEqual([
      'refund.created',
      'charge.refunded',
      'refund.failed',
      'refund.updated',
      'charge.refund.updated',
    ]);
    expect(previousOf(events[4])).toEqual({
      failure_balance_transaction: null,
      failure_reason: null,
      status: 'succeeded',
    });
    expect((await stripe.refunds.create({ charge: charge.id })).amount).toBe(10_000);
  });

  it('a SEPA debit is refunded by a transfer, which is pending first', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const intent = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'eur',
      confirm: true,
      automatic_payment_methods: withoutRedirects,
      payment_method_data: {
        type: 'sepa_debit',
        sepa_debit: { iban: 'AT611904300234573201' },
        billing_details: { name: 'Ada', email: 'ada@example.org' },
      },
    });
    const early = await refusal(stripe.refunds.create({ payment_intent: intent.id }));
    expect(early.message).toContain('does not have a successful charge');
    clock.advance(1_000);
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe('pending');
    expect(refund).not.toHaveProperty('destination_details');
    clock.advance(REFUND_DELAY);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
  });

  it('settle after a restart from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const db = join(folder, 'refunds.db');
    const first = await standingWorld({ db });
    const charge = await payBooked(first, { payment_method: 'pm_card_pendingRefund' });
    const { id } = await first.stripe.refunds.create({ charge: charge.id });
    await first.sandbox.close();
    const clock = manualClock(first.clock.now());
    const second = await harness({ db, clock });
    expect((await second.stripe.refunds.retrieve(id)).status).toBe('pending');
    clock.advance(REFUND_DELAY);
    expect((await second.stripe.refunds.retrieve(id)).status).toBe('succeeded');
    expect((await second.stripe.refunds.list({ charge: charge.id })).data).toHaveLength(1);
    await rm(folder, { recursive: true });
  });
});

describe('what an authorization does not take', () => {
  it('goes back as a reversal when the intent is canceled', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const charge = await payBooked(sandbox, { capture_method: 'manual' });
    await stripe.paymentIntents.cancel(charge.payment_intent as string);
    const released = await stripe.charges.retrieve(charge.id, { expand: ['refunds'] });
    expect(released).toMatchObject({
      captured: false,
      amount_captured: 0,
      amount_refunded: 10_000,
      refunded: true,
      balance_transaction: null,
    });
    expect(released.refunds?.data).toMatchObject([
      {
        amount: 10_000,
        balance_transaction: null,
        destination_details: { card: { type: 'reversal' } },
        status: 'succeeded',
      },
    ]);
    expect(typesOfEvents(await eventsAfter(sandbox, 3))).toEqual([
      'refund.created',
      'charge.refunded',
      'payment_intent.canceled',
    ]);
    expect((await refusal(stripe.refunds.create({ charge: charge.id }))).message).toContain(
      'does not have a successful charge to refund',
    );
    expect((await stripe.balanceTransactions.list()).data).toEqual([]);
  });

  it('goes back when a part is captured, and only the captured part can be refunded', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const charge = await payBooked(sandbox, { capture_method: 'manual' });
    await stripe.paymentIntents.capture(charge.payment_intent as string, { amount_to_capture: 7_000 });
    const captured = await stripe.charges.retrieve(charge.id, {
      expand: ['refunds', 'balance_transaction'],
    });
    expect(captured).toMatchObject({
      amount: 10_000,
      amount_captured: 7_000,
      amount_refunded: 3_000,
      refunded: false,
      balance_transaction: { amount: 7_000 },
    });
    expect(captured.refunds?.data).toMatchObject([{ amount: 3_000, balance_transaction: null }]);
    expect(typesOfEvents(await eventsAfter(sandbox, 3))).toEqual([
      'charge.captured',
      'payment_intent.succeeded',
    ]);
    expect((await refusal(stripe.refunds.create({ charge: charge.id, amount: 7_001 }))).message).toContain(
      '($70.00)',
    );
    expect((await stripe.refunds.create({ charge: charge.id })).amount).toBe(7_000);
    expect((await stripe.charges.retrieve(charge.id)).refunded).toBe(true);
  });
});

describe('the older calls', () => {
  it('refund a charge, answer with it, and list its refunds', async () => {
    const sandbox = await standingWorld();
    const { call } = sandbox;
    const charge = await payBooked(sandbox);
    const path = `/v1/charges/${charge.id}`;
    const older = await call('POST', `${path}/refund`, 'amount=300');
    expect(older.body).toMatchObject({ id: charge.id, object: 'charge', amount_refunded: 300 });
    const newer = await call('POST', `${path}/refunds`, 'amount=200');
    expect(newer.body).toMatchObject({ object: 'refund', amount: 200 });
    const list = await call('GET', `${path}/refunds?limit=1`);
    expect(list.body).toMatchObject({ has_more: true, url: `${path}/refunds`, data: [{ amount: 200 }] });
    const one = await call('GET', `${path}/refunds/${newer.body.id}`);
    expect(one.body.id).toBe(newer.body.id);
    const changed = await call('POST', `${path}/refunds/${newer.body.id}`, 'metadata[a]=1');
    expect(changed.body.metadata).toEqual({ a: '1' });
    const other = await call('GET', `/v1/charges/ch_x/refunds/${newer.body.id}`);
    expect(other).toMatchObject({ status: 404, body: { error: { param: 'refund' } } });
    expect((await call('GET', '/v1/charges/ch_x/refunds')).status).toBe(404);
  });
});

describe('a charge without a payment intent', () => {
  it('is refunded like any other once it is captured', async () => {
    const { stripe, call, clock } = await standingWorld();
    const { body } = await call('POST', '/v1/charges', 'amount=1000&currency=usd&source=tok_visa');
    const refund = await stripe.refunds.create({ charge: body.id, amount: 300 });
    expect(refund).toMatchObject({ amount: 300, payment_intent: null, status: 'succeeded' });
    clock.advance(REFUND_DELAY);
    expect((await stripe.charges.retrieve(body.id)).amount_refunded).toBe(300);
  });

  it('is reversed as a whole, and never in part, while it is only authorized', async () => {
    const { stripe, call } = await standingWorld();
    const form = 'amount=1000&currency=usd&source=tok_visa&capture=false';
    const charge = (await call('POST', '/v1/charges', form)).body.id;
    const part = await refusal(stripe.refunds.create({ charge, amount: 300 }));
    expect(part).toMatchObject({ statusCode: 400, param: 'amount' });
    expect(part.message).toContain('cannot partially refund an uncaptured charge');
    const whole = await stripe.refunds.create({ charge });
    expect(whole).toMatchObject({
      amount: 1_000,
      balance_transaction: null,
      destination_details: { card: { type: 'reversal' } },
    });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ captured: false, refunded: true });
    expect((await refusal(stripe.refunds.create({ charge }))).statusCode).toBe(400);
  });
});
