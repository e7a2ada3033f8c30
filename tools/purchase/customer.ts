import { call } from './http.ts';

/** What the customer's browser knows when it pays. */
export type Wallet = { sandbox: string; publishableKey: string; card: string; returnUrl: string };

type Intent = {
  id: string;
  status: string;
  next_action: null | {
    use_stripe_sdk?: { stripe_js?: string };
    redirect_to_url?: { url: string };
  };
};
type CheckoutPage = { amount_total?: number; payment_intent?: Intent | string | null };

/** Pays as stripe.js does after "Pay": the card goes to the sandbox, never to the shop. Answers the id of the payment. */
export async function payWithElement(wallet: Wallet, clientSecret: string): Promise<string> {
  const id = clientSecret.split('_secret_')[0]!;
  const intent = await call<Intent>(`${wallet.sandbox}/v1/payment_intents/${id}/confirm`, {
    method: 'POST',
    headers: authorization(wallet),
    form: {
      client_secret: clientSecret,
      return_url: wallet.returnUrl,
      use_stripe_sdk: 'true',
      'payment_method_data[type]': 'card',
      ...cardFields('payment_method_data[card]', wallet.card),
    },
  });
  await answerChallenge(wallet, intent);
  return intent.id;
}

/** Pays on Stripe's page, as its button does. Answers the id of the payment. */
export async function payOnHostedPage(wallet: Wallet, url: string): Promise<string> {
  const session = /\/c\/pay\/(cs_[A-Za-z0-9_]+)/.exec(url)?.[1];
  if (!session) throw new Error(`The shop answered a payment page that is not one of the sandbox: ${url}`);
  const page = `${wallet.sandbox}/v1/payment_pages/${session}`;
  const shown = await call<CheckoutPage>(`${page}?key=${wallet.publishableKey}`, {
    headers: authorization(wallet),
  });
  const method = await call<{ id: string }>(`${wallet.sandbox}/v1/payment_methods`, {
    method: 'POST',
    headers: authorization(wallet),
    form: { type: 'card', ...cardFields('card', wallet.card) },
  });
  const paid = await call<CheckoutPage>(`${page}/confirm`, {
    method: 'POST',
    headers: authorization(wallet),
    form: { payment_method: method.id, expected_amount: String(shown.amount_total ?? '') },
  });
  const intent = paid.payment_intent;
  if (!intent || typeof intent === 'string') return intent ?? session;
  await answerChallenge(wallet, intent);
  return intent.id;
}

/** Passes 3-D Secure, where the card asks for it, as the customer does with "Complete". */
async function answerChallenge({ sandbox }: Wallet, intent: Intent): Promise<void> {
  if (intent.status !== 'requires_action') return;
  const challenge = intent.next_action?.use_stripe_sdk?.stripe_js ?? intent.next_action?.redirect_to_url?.url;
  const token = challenge && new URL(challenge).searchParams.get('token');
  if (!token) throw new Error(`${intent.id} asks for an action that this command does not know.`);
  await call(`${sandbox}/_sandbox/3ds/${intent.id}`, { method: 'POST', form: { token, outcome: 'pass' } });
}

function authorization({ publishableKey }: Wallet): Record<string, string> {
  return { authorization: `Bearer ${publishableKey}` };
}

function cardFields(prefix: string, number: string): Record<string, string> {
  const nextYear = String(new Date().getFullYear() + 1);
  const code = number.startsWith('3') ? '1234' : '123';
  return {
    [`${prefix}[number]`]: number,
    [`${prefix}[exp_month]`]: '12',
    [`${prefix}[exp_year]`]: nextYear,
    [`${prefix}[cvc]`]: code,
  };
}
