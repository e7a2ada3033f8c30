import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { disputed, payWith } from './support/disputed.ts';
import { refusal } from './support/harness.ts';
import {
  DISPUTE_DELAY,
  EVENTS_OF_A_PAYMENT,
  eventsAfter,
  standingWorld,
  typesOfEvents,
} from './support/paid-world.ts';

describe('evidence', () => {
  it('may be staged, completed and submitted once', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const { id } = await disputed(sandbox);
    const staged = await stripe.disputes.update(id, { evidence: { customer_name: 'Ada' }, submit: false });
    expect(staged).toMatchObject({
      status: 'needs_response',
      evidence_details: { has_evidence: true, submission_count: 0 },
    });
    const noted = await stripe.disputes.update(id, { metadata: { case: '7' } });
    expect(noted.status).toBe('needs_response');
    const submitted = await stripe.disputes.update(id, { submit: true });
    expect(submitted).toMatchObject({ status: 'under_review', evidence: { customer_name: 'Ada' } });
    const more = stripe.disputes.update(id, { evidence: { customer_name: 'Eve' } });
    expect(await refusal(more)).toMatchObject({ statusCode: 400 });
    const changed = await stripe.disputes.update(id, { metadata: { case: '' } });
    expect(changed).toMatchObject({ status: 'under_review', metadata: {} });
  });

  it('is refused where the sandbox has nothing for it, or there is too much', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    const { id } = await disputed(sandbox);
    const give = (evidence: Stripe.DisputeUpdateParams.Evidence) =>
      refusal(stripe.disputes.update(id, { evidence }));
    expect(await give({ receipt: 'file_1' })).toMatchObject({
      statusCode: 501,
      message: expect.stringContaining('evidence[receipt]'),
    });
    expect(await give({ customer_name: 'x'.repeat(20_001) })).toMatchObject({ statusCode: 400 });
    const long = 'x'.repeat(20_000);
    const names = [
      'access_activity_log',
      'billing_address',
      'cancellation_rebuttal',
      'customer_name',
    ] as const;
    const others = ['product_description', 'service_date', 'shipping_address', 'shipping_date'] as const;
    const all = Object.fromEntries([...names, ...others].map((name) => [name, long]));
    expect(await give(all)).toMatchObject({ statusCode: 400, param: 'evidence' });
    expect((await stripe.disputes.retrieve(id)).evidence_details.has_evidence).toBe(false);
    const smart = stripe.disputes.update(id, { intended_submission_method: 'smart_disputes' });
    expect(await refusal(smart)).toMatchObject({ statusCode: 501 });
    const manual = await stripe.disputes.update(id, { intended_submission_method: 'manual' });
    expect(manual).toMatchObject({ intended_submission_method: 'manual', status: 'needs_response' });
  });
});

describe('an inquiry', () => {
  it('takes no money, lets the charge be refunded, and is closed without a chargeback', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const { id, charge, ...inquiry } = await disputed(sandbox, 'createDisputeInquiry');
    expect(inquiry).toMatchObject({
      status: 'warning_needs_response',
      balance_transactions: [],
      is_charge_refundable: true,
      payment_method_details: { card: { case_type: 'inquiry' } },
    });
    const refund = await stripe.refunds.create({ charge: charge as string, amount: 1_000 });
    const answer = await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' } });
    expect(answer.status).toBe('warning_under_review');
    clock.advance(DISPUTE_DELAY);
    expect(await stripe.disputes.retrieve(id)).toMatchObject({
      status: 'warning_closed',
      balance_transactions: [],
    });
    clock.advance(10_000);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('succeeded');
    const types = typesOfEvents(await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT));
    expect(types.slice(0, 2)).toEqual(['charge.dispute.created', 'charge.updated']);
    expect(types).not.toContain('charge.dispute.funds_withdrawn');
    expect(types).toContain('charge.dispute.closed');
  });

  it('becomes a chargeback when it escalates, and a refund made meanwhile fails', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const { id, charge } = await disputed(sandbox, 'createDisputeInquiry');
    const refund = await stripe.refunds.create({ charge: charge as string, amount: 1_000 });
    const text = 'escalate_inquiry_evidence';
    await stripe.disputes.update(id, { evidence: { uncategorized_text: text } });
    clock.advance(DISPUTE_DELAY);
    expect(await stripe.disputes.retrieve(id)).toMatchObject({
      status: 'needs_response',
      is_charge_refundable: false,
      balance_transactions: [{ amount: -4_200, net: -5_700 }],
      payment_method_details: { card: { case_type: 'chargeback', network_reason_code: '10.4' } },
    });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'charge_for_pending_refund_disputed',
    });
    expect((await stripe.charges.retrieve(charge as string)).amount_refunded).toBe(0);
    clock.advance(10_000);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
    const won = await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' } });
    expect(won.evidence_details.submission_count).toBe(2);
  });
});

describe('the other cards of disputes', () => {
  it('dispute a charge twice, for all of it together', async () => {
    const sandbox = await standingWorld();
    const charge = await payWith(sandbox, 'createMultipleDisputes', { amount: 4_201 });
    sandbox.clock.advance(DISPUTE_DELAY);
    const { data } = await sandbox.stripe.disputes.list({ charge });
    expect(data.map(({ amount }) => amount)).toEqual([2_100, 2_101]);
    const types = typesOfEvents(await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT));
    expect(types.filter((type) => type === 'charge.updated')).toHaveLength(1);
  });

  it('tell for which enhanced evidence they are eligible', async () => {
    const sandbox = await standingWorld();
    const { stripe } = sandbox;
    expect(await disputed(sandbox, 'createCe3EligibleDispute')).toMatchObject({
      enhanced_eligibility_types: ['visa_compelling_evidence_3'],
      evidence_details: {
        enhanced_eligibility: { visa_compelling_evidence_3: { status: 'requires_action' } },
      },
    });
    const compliance = await disputed(sandbox, 'createComplianceDispute');
    expect(compliance).toMatchObject({
      reason: 'noncompliant',
      enhanced_eligibility_types: ['visa_compliance'],
      payment_method_details: { card: { case_type: 'compliance' } },
    });
    const acknowledged = await stripe.disputes.update(compliance.id, {
      evidence: { enhanced_evidence: { visa_compliance: { fee_acknowledged: true } } },
      submit: false,
    });
    expect(acknowledged).toMatchObject({
      evidence: { enhanced_evidence: { visa_compliance: { fee_acknowledged: true } } },
      evidence_details: {
        enhanced_eligibility: { visa_compliance: { status: 'fee_acknowledged' } },
        has_evidence: true,
      },
    });
  });
});

describe('an early fraud warning', () => {
  it('follows the charge, is listed, and calls for nothing once the charge is refunded', async () => {
    const sandbox = await standingWorld();
    const { stripe, clock } = sandbox;
    const charge = await payWith(sandbox, 'createIssuerFraudRecord');
    clock.advance(DISPUTE_DELAY);
    const { data } = await stripe.radar.earlyFraudWarnings.list({ charge });
    expect(data).toMatchObject([
      {
        id: expect.stringMatching(/^issfr_1/),
        object: 'radar.early_fraud_warning',
        actionable: true,
        fraud_type: 'made_with_stolen_card',
      },
    ]);
    const { id } = data[0]!;
    const expanded = await stripe.radar.earlyFraudWarnings.retrieve(id, { expand: ['charge'] });
    expect((expanded.charge as Stripe.Charge).id).toBe(charge);
    expect((await stripe.disputes.list()).data).toEqual([]);
    await stripe.refunds.create({ charge, reason: 'fraudulent' });
    expect((await stripe.radar.earlyFraudWarnings.retrieve(id)).actionable).toBe(false);
    const events = await eventsAfter(sandbox, EVENTS_OF_A_PAYMENT);
    expect(typesOfEvents(events)).toEqual([
      'radar.early_fraud_warning.created',
      'refund.created',
      'charge.refunded',
      'radar.early_fraud_warning.updated',
    ]);
    expect(await refusal(stripe.radar.earlyFraudWarnings.retrieve('issfr_x'))).toMatchObject({
      statusCode: 404,
    });
  });
});
