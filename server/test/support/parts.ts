import type { PlacedOrder } from '@paydesk/contract/orders';
import type { StartedPayment } from '@paydesk/contract/payments';
import { intentOf, pay, sessionOf } from './customer.ts';
import { deliver, eventOf } from './events.ts';
import { call, newKey, type Reply, type TestShop } from './shop.ts';
import { readSession } from './stripe-record.ts';

/** What a customer may ask for; nothing of it is checked here, because tests ask for what is wrong too. */
export type Wanted = { paymentMethod?: string; flow?: string | undefined; amount?: unknown };

/** Asks for a way to pay a part; by card on our page, all of what is due, where nothing else is said. */
export async function startPart(
  shop: { url: string },
  placed: PlacedOrder,
  wanted: Wanted = {},
): Promise<Reply<StartedPayment & { error?: { code: string } }>> {
  const body = { paymentMethod: 'stripe', flow: 'elements', ...wanted };
  const path = `/api/orders/${placed.order.id}/pay`;
  return await call(shop, 'POST', path, { body, token: placed.accessToken, key: newKey() });
}

/** The same where the answer must be a way to pay. */
export async function partOf(
  shop: { url: string },
  placed: PlacedOrder,
  wanted: Wanted = {},
): Promise<StartedPayment> {
  const reply = await startPart(shop, placed, wanted);
  if (reply.status !== 201) throw new Error(`no payment: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** The customer pays by card, and Stripe's word of it is delivered. Only for shops to which nothing is delivered by itself. */
export async function payAndTell(shop: TestShop, payment: StartedPayment): Promise<string | undefined> {
  const paid = await pay(shop, payment);
  if (paid.status !== 200) throw new Error(`Stripe refused: ${JSON.stringify(paid.body)}`);
  return await tell(shop, payment);
}

/** Delivers that the payment succeeded. */
export async function tell(shop: TestShop, payment: StartedPayment): Promise<string | undefined> {
  const intent = payment.url
    ? (await readSession(shop.sandbox.url, sessionOf(payment))).payment_intent!
    : intentOf(payment);
  return (await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intent))).result;
}

/** What the ledger says about one order, by account; none where nothing is left. */
export async function accountsOf(shop: TestShop, orderId: string): Promise<Record<string, number>> {
  const rows = await shop.app.database.read
    .selectFrom('ledger_entries')
    .select(['account', 'amount'])
    .where('order_id', '=', orderId)
    .execute();
  const balance: Record<string, number> = {};
  for (const { account, amount } of rows) balance[account] = (balance[account] ?? 0) + amount;
  return Object.fromEntries(Object.entries(balance).filter(([, amount]) => amount !== 0));
}
