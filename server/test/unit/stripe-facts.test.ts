import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import type { PaymentFact, PaymentFactKind } from '../../src/domain/payment.ts';
import { factOfEvent, factOfIntent, factOfSession, handledEvents } from '../../src/providers/stripe/facts.ts';

const metadata = { paydesk_order: 'ord_1', paydesk_payment: 'pay_1', paydesk_instance: 'ins_1' };
const ours = { orderId: 'ord_1', paymentId: 'pay_1', instanceId: 'ins_1' };

const intent = {
  id: 'pi_1',
  object: 'payment_intent',
  livemode: false,
  status: 'succeeded',
  amount: 1999,
  amount_received: 1999,
  currency: 'usd',
  latest_charge: 'ch_1',
  last_payment_error: null,
  metadata,
};
const session = {
  id: 'cs_1',
  object: 'checkout.session',
  livemode: false,
  status: 'complete',
  payment_status: 'paid',
  payment_intent: 'pi_1',
  amount_total: 1999,
  currency: 'usd',
  metadata,
};
const charge = {
  id: 'ch_1',
  object: 'charge',
  livemode: false,
  status: 'succeeded',
  amount: 1999,
  currency: 'usd',
  payment_intent: 'pi_1',
  balance_transaction: 'txn_1',
  payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
  metadata,
};

const refund = {
  id: 're_1',
  object: 'refund',
  status: 'succeeded',
  amount: 500,
  currency: 'usd',
  charge: 'ch_1',
  payment_intent: 'pi_1',
  reason: 'requested_by_customer',
  metadata: { paydesk_order: 'ord_1', paydesk_refund: 'ref_1', paydesk_instance: 'ins_1' },
};
const dispute = {
  id: 'dp_1',
  object: 'dispute',
  livemode: false,
  status: 'needs_response',
  amount: 1999,
  currency: 'usd',
  charge: 'ch_1',
  payment_intent: 'pi_1',
  reason: 'fraudulent',
  balance_transactions: [{ amount: -1999 }],
  evidence_details: { due_by: 1_800_000_000 },
  metadata: {},
};

type Row = [type: string, object: object, expected: Partial<PaymentFact>];

const events: Row[] = [
  ['payment_intent.succeeded', intent, { kind: 'succeeded', final: true, amount: 1999, chargeRef: 'ch_1' }],
  ['payment_intent.canceled', intent, { kind: 'canceled', final: true, chargeRef: null }],
  ['payment_intent.payment_failed', intent, { kind: 'failed', final: false, chargeRef: null }],
  ['payment_intent.processing', intent, { kind: 'processing', final: false, chargeRef: null }],
  ['payment_intent.requires_action', intent, { kind: 'requires_action', final: false }],
  [
    'checkout.session.completed',
    session,
    { kind: 'succeeded', final: true, sessionRef: 'cs_1', amount: 1999 },
  ],
  [
    'checkout.session.async_payment_succeeded',
    session,
    { kind: 'succeeded', final: true, intentRef: 'pi_1' },
  ],
  ['checkout.session.async_payment_failed', session, { kind: 'failed_for_good', final: true }],
  ['checkout.session.expired', session, { kind: 'canceled', final: true, sessionRef: 'cs_1' }],
  ['charge.succeeded', charge, { kind: 'details', final: true, card: { brand: 'visa', last4: '4242' } }],
  ['charge.updated', charge, { kind: 'details', final: true, balanceRef: 'txn_1', chargeRef: 'ch_1' }],
];

/** What happens to money that has arrived is not monotone, so that these only tell us to look. */
const hints: [type: string, object: object, expected: object][] = [
  ['charge.refunded', charge, { kind: 'refund', refundRef: null, chargeRef: 'ch_1' }],
  ...['refund.created', 'refund.updated', 'refund.failed', 'charge.refund.updated'].map(
    (type): [string, object, object] => [
      type,
      refund,
      {
        kind: 'refund',
        refundRef: 're_1',
        refundId: 'ref_1',
        orderId: 'ord_1',
        status: 'succeeded',
        amount: 500,
      },
    ],
  ),
  ...['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'].map(
    (word): [string, object, object] => [
      `charge.dispute.${word}`,
      dispute,
      { kind: 'dispute', disputeRef: 'dp_1', status: 'needs_response', funds: 'withdrawn', amount: 1999 },
    ],
  ),
];

describe('an event of Stripe', () => {
  it('is in one of these tables when the endpoint is registered for it', () => {
    const listed = [...events, ...hints].map(([type]) => type);
    expect(listed.toSorted()).toEqual([...handledEvents].toSorted());
  });

  it.each(hints)('%s only tells us to look', (type, object, expected) => {
    const { fact } = factOfEvent(event(type, object));
    expect(fact).toMatchObject({ final: false, intentRef: 'pi_1', ...expected });
  });

  it.each(events)('%s says what it says in our words, about our order', (type, object, expected) => {
    const { fact } = factOfEvent(event(type, object));
    expect(fact).toMatchObject({ ...ours, live: false, currency: 'usd', intentRef: 'pi_1', ...expected });
  });

  it.each(events)('%s carries the mode of the event, not of the object', (type, object) => {
    const { fact } = factOfEvent({ ...event(type, object), livemode: true } as Stripe.Event);
    expect(fact?.live).toBe(true);
  });

  it.each([
    ['paid', 'succeeded', true],
    ['unpaid', 'processing', false],
    ['no_payment_required', null, null],
  ])('checkout.session.completed with payment_status %s: %s', (payment_status, kind, final) => {
    const { fact, reason } = factOfEvent(event('checkout.session.completed', { ...session, payment_status }));
    expect(fact?.kind ?? null).toBe(kind);
    expect(fact?.final ?? null).toBe(final);
    expect(reason).toBe(
      kind === null ? 'the session is complete with payment_status no_payment_required' : '',
    );
  });

  it.each(['charge.succeeded', 'charge.updated'])('%s counts only for a charge that succeeded', (type) => {
    for (const status of ['failed', 'pending']) {
      expect(factOfEvent(event(type, { ...charge, status }))).toEqual({
        fact: null,
        reason: `the charge is ${status}`,
      });
    }
  });

  it.each(['charge.captured', 'customer.created', 'payment_intent.created', '__proto__', 'toString', ''])(
    '%j is kept without effect, with the reason',
    (type) => {
      expect(factOfEvent(event(type, intent))).toEqual({ fact: null, reason: `${type} is not handled` });
    },
  );

  it('names no order of ours when its metadata is somebody else’s or missing', () => {
    for (const foreign of [null, {}, { order: 'ord_1' }]) {
      const { fact } = factOfEvent(event('payment_intent.succeeded', { ...intent, metadata: foreign }));
      expect(fact).toMatchObject({ orderId: null, paymentId: null, instanceId: null });
    }
  });

  it('says how much was received, not how much was asked for', () => {
    const { fact } = factOfEvent(event('payment_intent.succeeded', { ...intent, amount_received: 1 }));
    expect(fact?.amount).toBe(1);
  });

  it.each([
    [{ code: 'card_declined', decline_code: 'insufficient_funds' }, 'insufficient_funds'],
    [{ code: 'expired_card' }, 'expired_card'],
    [{}, null],
    [null, null],
  ])('payment_intent.payment_failed because of %j is told as %s', (last_payment_error, code) => {
    const { fact } = factOfEvent(event('payment_intent.payment_failed', { ...intent, last_payment_error }));
    expect(fact).toMatchObject({ failureCode: code });
  });

  it('takes an expanded object for its id, and a charge without a card for one without a card', () => {
    const expanded = { ...charge, payment_intent: { id: 'pi_2' }, balance_transaction: { id: 'txn_2' } };
    const without = { ...expanded, payment_method_details: { type: 'klarna' } };
    expect(factOfEvent(event('charge.updated', without)).fact).toMatchObject({
      intentRef: 'pi_2',
      balanceRef: 'txn_2',
      card: null,
    });
  });
});

describe('what a PaymentIntent is now', () => {
  const statuses: Record<Stripe.PaymentIntent.Status, PaymentFactKind> = {
    requires_payment_method: 'details',
    requires_confirmation: 'details',
    requires_action: 'requires_action',
    requires_capture: 'details',
    processing: 'processing',
    succeeded: 'succeeded',
    canceled: 'canceled',
  };

  it.each(Object.entries(statuses))('in status %s means %s', (status, kind) => {
    expect(factOfIntent(intentIn({ status }))).toMatchObject({
      kind,
      final: true,
      intentRef: 'pi_1',
      ...ours,
    });
  });

  it('has failed when it asks for another way of paying after an error', () => {
    const last_payment_error = { code: 'card_declined', decline_code: 'lost_card' };
    const fact = factOfIntent(intentIn({ status: 'requires_payment_method', last_payment_error }));
    expect(fact).toMatchObject({ kind: 'failed', failureCode: 'lost_card' });
  });

  it('means nothing in a status this version does not have', () => {
    expect(factOfIntent(intentIn({ status: 'paid_by_pigeon' })).kind).toBe('details');
  });
});

describe('what a Checkout Session is now', () => {
  it.each([
    ['expired', 'canceled'],
    ['open', 'processing'],
    ['complete', 'processing'],
  ])('in status %s with a processing intent means %s', (status, kind) => {
    const now = { ...session, status, payment_intent: { ...intent, status: 'processing' } };
    expect(factOfSession(now as unknown as Stripe.Checkout.Session)).toMatchObject({
      kind,
      sessionRef: 'cs_1',
      intentRef: 'pi_1',
    });
  });

  it.each([null, 'pi_1'])('without its intent (%s) is only a hint', (payment_intent) => {
    const now = { ...session, status: 'open', payment_intent };
    expect(factOfSession(now as unknown as Stripe.Checkout.Session).kind).toBe('details');
  });
});

function event(type: string, object: object): Stripe.Event {
  return { id: 'evt_1', type, livemode: false, data: { object } } as unknown as Stripe.Event;
}

function intentIn(change: object): Stripe.PaymentIntent {
  return { ...intent, ...change } as unknown as Stripe.PaymentIntent;
}
