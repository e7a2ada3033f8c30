import type { PlacedOrder } from '@paydesk/contract/orders';
import type { PaymentFlow, StartedPayment } from '@paydesk/contract/payments';
import { call, newKey, order, type Reply } from './shop.ts';
import type { Intent } from './stripe-record.ts';

type Shop = { url: string; sandbox: { url: string } };

/** Asks the shop for a way to pay. */
export async function startPayment(
  shop: { url: string },
  placed: PlacedOrder,
  flow: PaymentFlow = 'elements',
  key = newKey(),
): Promise<Reply<StartedPayment & { error?: { code: string } }>> {
  const body = { paymentMethod: 'stripe', flow };
  const path = `/api/orders/${placed.order.id}/pay`;
  return await call(shop, 'POST', path, { body, token: placed.accessToken, key });
}

/** The same where the answer must be a way to pay. */
export async function started(
  shop: { url: string },
  placed: PlacedOrder,
  flow: PaymentFlow = 'elements',
): Promise<StartedPayment> {
  const reply = await startPayment(shop, placed, flow);
  if (reply.status !== 201) throw new Error(`no payment: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** An order with a way to pay it. */
export async function orderWithPayment(
  shop: { url: string },
  flow: PaymentFlow = 'elements',
  body?: object,
): Promise<{ placed: PlacedOrder; payment: StartedPayment }> {
  const placed = await order(shop, body);
  return { placed, payment: await started(shop, placed, flow) };
}

export type Confirmed = { status: number; body: Record<string, unknown> };

export const visa = { payment_method: 'pm_card_visa' };
export const declined = { payment_method: 'pm_card_visa_chargeDeclined' };
/** Asks for 3-D Secure whenever it pays. */
export const authenticated = {
  'payment_method_data[type]': 'card',
  'payment_method_data[card][number]': '4000002760003184',
  'payment_method_data[card][exp_month]': '12',
  'payment_method_data[card][exp_year]': '2040',
  'payment_method_data[card][cvc]': '123',
};

/** A debit whose bank answers later; only in euro. */
export function debit(outcome: 'paid' | 'refused'): Record<string, string> {
  return {
    'payment_method_data[type]': 'sepa_debit',
    'payment_method_data[sepa_debit][iban]':
      outcome === 'paid' ? 'AT611904300234573201' : 'IT60X0542811101000000123456',
    'payment_method_data[billing_details][name]': 'Ada Lovelace',
    'payment_method_data[billing_details][email]': 'ada@example.com',
  };
}

/** What the customer's browser sends to Stripe on "Pay", on our page or on Stripe's. */
export async function pay(
  shop: Shop,
  payment: StartedPayment,
  means: Record<string, string> = visa,
): Promise<Confirmed> {
  const path = payment.url
    ? `/v1/payment_pages/${sessionOf(payment)}/confirm`
    : `/v1/payment_intents/${payment.clientSecret!.split('_secret_')[0]}/confirm`;
  const form = payment.url
    ? means
    : { ...means, client_secret: payment.clientSecret!, return_url: 'http://localhost/back' };
  return await post(shop, path, form);
}

/** Answers the bank's question after `pay` with a card that asks one. */
export async function authenticate(shop: Shop, intent: Intent, outcome: 'pass' | 'fail'): Promise<Confirmed> {
  const { redirect_to_url: redirect, use_stripe_sdk: sdk } = intent.next_action ?? {};
  const token = new URL((redirect?.url ?? sdk?.stripe_js)!).searchParams.get('token')!;
  return await post(shop, `/_sandbox/3ds/${intent.id}`, { token, outcome });
}

/** The id of the session behind an address of Stripe's page. */
export function sessionOf(payment: StartedPayment): string {
  return /\/c\/pay\/(cs_\w+)/.exec(payment.url ?? '')![1]!;
}

/** The id of the intent behind a client secret. */
export function intentOf(payment: StartedPayment): string {
  return payment.clientSecret!.split('_secret_')[0]!;
}

async function post(shop: Shop, path: string, form: Record<string, string>): Promise<Confirmed> {
  const response = await fetch(`${shop.sandbox.url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer pk_test_customer' },
    body: new URLSearchParams(form),
    signal: AbortSignal.timeout(15_000),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
