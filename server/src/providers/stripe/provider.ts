import type Stripe from 'stripe';
import type { PaymentProvider, PaymentRefs } from '../../app/ports.ts';
import { asking, type ClientSettings, type StripeClient, stripeClient } from './client.ts';
import { lookAtDispute } from './disputes.ts';
import { factOfIntent, factOfSession } from './facts.ts';
import { stripeHealth } from './health.ts';
import { findMade } from './payables.ts';
import {
  cancelIntent,
  createIntent,
  createSession,
  expireSession,
  resumeIntent,
  resumeSession,
} from './payments.ts';
import { stripeRecords } from './records.ts';
import { createRefund, lookAtRefund, refundsOf } from './refunds.ts';
import { interpret, readSigned, withoutSecrets } from './webhook.ts';

export type StripeSettings = ClientSettings & {
  webhookSecret: string;
  live: boolean;
  /** Where payments can be looked at, without the id. Of real money only operators see that. */
  dashboardBase: string | null;
};

/** Takes money through Stripe, by PaymentIntent on our page or by Checkout Session on Stripe's. */
export function stripeProvider(settings: StripeSettings): PaymentProvider {
  const stripe = stripeClient(settings);
  return {
    name: 'stripe',
    flows: ['hosted', 'elements'],
    live: settings.live,
    anyAmount: false,
    byHand: false,
    start: (payment) =>
      payment.flow === 'hosted' ? createSession(stripe, payment) : createIntent(stripe, payment),
    resume: (refs) => byKind(refs, resumeSession, resumeIntent)(stripe),
    close: (refs) => byKind(refs, expireSession, cancelIntent)(stripe),
    find: (payment, since) => findMade(stripe, payment, since),
    look: (refs) => byKind(refs, lookAtSession, lookAtIntent)(stripe),
    refund: (refund) => createRefund(stripe, refund),
    lookRefund: (ref) => lookAtRefund(stripe, ref),
    refundsOf: (refs) => refundsOf(stripe, refs),
    lookDispute: (ref) => lookAtDispute(stripe, ref),
    records: stripeRecords(stripe),
    health: stripeHealth(stripe),
    dashboardUrl: ({ intentRef }, reader) =>
      settings.dashboardBase === null || intentRef === null || (settings.live && reader === 'customer')
        ? null
        : `${settings.dashboardBase}/${intentRef}`,
    readEvent: (notification, now) => readSigned(stripe.webhooks, settings.webhookSecret, notification, now),
    withoutSecrets,
    readStored: (payload) => interpret(JSON.parse(payload) as Stripe.Event),
  };
}

/** A payment on Stripe's page is asked about and ended through its session, every other through its intent. */
function byKind<T>(
  refs: PaymentRefs,
  session: (stripe: StripeClient, id: string) => Promise<T>,
  intent: (stripe: StripeClient, id: string) => Promise<T>,
): (stripe: StripeClient) => Promise<T> {
  const { sessionRef, intentRef } = refs;
  if (sessionRef !== null) return (stripe) => session(stripe, sessionRef);
  if (intentRef !== null) return (stripe) => intent(stripe, intentRef);
  throw new Error('a payment without any id of Stripe');
}

async function lookAtIntent(stripe: StripeClient, id: string) {
  return factOfIntent(await asking(() => stripe.paymentIntents.retrieve(id)));
}

async function lookAtSession(stripe: StripeClient, id: string) {
  return factOfSession(
    await asking(() => stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })),
  );
}
