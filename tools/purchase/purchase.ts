import { randomUUID } from 'node:crypto';
import { addressRules } from '@paydesk/contract/address';
import type { Product, ProductList } from '@paydesk/contract/catalogue';
import type { ShopConfig } from '@paydesk/contract/config';
import type { PlacedOrder, PlaceOrderRequest } from '@paydesk/contract/orders';
import type { StartedPayment } from '@paydesk/contract/payments';
import { payOnHostedPage, payWithElement, type Wallet } from './customer.ts';
import { call, RefusedError } from './http.ts';
import { waitUntilSettled } from './live-status.ts';
import type { PurchaseOptions } from './options.ts';

/** Told after every step: what was done, with its ids, and how long it took in milliseconds. */
export type OnStep = (step: string, milliseconds: number) => void;

/** A shop that is ready to sell, and the card to pay with. */
export type Visit = { shop: string; config: ShopConfig; products: Product[] };

/** Opens the shop. Throws where real money would move, or where nothing is in stock. */
export async function visitShop({ shop }: PurchaseOptions): Promise<Visit> {
  const config = await call<ShopConfig>(`${shop}/api/config`);
  if (!config.sandbox || config.sandboxUrl === null) {
    throw new Error(`${shop} is connected to real Stripe. This command only buys where no real money moves.`);
  }
  const { products } = await call<ProductList>(`${shop}/api/products?in_stock=1&limit=100`);
  if (products.length === 0)
    throw new Error(`${shop} has nothing in stock. Fill it again with: npm run seed -- --replace`);
  return { shop, config, products };
}

/** One purchase, from the order to paid. Throws, with a reason for a person, when it does not end paid. */
export async function purchase(visit: Visit, options: PurchaseOptions, onStep: OnStep): Promise<void> {
  const timed = stopwatch(onStep);
  const { shop } = visit;
  const placed = await timed(
    () => placeOrder(visit),
    ({ order }) =>
      `order    ${order.id}  ${order.number}  ${order.total.amount} ${order.total.currency} in minor units`,
  );
  const { order, accessToken } = placed;
  const authorization = { authorization: `Bearer ${accessToken}` };
  const started = await timed(
    () =>
      call<StartedPayment>(`${shop}/api/orders/${order.id}/pay`, {
        method: 'POST',
        headers: { ...authorization, 'idempotency-key': randomUUID() },
        json: { paymentMethod: 'stripe', flow: options.flow },
      }),
    ({ payment }) =>
      `payment  ${payment.id}  ${payment.reference ?? ''}  ${payment.flow}, attempt ${payment.attempt}`,
  );
  await timed(
    () => confirm(visit, options, started),
    (reference) => `customer ${reference}  confirmed at the sandbox`,
  );
  const settled = await timed(
    () => waitUntilSettled(`${shop}/api/orders/${order.id}/events`, accessToken, order.version),
    ({ status, version }) => `webhook  ${order.id}  ${status}, version ${version}`,
  );
  if (settled.status !== 'paid') throw new Error(`Order ${order.id} ended ${settled.status}.`);
}

/** Orders one piece of something. What has sold out since the visit began is taken off the list and something else chosen. */
async function placeOrder(visit: Visit): Promise<PlacedOrder> {
  const chosen = visit.products[Math.floor(Math.random() * visit.products.length)];
  if (!chosen)
    throw new Error(`${visit.shop} is sold out. Fill the stock again with: npm run seed -- --replace`);
  const request: PlaceOrderRequest = {
    items: [{ productId: chosen.id, quantity: 1 }],
    contact: { email: 'test.buyer@example.com', firstName: 'Test', lastName: 'Buyer' },
    shippingAddress: addressIn(visit.config),
  };
  const headers = { 'idempotency-key': randomUUID() };
  try {
    return await call<PlacedOrder>(`${visit.shop}/api/orders`, { method: 'POST', headers, json: request });
  } catch (error) {
    if (!(error instanceof RefusedError && error.code === 'out_of_stock')) throw error;
    visit.products = visit.products.filter((product) => product !== chosen);
    return placeOrder(visit);
  }
}

/** An address that is complete for the country the shop preselects. */
function addressIn({ country }: ShopConfig): PlaceOrderRequest['shippingAddress'] {
  const { city, state, postalCode } = addressRules(country).fields;
  return {
    line1: '1 Test Street',
    country,
    ...(city.use === 'hidden' ? {} : { city: 'Testville' }),
    ...(state.use === 'required' ? { state: state.options?.[0]?.code ?? 'Test' } : {}),
    ...(postalCode.use === 'required' ? { postalCode: postalCode.example ?? '10000' } : {}),
  };
}

function confirm(visit: Visit, { flow, card }: PurchaseOptions, started: StartedPayment): Promise<string> {
  const { sandboxUrl, publishableKey } = visit.config;
  const wallet: Wallet = {
    card,
    publishableKey,
    sandbox: sandboxUrl!,
    returnUrl: `${visit.shop}/checkout-complete`,
  };
  const handle = flow === 'hosted' ? started.url : started.clientSecret;
  if (handle === undefined)
    throw new Error(`The shop's answer to the ${flow} flow says neither where nor how to pay.`);
  return flow === 'hosted' ? payOnHostedPage(wallet, handle) : payWithElement(wallet, handle);
}

function stopwatch(onStep: OnStep) {
  return async <Result>(
    work: () => Promise<Result>,
    describe: (result: Result) => string,
  ): Promise<Result> => {
    const started = performance.now();
    const result = await work();
    onStep(describe(result), performance.now() - started);
    return result;
  };
}
