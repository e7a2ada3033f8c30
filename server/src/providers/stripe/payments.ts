import type Stripe from 'stripe';
import type { FrozenPayment, NextStep, PaymentRefs, Resumed } from '../../app/ports.ts';
import { asking, refusalCode, type StripeClient } from './client.ts';
import { idOf, metadataNames } from './ids.ts';

/** S1 for the Payment Element. Never confirms: an intent that nobody confirmed cannot move money. */
export async function createIntent(
  stripe: StripeClient,
  payment: FrozenPayment,
): Promise<PaymentRefs & { next: NextStep }> {
  const intent = await asking(() =>
    stripe.paymentIntents.create(
      {
        amount: payment.amount,
        currency: payment.currency,
        description: `Order ${payment.orderNumber}`,
        metadata: metadataOf(payment),
      },
      { idempotencyKey: `pi:create:${payment.paymentId}` },
    ),
  );
  return { sessionRef: null, intentRef: intent.id, next: secretOf(intent) };
}

/** S1 for Stripe's page. The session and the intent it will make carry our ids both. */
export async function createSession(
  stripe: StripeClient,
  payment: FrozenPayment,
): Promise<PaymentRefs & { next: NextStep }> {
  const metadata = metadataOf(payment);
  const session = await asking(() =>
    stripe.checkout.sessions.create(
      {
        mode: 'payment',
        line_items: payment.lines.map((line) => lineItem(line, payment.currency)),
        client_reference_id: payment.orderId,
        customer_email: payment.email,
        metadata,
        payment_intent_data: { metadata, description: `Order ${payment.orderNumber}` },
        success_url: `${payment.successUrl}&session_id={CHECKOUT_SESSION_ID}`,
        cancel_url: payment.cancelUrl,
        expires_at: Math.floor(payment.expiresAt / 1_000),
      },
      { idempotencyKey: `cs:create:${payment.paymentId}` },
    ),
  );
  return { sessionRef: session.id, intentRef: idOf(session.payment_intent), next: urlOf(session) };
}

export async function resumeIntent(stripe: StripeClient, id: string): Promise<Resumed> {
  const intent = await asking(() => stripe.paymentIntents.retrieve(id));
  switch (intent.status) {
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
      return { state: 'payable', next: secretOf(intent) };
    case 'canceled':
      return { state: 'closed' };
    default:
      return { state: 'taken' };
  }
}

export async function resumeSession(stripe: StripeClient, id: string): Promise<Resumed> {
  const session = await asking(() => stripe.checkout.sessions.retrieve(id));
  if (session.status === 'open') return { state: 'payable', next: urlOf(session) };
  return { state: session.status === 'expired' ? 'closed' : 'taken' };
}

/**
 * Cancels an intent. Canceling twice is the same as once, so each call has a key of its own (the SDK's): under a fixed key
 * a refusal of today ("it is processing") would be replayed tomorrow, when canceling would work.
 */
export async function cancelIntent(stripe: StripeClient, id: string): Promise<'closed' | 'taken'> {
  try {
    await asking(() => stripe.paymentIntents.cancel(id));
    return 'closed';
  } catch (error) {
    if (refusalCode(error) === null) throw error;
    const intent = await asking(() => stripe.paymentIntents.retrieve(id));
    return intent.status === 'canceled' ? 'closed' : 'taken';
  }
}

/** Expires a session. Its intent cannot be canceled directly; Stripe cancels it with the session. */
export async function expireSession(stripe: StripeClient, id: string): Promise<'closed' | 'taken'> {
  try {
    await asking(() => stripe.checkout.sessions.expire(id));
    return 'closed';
  } catch (error) {
    if (refusalCode(error) === null) throw error;
    const session = await asking(() => stripe.checkout.sessions.retrieve(id));
    return session.status === 'expired' ? 'closed' : 'taken';
  }
}

function metadataOf(payment: FrozenPayment): Record<string, string> {
  return {
    [metadataNames.order]: payment.orderId,
    [metadataNames.payment]: payment.paymentId,
    [metadataNames.instance]: payment.instanceId,
  };
}

function lineItem(
  line: FrozenPayment['lines'][number],
  currency: string,
): Stripe.Checkout.SessionCreateParams.LineItem {
  return {
    quantity: line.quantity,
    price_data: {
      currency,
      unit_amount: line.unitAmount,
      product_data: {
        name: line.name,
        ...(line.description !== null && { description: line.description }),
        ...(line.imageUrl !== null && { images: [line.imageUrl] }),
      },
    },
  };
}

function secretOf(intent: Stripe.PaymentIntent): NextStep {
  return intent.client_secret === null ? {} : { clientSecret: intent.client_secret };
}

function urlOf(session: Stripe.Checkout.Session): NextStep {
  return session.url === null ? {} : { url: session.url };
}
