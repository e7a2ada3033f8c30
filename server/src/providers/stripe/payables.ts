import type Stripe from 'stripe';
import type { FrozenPayment, PayableRecord, PaymentRefs } from '../../app/ports.ts';
import type { StripeClient } from './client.ts';
import { idOf, metadataNames } from './ids.ts';
import { createdSince, each } from './pages.ts';

/** Of this many newest objects the one is sought that an unanswered call may have made. */
const mostSought = 1_000;

/** What was made for this attempt by a call whose answer was lost; null when nothing was. */
export async function findMade(
  stripe: StripeClient,
  payment: FrozenPayment,
  since: number,
): Promise<PaymentRefs | null> {
  let sought = 0;
  for await (const made of payment.flow === 'hosted' ? sessions(stripe, since) : intents(stripe, since)) {
    if (made.metadata?.[metadataNames.payment] === payment.paymentId) return refsOf(made);
    sought += 1;
    if (sought === mostSought) return null;
  }
  return null;
}

/** What a customer could still pay, whoever knows of it. An intent that a session made is ended with its session. */
export async function* payables(stripe: StripeClient, since: number): AsyncGenerator<PayableRecord> {
  for await (const session of sessions(stripe, since))
    if (session.status === 'open') yield payableRecord(session);
  for await (const intent of intents(stripe, since))
    if (intent.status.startsWith('requires_')) yield payableRecord(intent);
}

type Made = Stripe.PaymentIntent | Stripe.Checkout.Session;

function intents(stripe: StripeClient, since: number): AsyncGenerator<Stripe.PaymentIntent> {
  const created = createdSince(since);
  return each((page) => stripe.paymentIntents.list({ created, ...page }));
}

function sessions(stripe: StripeClient, since: number): AsyncGenerator<Stripe.Checkout.Session> {
  const created = createdSince(since);
  return each((page) => stripe.checkout.sessions.list({ created, ...page }));
}

function payableRecord(made: Made): PayableRecord {
  return {
    refs: refsOf(made),
    instanceId: made.metadata?.[metadataNames.instance] ?? null,
    paymentId: made.metadata?.[metadataNames.payment] ?? null,
    createdAt: made.created * 1_000,
  };
}

function refsOf(made: Made): PaymentRefs {
  return made.object === 'checkout.session'
    ? { sessionRef: made.id, intentRef: idOf(made.payment_intent) }
    : { sessionRef: null, intentRef: made.id };
}
