import { formatMoney } from '@paydesk/contract/money';
import type { Order } from '@paydesk/contract/orders';
import type { Quote } from '@paydesk/contract/quote';
import { ApiError } from '../api/call.ts';
import { type CheckoutValues, type Problems, problemsFromServer, toOrderRequest } from './checkout-values.ts';
import { giveUpOrder, type OrderKey, placeOrder } from './place-order.ts';

export type CartOrder = {
  values: CheckoutValues;
  items: readonly { id: string; quantity: number }[];
  orderKey: OrderKey;
  /** The prices the shopper is looking at. */
  shown: Quote;
  /** Asks the shop for the prices of now. */
  onStale: () => void;
  onProblems: (problems: Problems) => void;
  say: (message: string) => void;
};

/** Turns the cart into an order at exactly the total that was shown; `null` when it had to say why not. */
export async function orderFromCart({
  values,
  items,
  orderKey,
  shown,
  onStale,
  onProblems,
  say,
}: CartOrder): Promise<Order | null> {
  const lines = items.map(({ id, quantity }) => ({ productId: id, quantity }));
  try {
    const order = await placeOrder(toOrderRequest(values, lines, shown.discountCode), orderKey);
    if (order.total.amount === shown.total.amount) return order;
    // Nobody pays an amount they have not seen: that order goes, and the page asks for the prices of now.
    await giveUpOrder(orderKey);
    onStale();
    say(`The total is ${formatMoney(order.total)} now. Check it, then press Pay again.`);
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 409) onStale();
    const problems = problemsFromServer(error);
    if (Object.keys(problems).length === 0) throw error;
    onProblems(problems);
    return null;
  }
}
