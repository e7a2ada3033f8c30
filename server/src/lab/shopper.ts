import { addressRules } from '@paydesk/contract/address';
import type { ProductList } from '@paydesk/contract/catalogue';
import type { ShopConfig } from '@paydesk/contract/config';
import type { ErrorBody } from '@paydesk/contract/errors';
import type { Address, PlacedOrder } from '@paydesk/contract/orders';
import type { PaymentFlow, StartedPayment } from '@paydesk/contract/payments';
import type { SandboxClient } from './sandbox.ts';

/** Our own API, as whoever runs the experiment may call it. */
export type ShopApi = <T>(
  method: string,
  path: string,
  options?: { body?: object; token?: string; key?: string },
) => Promise<{ status: number; body: T }>;

export type Customer = {
  order: PlacedOrder['order'];
  token: string;
};

/** As often as the shop's own page asks again, under the same key. */
const mostTries = 3;

/** Orders one piece of the cheapest thing in stock, as a customer would. */
export async function placeOrder(api: ShopApi, key: string): Promise<Customer> {
  const { body: config } = await api<ShopConfig>('GET', '/api/config');
  const { body: list } = await api<ProductList>('GET', '/api/products?in_stock=1&sort=price-asc&limit=1');
  const [product] = list.products;
  if (!product) throw new LabRefusal('Nothing is in stock, so nothing can be ordered.');
  const placed = await api<PlacedOrder & ErrorBody>('POST', '/api/orders', {
    key,
    body: {
      items: [{ productId: product.id, quantity: 1 }],
      contact: { email: 'lab@example.com', firstName: 'Lab', lastName: 'Tester' },
      shippingAddress: addressIn(config.country),
    },
  });
  if (placed.status !== 201) throw new LabRefusal(placed.body.error.message);
  return { order: placed.body.order, token: placed.body.accessToken };
}

/** An experiment that cannot begin, in a sentence for a person. */
export class LabRefusal extends Error {}

function addressIn(country: string): Address {
  const { city, state, postalCode } = addressRules(country).fields;
  return {
    line1: '1 Test Street',
    country,
    ...(city.use === 'hidden' ? {} : { city: 'Testville' }),
    ...(state.use === 'required' ? { state: state.options?.[0]?.code ?? 'Test' } : {}),
    ...(postalCode.use === 'required' ? { postalCode: postalCode.example ?? '10000' } : {}),
  };
}

export type Started = { payment: StartedPayment; refusals: string[] };

/** Asks for a way to pay. A shop that says "try again" is asked again under the same key, as its page does. */
export async function startPayment(
  api: ShopApi,
  { order, token }: Customer,
  { flow, key }: { flow: PaymentFlow; key: string },
): Promise<Started> {
  const refusals: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const { status, body } = await api<StartedPayment & ErrorBody>('POST', `/api/orders/${order.id}/pay`, {
      token,
      key,
      body: { paymentMethod: 'stripe', flow },
    });
    if (status === 201) return { payment: body, refusals };
    if (status !== 503 || attempt === mostTries) throw new LabRefusal(body.error.message);
    refusals.push(`${status} ${body.error.code}`);
  }
}

/** Presses Pay: the card goes to the sandbox, never to the shop. Answers what became of it there. */
export async function payByCard(sandbox: SandboxClient, clientSecret: string): Promise<string> {
  const [id] = clientSecret.split('_secret_');
  const { status, body } = await sandbox.asBrowser<{ status?: string; error?: { message: string } }>(
    `/v1/payment_intents/${id}/confirm`,
    {
      client_secret: clientSecret,
      return_url: 'http://localhost/',
      use_stripe_sdk: 'true',
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': '4242424242424242',
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '2040',
      'payment_method_data[card][cvc]': '123',
    },
  );
  return status === 200
    ? `Stripe took it: ${body.status}`
    : `Stripe refused it: ${body.error?.message ?? status}`;
}
