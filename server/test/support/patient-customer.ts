import type { PlacedOrder } from '@paydesk/contract/orders';
import type { PaymentFlow, StartedPayment } from '@paydesk/contract/payments';
import { pay } from './customer.ts';
import { call, cart, newKey, type Reply, until } from './shop.ts';

export type Purchase = { orderId: string; token: string; total: number };

/** Buys as a browser does whose server may be gone at any moment: the same request again until there is an answer. */
export async function buyPatiently(
  shop: { sandbox: { url: string } },
  urlOf: () => string,
  flow: PaymentFlow,
): Promise<Purchase> {
  const body = cart([{ productId: 'prod_stoneware-mug', quantity: 1 }]);
  const key = newKey();
  const placed = await persist<PlacedOrder>(() => call(at(urlOf), 'POST', '/api/orders', { body, key }));
  const path = `/api/orders/${placed.order.id}/pay`;
  const payment = await persist<StartedPayment>(() =>
    call(at(urlOf), 'POST', path, {
      body: { paymentMethod: 'stripe', flow },
      token: placed.accessToken,
      // A page that was loaded again has a key of its own.
      key: newKey(),
    }),
  );
  const paid = await pay({ url: urlOf(), sandbox: shop.sandbox }, payment);
  if (paid.status !== 200) throw new Error(`Stripe refused: ${JSON.stringify(paid.body)}`);
  return { orderId: placed.order.id, token: placed.accessToken, total: placed.order.total.amount };
}

/** Asks again when nobody answers or when the answer says that it may help. Anything else is a failure. */
async function persist<T>(ask: () => Promise<Reply<unknown>>): Promise<T> {
  const reply = await until(
    () => ask().catch((): Reply<unknown> => ({ status: 0, headers: new Headers(), body: null })),
    ({ status }) => ![0, 409, 500, 503].includes(status),
    30_000,
  );
  if (reply.status !== 201) throw new Error(`refused: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body as T;
}

function at(urlOf: () => string): { url: string } {
  return { url: urlOf() };
}
