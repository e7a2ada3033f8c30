import type { PaymentIntent, Stripe, StripeElements, StripeError } from '@stripe/stripe-js';

export type BillingDetails = {
  name: string;
  email: string;
  phone: string;
  address: {
    line1: string;
    line2: string;
    city: string;
    state: string;
    postal_code: string;
    country: string;
  };
};

export type Confirmation = {
  stripe: Stripe;
  elements: StripeElements;
  clientSecret: string;
  billing: BillingDetails;
  returnUrl: string;
  /** Tells the page what to say while it waits. */
  onWait: (wait: 'bank' | 'long') => void;
};

export type Confirmed =
  | { outcome: 'done'; paymentIntent: Pick<PaymentIntent, 'id' | 'status'> }
  | { outcome: 'refused'; error: StripeError }
  /** No answer in time. The card may have been charged. */
  | { outcome: 'unknown' };

/** Milliseconds until the first look at the payment, between looks, until we say that it takes longer, and until we stop waiting. */
const firstLookAfter = 1_000;
const lookEvery = 3_000;
const longAfter = 10_000;
const giveUpAfter = 25_000;

/** Confirms the payment. While the bank asks the shopper something the clock stands still. */
export async function confirmCard(confirmation: Confirmation): Promise<Confirmed> {
  const { stripe, elements, clientSecret, billing, returnUrl } = confirmation;
  const stop = new AbortController();
  const confirming = stripe.confirmPayment({
    elements,
    clientSecret,
    confirmParams: { return_url: returnUrl, payment_method_data: { billing_details: billing } },
    redirect: 'if_required',
  });
  try {
    const answer = await Promise.race([confirming, watch(confirmation, stop.signal)]);
    if ('outcome' in answer) return answer;
    if (answer.paymentIntent) return { outcome: 'done', paymentIntent: answer.paymentIntent };
    return refusedOrDone(answer.error!);
  } finally {
    stop.abort();
  }
}

/** Another tab may have paid in the meantime: then the refusal carries a payment that is through. */
function refusedOrDone(error: StripeError): Confirmed {
  const status = error.payment_intent?.status;
  if (status === 'succeeded' || status === 'processing') {
    return { outcome: 'done', paymentIntent: error.payment_intent! };
  }
  return { outcome: 'refused', error };
}

async function watch(
  { stripe, clientSecret, onWait }: Confirmation,
  signal: AbortSignal,
): Promise<Confirmed> {
  let waited = 0;
  let looked = 0;
  let through = 0;
  while (waited < giveUpAfter) {
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, looked++ === 0 ? firstLookAfter : lookEvery));
    if (signal.aborted) break;
    const paymentIntent = await look(stripe, clientSecret, giveUpAfter - waited - lookEvery);
    if (signal.aborted) break;
    if (paymentIntent?.status === 'requires_action') {
      onWait('bank');
      continue;
    }
    waited += performance.now() - began;
    if (waited >= longAfter) onWait('long');
    // The answer to the confirmation itself is normally just behind, so it gets another round.
    if (paymentIntent?.status === 'succeeded' && ++through > 1) return { outcome: 'done', paymentIntent };
  }
  return { outcome: 'unknown' };
}

async function look(stripe: Stripe, clientSecret: string, patience: number): Promise<PaymentIntent | null> {
  const answer = stripe.retrievePaymentIntent(clientSecret).catch(() => null);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), Math.min(lookEvery, patience)));
  return (await Promise.race([answer, late]))?.paymentIntent ?? null;
}
