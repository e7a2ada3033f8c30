import type { AdminOrder, RefundReply } from '@paydesk/contract/admin';
import type { Break } from '@paydesk/contract/admin/breaks';
import type { ErrorCode } from '@paydesk/contract/errors';
import type { PlacedOrder } from '@paydesk/contract/orders';
import { intentOf, orderWithPayment, pay, visa } from './customer.ts';
import { deliver, eventOf, eventsAbout } from './events.ts';
import { call, operatorToken, type Reply, settleJobs, type TestShop } from './shop.ts';

type Refusal = { error?: { code: ErrorCode; details?: unknown } };

/** A call of the shop's operators. */
export async function operate<T>(
  shop: { url: string },
  method: string,
  path: string,
  options: { body?: unknown; key?: string; token?: string } = {},
): Promise<Reply<T & Refusal>> {
  return await call<T & Refusal>(shop, method, `/api/admin${path}`, { token: operatorToken, ...options });
}

export async function refund(
  shop: { url: string },
  placed: PlacedOrder,
  body: object = {},
  key?: string,
): Promise<Reply<RefundReply & Refusal>> {
  const path = `/orders/${placed.order.id}/refunds`;
  const options = { body: { reason: 'A handle broke.', ...body }, ...(key !== undefined && { key }) };
  return await operate<RefundReply>(shop, 'POST', path, options);
}

/** The order with everything that touched it. */
export async function trace(shop: { url: string }, placed: PlacedOrder): Promise<AdminOrder> {
  return (await operate<AdminOrder>(shop, 'GET', `/orders/${placed.order.id}`)).body;
}

export async function openBreaks(shop: { url: string }, placed: PlacedOrder): Promise<Break[]> {
  const { breaks } = await trace(shop, placed);
  return breaks.filter(({ closedAt }) => closedAt === null);
}

/** An order that was paid on our page. Other events than the success are not delivered. */
export async function paidOrder(
  shop: TestShop,
  { means = visa, body }: { means?: Record<string, string>; body?: object } = {},
): Promise<{ placed: PlacedOrder; intent: string }> {
  const { placed, payment } = await orderWithPayment(shop, 'elements', body);
  const intent = intentOf(payment);
  await pay(shop, payment, means);
  await deliver(shop, await eventOf(shop, 'payment_intent.succeeded', intent));
  return { placed, intent };
}

/** A test card by its number. */
export function card(number: string): Record<string, string> {
  return {
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': number,
    'payment_method_data[card][exp_month]': '12',
    'payment_method_data[card][exp_year]': '2040',
    'payment_method_data[card][cvc]': '123',
  };
}

/** Delivers what Stripe has to say about refunds of this payment, in the order that `arrange` makes of it. */
export async function deliverRefundEvents(
  shop: TestShop,
  intent: string,
  arrange: <T>(events: T[]) => T[] = (events) => events,
): Promise<string[]> {
  const events = (await eventsAbout(shop, intent)).filter(({ type }) => type.includes('refund'));
  for (const event of arrange(events)) await deliver(shop, event);
  await settleJobs(shop);
  return events.map(({ type }) => type);
}

/** The sums of an order's ledger by account; accounts that are even are left out. */
export async function balancesOf(
  shop: { url: string },
  placed: PlacedOrder,
): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { account, amount } of (await trace(shop, placed)).ledger)
    sums[account] = (sums[account] ?? 0) + amount.amount;
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
}
