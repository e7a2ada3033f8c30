import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { disputed, payWith } from './support/disputed.ts';
import { harness, refusal } from './support/harness.ts';
import { manualClock } from './support/manual-clock.ts';
import {
  DISPUTE_DELAY,
  EVENTS_OF_A_PAYMENT,
  eventsAfter,
  previousOf,
  standingWorld,
  typesOfEvents,
} from './support/paid-world.ts';

const DAY = 24 * 3_600_000;

describe('a chargeback', () => {
  it('is opened some time after the charge, and takes the money with a fee', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const charge = await payWith(sandbox, 'createDispute');
    expect((await stripe.charges.retrieve(charge)).disputed).toBe(false);
    clock.advance(DISPUTE_DELAY);
    const [dispute] = (await stripe.disputes.list({ charge })).data;
    expect(dispute).toMatchObject({
      id: expect.stringMatching(/^du_1\w+/),
      amount: 4_200,
      charge,
      reason: 'fraudulent',
      status: 'needs_response',
      is_charge_refundable: false,
      evidence_details: {
        has_evidence: false,
        past_due: false,
        submission_count: 0,
        submission_method: 'not_submitted',
      },
      payment_method_details: {
        card: { brand: 'visa', case_type: 'chargeback', network_reason_code: '10.4' },
        type: 'card',
      },
      balance_transactions: [
        {
          amount: -4_200,
          fee: 1_500,
          net: -5_700,
          type: 'adjustment',
          reporting_category: 'dispute',
          description: `Chargeback withdrawal for ${charge}`,
          source: dispute!.id,
          fee_details: [{ amount: 1_500, description: 'Dispute fee', type: 'stripe_fee' }],
        },
      ],
    });
    const due = new Date(dispute!.evidence_details.due_by! * 1000);
    expect(due.toISOString()).toContain('T23:59:59');
    const events = await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT);
    expect(typesOfEvents(events)).toEqual([
      'charge.dispute.created',
      'charge.dispute.funds_withdrawn',
      'charge.updated',
    ]);
    expect(previousOf(events[2])).toEqual({ disputed: false });
    expect((await stripe.charges.retrieve(charge)).disputed).toBe(true);
  });

  it('says that the product did not come, for its card', async () => {
    const dispute = await disputed(await standingWorld(), 'createDisputeProductNotReceived');
    expect(dispute).toMatchObject({
      reason: 'product_not_received',
      payment_method_details: { card: { network_reason_code: '13.1' } },
    });
  });

  it('comes after the capture, not after the authorization', async () => {
    const sandbox = await standingWorld();
    const charge = await payWith(sandbox, 'createDispute', { capture_method: 'manual' });
    sandbox.clock.advance(60_000);
    const list = () => sandbox.stripe.disputes.list({ charge });
    expect((await list()).data).toEqual([]);
    const { payment_intent } = await sandbox.stripe.charges.retrieve(charge);
    await sandbox.stripe.paymentIntents.capture(payment_intent as string);
    sandbox.clock.advance(DISPUTE_DELAY);
    expect((await list()).data).toHaveLength(1);
  });

  it('keeps the charge from being refunded until it is won', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const { id, charge } = await disputed(sandbox);
    const refund = () => stripe.refunds.create({ charge: charge as string });
    expect(await refusal(refund())).toMatchObject({
      statusCode: 400,
      code: 'charge_disputed',
      message: `Charge ${charge} has been charged back; cannot issue a refund.`,
    });
    await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' } });
    clock.advance(DISPUTE_DELAY);
    expect((await refund()).status).toBe('succeeded');
  });

  it('is won with the right evidence, and the money and the fee come back', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const { id, charge } = await disputed(sandbox);
    const submitted = await stripe.disputes.update(id, {
      evidence: { customer_name: 'Ada', uncategorized_text: 'winning_evidence' },
      metadata: { case: '7' },
    });
    expect(submitted).toMatchObject({
      status: 'under_review',
      evidence: { customer_name: 'Ada', uncategorized_text: 'winning_evidence', receipt: null },
      evidence_details: { has_evidence: true, submission_count: 1, submission_method: 'manual' },
      metadata: { case: '7' },
    });
    clock.advance(DISPUTE_DELAY);
    const won = await stripe.disputes.retrieve(id);
    expect(won).toMatchObject({ status: 'won', is_charge_refundable: true });
    expect(won.balance_transactions).toMatchObject([
      { net: -5_700 },
      {
        amount: 4_200,
        fee: -1_500,
        net: 5_700,
        type: 'adjustment',
        reporting_category: 'dispute_reversal',
        description: `Chargeback reversal for ${charge}`,
      },
    ]);
    const events = await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT + 3);
    expect(typesOfEvents(events)).toEqual([
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
    ]);
    expect(previousOf(events[0])).toMatchObject({
      status: 'needs_response',
      metadata: {},
      evidence: { customer_name: null },
      evidence_details: { submission_count: 0 },
    });
  });

  it('is lost with the wrong evidence, or when it is accepted', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const first = await disputed(sandbox);
    await stripe.disputes.update(first.id, { evidence: { uncategorized_text: 'losing_evidence' } });
    clock.advance(DISPUTE_DELAY);
    expect(await stripe.disputes.retrieve(first.id)).toMatchObject({
      status: 'lost',
      balance_transactions: [{ net: -5_700 }],
    });
    const second = await disputed(sandbox);
    expect((await stripe.disputes.close(second.id)).status).toBe('lost');
    const closed = { statusCode: 400, message: 'This dispute is already closed' };
    expect(await refusal(stripe.disputes.close(second.id))).toMatchObject(closed);
    expect(await refusal(stripe.disputes.update(second.id, { metadata: { a: '1' } }))).toMatchObject(closed);
    const [last] = (await eventsAfter(sandbox, 0)).reverse();
    expect(last).toMatchObject({ type: 'charge.dispute.closed', data: { object: { id: second.id } } });
    expect(await refusal(stripe.refunds.create({ charge: second.charge as string }))).toMatchObject({
      code: 'charge_disputed',
    });
  });

  it('is lost when the time to respond passes without a response', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const answered = await disputed(sandbox);
    await stripe.disputes.update(answered.id, { evidence: { product_description: 'A cup' } });
    const unanswered = await disputed(sandbox);
    clock.advance(10 * DAY);
    expect((await stripe.disputes.retrieve(unanswered.id)).status).toBe('lost');
    expect((await stripe.disputes.retrieve(answered.id)).status).toBe('under_review');
  });
});

describe('disputes', () => {
  it('are listed by charge, payment intent and time', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const older = await disputed(sandbox);
    clock.advance(60_000);
    const newer = await disputed(sandbox);
    const ids = async (params: Stripe.DisputeListParams) =>
      (await stripe.disputes.list(params)).data.map(({ id }) => id);
    expect(await ids({})).toEqual([newer.id, older.id]);
    expect(await ids({ limit: 1, starting_after: newer.id })).toEqual([older.id]);
    expect(await ids({ payment_intent: older.payment_intent as string })).toEqual([older.id]);
    expect(await ids({ created: { gt: older.created } })).toEqual([newer.id]);
    expect(await refusal(stripe.disputes.retrieve('du_x'))).toMatchObject({
      statusCode: 404,
      param: 'dispute',
      message: "No such dispute: 'du_x'",
    });
  });

  it('are opened and decided after a restart from a file, each once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const db = join(folder, 'disputes.db');
    const first = await standingWorld({ db });
    const decided = await disputed(first);
    await first.stripe.disputes.update(decided.id, { evidence: { uncategorized_text: 'winning_evidence' } });
    const charge = await payWith(first, 'createDispute');
    await first.sandbox.close();
    const clock = manualClock(first.clock.now());
    const second = await harness({ db, clock });
    expect((await second.stripe.disputes.list({ charge })).data).toEqual([]);
    clock.advance(2 * DISPUTE_DELAY);
    expect((await second.stripe.disputes.list({ charge })).data).toHaveLength(1);
    expect((await second.stripe.disputes.retrieve(decided.id)).status).toBe('won');
    expect((await second.stripe.disputes.list()).data).toHaveLength(2);
    await rm(folder, { recursive: true });
  });
});
