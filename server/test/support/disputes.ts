import type { Dispute } from '@paydesk/contract/disputes';
import type { Order, PlacedOrder } from '@paydesk/contract/orders';
import { orderWithPayment, pay } from './customer.ts';
import { readOrder, type TestShop, until } from './shop.ts';

type Shop = Pick<TestShop, 'url' | 'sandbox'>;

/** Test cards whose bank disputes the payment as soon as it was made. */
export const disputedCards = {
  fraudulent: '4000000000000259',
  notReceived: '4000000000002685',
  inquiry: '4000000000001976',
} as const;

/** What the bank is told with, and how it then decides. */
export type Evidence = 'winning_evidence' | 'losing_evidence' | 'escalate_inquiry_evidence';

/** A call of the sandbox in the place of the shop's owner, or of a bank. */
export async function tell(shop: Shop, path: string, form: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(`${shop.sandbox.url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_owner' },
    body: new URLSearchParams(form),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return await response.json();
}

/** An order that was paid with this card. */
export async function paidWith(shop: Shop, number: string): Promise<PlacedOrder> {
  const { placed, payment } = await orderWithPayment(shop);
  await pay(shop, payment, {
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': number,
    'payment_method_data[card][exp_month]': '12',
    'payment_method_data[card][exp_year]': '2040',
    'payment_method_data[card][cvc]': '123',
  });
  return placed;
}

/** Waits until the order's first dispute is as it should be. */
export async function disputed(
  shop: Shop,
  placed: PlacedOrder,
  holds: (dispute: Dispute) => boolean,
): Promise<Order & { disputes: [Dispute, ...Dispute[]] }> {
  await until(
    () => readOrder(shop, placed),
    ({ disputes: [first] }) => first !== undefined && holds(first),
  );
  // The parts of an order are read one beside the other, so only a second look is sure to show all of them as of then.
  return (await readOrder(shop, placed)) as Order & { disputes: [Dispute, ...Dispute[]] };
}

/** The shop's owner answers the bank. */
export async function answer(shop: Shop, disputeRef: string, evidence: Evidence): Promise<void> {
  await tell(shop, `/v1/disputes/${disputeRef}`, { 'evidence[uncategorized_text]': evidence });
}
