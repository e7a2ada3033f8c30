import type Stripe from 'stripe';
import type { Card, CardChecks, Fact, PaymentFact, PaymentFactKind } from '../../domain/payment.ts';
import { disputeFact } from './disputes.ts';
import { idOf, metadataNames } from './ids.ts';
import { refundFact, refundsOfCharge } from './refunds.ts';

/** The events an endpoint has to be registered for. Everything else is kept and has no effect. */
export const handledEvents = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.canceled',
  'payment_intent.requires_action',
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.succeeded',
  'charge.updated',
  'charge.refunded',
  'charge.refund.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const satisfies readonly Stripe.Event.Type[];

type HandledEvent = Extract<Stripe.Event, { type: (typeof handledEvents)[number] }>;
type AfterSaleEvent = Extract<
  HandledEvent,
  { type: `refund.${string}` | 'charge.refunded' | 'charge.refund.updated' | `charge.dispute.${string}` }
>;

export type Interpreted = { fact: Fact; reason: string } | { fact: null; reason: string };

/**
 * Stripe's event in our words. What can never become untrue (success, cancellation, expiry) is final and may be taken from
 * the event; anything else only tells us to look.
 */
export function factOfEvent(event: Stripe.Event): Interpreted {
  if (!isHandled(event)) return nothing(`${event.type} is not handled`);
  switch (event.type) {
    case 'payment_intent.succeeded':
      return fact(intentFact(event.data.object, 'succeeded', true), event);
    case 'payment_intent.canceled':
      return fact(intentFact(event.data.object, 'canceled', true), event);
    case 'payment_intent.payment_failed':
      return fact(intentFact(event.data.object, 'failed', false), event);
    case 'payment_intent.processing':
      return fact(intentFact(event.data.object, 'processing', false), event);
    case 'payment_intent.requires_action':
      return fact(intentFact(event.data.object, 'requires_action', false), event);
    case 'checkout.session.completed':
      return completedSession(event);
    case 'checkout.session.async_payment_succeeded':
      return fact(sessionFact(event.data.object, 'succeeded', true), event);
    case 'checkout.session.async_payment_failed':
      return fact(sessionFact(event.data.object, 'failed_for_good', true), event);
    case 'checkout.session.expired':
      return fact(sessionFact(event.data.object, 'canceled', true), event);
    case 'charge.succeeded':
    case 'charge.updated':
      return event.data.object.status === 'succeeded'
        ? fact(chargeFact(event.data.object), event)
        : nothing(`the charge is ${event.data.object.status}`);
    default:
      return { fact: factAfterSale(event), reason: '' };
  }
}

/** What happens to money that has arrived. It is not monotone, so these events are only hints. */
function factAfterSale(event: AfterSaleEvent): Fact {
  switch (event.type) {
    case 'charge.refunded':
      return refundsOfCharge(event.data.object);
    case 'charge.refund.updated':
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return { ...refundFact(event.data.object, false), live: event.livemode };
    default:
      return disputeFact(event.data.object, false);
  }
}

function isHandled(event: Stripe.Event): event is HandledEvent {
  return (handledEvents as readonly string[]).includes(event.type);
}

/** Delayed methods complete a session before any money moved; only `paid` counts. */
function completedSession(event: Stripe.CheckoutSessionCompletedEvent): Interpreted {
  const session = event.data.object;
  switch (session.payment_status) {
    case 'paid':
      return fact(sessionFact(session, 'succeeded', true), event);
    case 'unpaid':
      return fact(sessionFact(session, 'processing', false), event);
    default:
      return nothing(`the session is complete with payment_status ${session.payment_status}`);
  }
}

function fact(found: PaymentFact, event: Stripe.Event): Interpreted {
  return { fact: { ...found, live: event.livemode }, reason: '' };
}

function nothing(reason: string): Interpreted {
  return { fact: null, reason };
}

/** What Stripe's object says now, for every status a PaymentIntent can have. */
export function factOfIntent(intent: Stripe.PaymentIntent): PaymentFact {
  return intentFact(intent, kindOfIntent(intent), true);
}

function kindOfIntent(intent: Stripe.PaymentIntent): PaymentFactKind {
  switch (intent.status) {
    case 'succeeded':
      return 'succeeded';
    case 'processing':
      return 'processing';
    case 'canceled':
      return 'canceled';
    case 'requires_action':
      return 'requires_action';
    case 'requires_payment_method':
      return intent.last_payment_error ? 'failed' : 'details';
    case 'requires_confirmation':
    case 'requires_capture':
      return 'details';
    default:
      // A status that this API version does not have: nothing may be concluded from it.
      return 'details';
  }
}

/** What Stripe's object says now, for every status a Checkout Session can have. Needs `payment_intent` expanded. */
export function factOfSession(session: Stripe.Checkout.Session): PaymentFact {
  const intent = session.payment_intent;
  if (session.status === 'expired') return sessionFact(session, 'canceled', true);
  if (intent === null || typeof intent === 'string') return sessionFact(session, 'details', true);
  return { ...factOfIntent(intent), sessionRef: session.id };
}

function intentFact(intent: Stripe.PaymentIntent, kind: PaymentFactKind, final: boolean): PaymentFact {
  const error = intent.last_payment_error;
  return {
    kind,
    final,
    live: intent.livemode,
    ...idsIn(intent.metadata),
    sessionRef: null,
    intentRef: intent.id,
    chargeRef: kind === 'succeeded' ? idOf(intent.latest_charge) : null,
    balanceRef: null,
    amount: kind === 'succeeded' ? intent.amount_received : intent.amount,
    currency: intent.currency,
    card: null,
    failureCode: kind === 'failed' ? (error?.decline_code ?? error?.code ?? null) : null,
  };
}

function sessionFact(session: Stripe.Checkout.Session, kind: PaymentFactKind, final: boolean): PaymentFact {
  return {
    kind,
    final,
    live: session.livemode,
    ...idsIn(session.metadata),
    sessionRef: session.id,
    intentRef: idOf(session.payment_intent),
    chargeRef: null,
    balanceRef: null,
    amount: session.amount_total,
    currency: session.currency,
    card: null,
    failureCode: null,
  };
}

function chargeFact(charge: Stripe.Charge): PaymentFact {
  return {
    kind: 'details',
    final: true,
    live: charge.livemode,
    ...idsIn(charge.metadata),
    sessionRef: null,
    intentRef: idOf(charge.payment_intent),
    chargeRef: charge.id,
    balanceRef: idOf(charge.balance_transaction),
    amount: charge.amount,
    currency: charge.currency,
    card: cardOf(charge),
    failureCode: null,
    checks: checksOf(charge),
  };
}

function checksOf({ payment_method_details: details, outcome }: Stripe.Charge): CardChecks {
  return {
    threeDSecure: details?.card?.three_d_secure?.result ?? null,
    riskLevel: outcome?.risk_level ?? null,
    riskScore: outcome?.risk_score ?? null,
  };
}

function cardOf(charge: Stripe.Charge): Card | null {
  const card = charge.payment_method_details?.card;
  return card?.brand && card.last4 ? { brand: card.brand, last4: card.last4 } : null;
}

/** An attempt counts as named only when all three ids are there. */
function idsIn(metadata: Stripe.Metadata | null): Pick<PaymentFact, 'instanceId' | 'orderId' | 'paymentId'> {
  const instanceId = metadata?.[metadataNames.instance] ?? null;
  const orderId = metadata?.[metadataNames.order] ?? null;
  const paymentId = metadata?.[metadataNames.payment] ?? null;
  return { instanceId, orderId, paymentId };
}
