import type { StartedPayment } from '@paydesk/contract/payments';
import type { Person } from './client.ts';

/** Stripe's test payment methods, by what happens to them. */
export const cards = {
  good: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  asks: 'pm_card_threeDSecure2Required',
  disputed: 'pm_card_createDispute',
  inquired: 'pm_card_createDisputeInquiry',
  refundPending: 'pm_card_pendingRefund',
  refundFails: 'pm_card_refundFail',
} as const;

type Intent = {
  id: string;
  status: string;
  next_action: null | { use_stripe_sdk?: { stripe_js?: string }; redirect_to_url?: { url: string } };
};
type Page = { payment_intent: Intent | null };

/** Pays as stripe.js or Stripe's page does; answers the status that the payment has then, or null when it was refused. */
export async function payWith(
  person: Person,
  started: StartedPayment,
  card: string,
  bankSays: 'pass' | 'fail' | 'nothing' = 'pass',
): Promise<string | null> {
  const intent = started.url
    ? await onPage(person, started.url, card)
    : await inElement(person, started, card);
  if (intent?.status !== 'requires_action' || bankSays === 'nothing') return intent?.status ?? null;
  const address = intent.next_action?.use_stripe_sdk?.stripe_js ?? intent.next_action?.redirect_to_url?.url;
  const token = address ? new URL(address).searchParams.get('token') : null;
  if (token === null) throw new Error(`${intent.id} asks for an action that is not known here`);
  await person.stripe('POST', `/_sandbox/3ds/${intent.id}`, { token, outcome: bankSays });
  return bankSays === 'pass' ? 'succeeded' : 'requires_payment_method';
}

async function inElement(person: Person, started: StartedPayment, card: string): Promise<Intent | null> {
  const id = started.payment.reference;
  if (id === null || started.clientSecret === undefined) return null;
  const reply = await person.stripe<Intent>('POST', `/v1/payment_intents/${id}/confirm`, {
    client_secret: started.clientSecret,
    payment_method: card,
    return_url: person.world.url,
    use_stripe_sdk: 'true',
  });
  return reply.status === 200 ? reply.body : null;
}

async function onPage(person: Person, url: string, card: string): Promise<Intent | null> {
  const session = /\/c\/pay\/(cs_\w+)/.exec(url)?.[1];
  if (session === undefined) throw new Error(`not a page of the sandbox: ${url}`);
  const reply = await person.stripe<Page>('POST', `/v1/payment_pages/${session}/confirm`, {
    payment_method: card,
  });
  return reply.status === 200 ? reply.body.payment_intent : null;
}
