import { randomUUID } from 'node:crypto';
import type { PlacedOrder } from '@paydesk/contract/orders';
import type { StartedPayment } from '@paydesk/contract/payments';
import type { Bench } from './bench.ts';
import { expecting, send } from './http.ts';

export type Flow = 'elements' | 'hosted';

/** Makes one purchase, as a browser and the sandbox's pages would. Resolves when the order is paid. */
export async function buy(bench: Bench, flow: Flow, sequence: number): Promise<void> {
  const { order, accessToken } = await placeOrder(bench, sequence);
  const started = await expecting<StartedPayment>(
    'pay',
    send({
      agent: bench.agent,
      method: 'POST',
      url: `${bench.shop.url}/api/orders/${order.id}/pay`,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${accessToken}`,
        'idempotency-key': newKey(),
      },
      body: JSON.stringify({ paymentMethod: 'stripe', flow }),
    }),
  );
  const paid = bench.paid.wait(order.id);
  if (flow === 'hosted') await payOnPage(bench, started.url ?? '', order.total.amount);
  else await payHere(bench, started);
  await paid;
}

async function placeOrder(bench: Bench, sequence: number): Promise<PlacedOrder> {
  const product = (step: number) => bench.products[(sequence * 7 + step * 3) % bench.products.length]!;
  return await expecting<PlacedOrder>(
    'order',
    send({
      agent: bench.agent,
      method: 'POST',
      url: `${bench.shop.url}/api/orders`,
      headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
      body: JSON.stringify({
        items: [
          { productId: product(0), quantity: 1 },
          { productId: product(1), quantity: 2 },
        ],
        contact: { email: `buyer${sequence}@example.com`, firstName: 'Ada', lastName: 'Lovelace' },
        shippingAddress: {
          line1: '1 Main St',
          city: 'Springfield',
          state: 'IL',
          postalCode: '62701',
          country: 'US',
        },
      }),
    }),
  );
}

async function payHere(bench: Bench, { payment, clientSecret }: StartedPayment): Promise<void> {
  const form = {
    client_secret: clientSecret ?? '',
    payment_method: 'pm_card_visa',
    return_url: bench.shop.url,
  };
  await atSandbox(bench, `/v1/payment_intents/${payment.reference}/confirm`, form);
}

async function payOnPage(bench: Bench, url: string, amount: number): Promise<void> {
  const session = /\/(cs_test_[A-Za-z0-9]+)/.exec(url)?.[1] ?? '';
  const form = { payment_method: 'pm_card_visa', expected_amount: String(amount) };
  await atSandbox(bench, `/v1/payment_pages/${session}/confirm`, form);
}

async function atSandbox(bench: Bench, path: string, form: Record<string, string>): Promise<void> {
  await expecting(
    path,
    send({
      agent: bench.agent,
      method: 'POST',
      url: `${bench.shop.sandboxUrl}${path}`,
      headers: { authorization: 'Bearer pk_test_bench', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    }),
  );
}

function newKey(): string {
  return `bench_${randomUUID()}`;
}
