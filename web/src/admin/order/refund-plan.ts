import type { AdminOrder } from '@paydesk/contract/admin';
import { shareOfLines, type Units, unitsOf } from '@paydesk/contract/refund-shares';
import type { RefundRequest } from '@paydesk/contract/refunds';
import { parseAmount } from '../../checkout/parse-amount.ts';

/** What somebody fills in to give money back. */
export type RefundWish = {
  /** `all`: what is left. `lines`: some units. `amount`: a sum. */
  way: 'all' | 'lines' | 'amount';
  /** Only of this payment; empty for any. */
  paymentId: string;
  /** Units to refund, by product. */
  units: Readonly<Record<string, number>>;
  shipping: boolean;
  /** As typed. */
  amount: string;
  restock: boolean;
  /** Units that go back on the shelf where a sum is refunded, by product. */
  back: Readonly<Record<string, number>>;
  reason: string;
};

/** What the wish comes to: an amount in minor units, and how many units go back; or what is wrong with it. */
export type RefundPlan =
  | { amount: number; restocked: number; request: RefundRequest; problem: null }
  | { amount: number; problem: string };

/** What can be given back at most, in minor units: of the order, or of one payment with what of it belongs to no order. */
export function mostRefundable({ payments, refundable }: AdminOrder, paymentId: string): number {
  const payment = payments.find(({ id }) => id === paymentId);
  if (!payment) return refundable.amount.amount;
  return payment.isDisputed ? 0 : payment.refundable + payment.unappliedRefundable;
}

export function planRefund(desk: AdminOrder, wish: RefundWish): RefundPlan {
  const most = mostRefundable(desk, wish.paymentId);
  const amount = amountOf(desk, wish, most);
  if (amount === null)
    return {
      amount: 0,
      problem: wish.way === 'lines' ? 'Choose at least one item.' : 'Enter an amount, such as 18.00.',
    };
  if (amount > most) return { amount, problem: 'This is more than can still be refunded.' };
  if (wish.reason.trim() === '') return { amount, problem: 'Say why; the customer reads it.' };
  const units = restockOf(desk, wish);
  const request: RefundRequest = {
    ...whatOf(desk, wish, amount),
    reason: wish.reason.trim(),
    ...(wish.paymentId !== '' && { paymentId: wish.paymentId }),
    ...(units.length > 0 && { restock: units }),
  };
  const restocked = units.reduce((sum, { quantity }) => sum + quantity, 0);
  return { amount, restocked, request, problem: null };
}

function amountOf(desk: AdminOrder, wish: RefundWish, most: number): number | null {
  if (wish.way === 'all') return most > 0 ? most : null;
  if (wish.way === 'amount') return parseAmount(wish.amount, desk.order.total.currency);
  const wanted = { lines: unitList(wish.units), shipping: wish.shipping };
  const { before, shipping } = desk.refundable;
  const share = shareOfLines(desk.order, wanted, { lines: before, shipping: !shipping });
  return share === 0 ? null : share;
}

function whatOf(desk: AdminOrder, wish: RefundWish, amount: number): Partial<RefundRequest> {
  // Named, so that nobody gives back more than the dialog said, whatever has happened meanwhile.
  const sum = { amount: { amount, currency: desk.order.total.currency } };
  if (wish.way !== 'lines') return wish.paymentId === '' ? sum : { amount };
  const lines = unitList(wish.units);
  return { ...(lines.length > 0 && { lines }), ...(wish.shipping && { shipping: true }) };
}

/** Units that go back on the shelf: those that are refunded, all that are left, or those that were chosen. */
function restockOf({ refundable }: AdminOrder, wish: RefundWish): Units[] {
  if (!wish.restock) return [];
  const chosen = { lines: unitList(wish.way === 'lines' ? wish.units : wish.back) };
  return refundable.lines
    .map(({ productId, restockable }) => ({
      productId,
      quantity: wish.way === 'all' ? restockable : Math.min(restockable, unitsOf(chosen, productId)),
    }))
    .filter(({ quantity }) => quantity > 0);
}

function unitList(units: Readonly<Record<string, number>>): Units[] {
  return Object.entries(units)
    .filter(([, quantity]) => quantity > 0)
    .map(([productId, quantity]) => ({ productId, quantity }));
}
