import type { AdminOrder } from '@paydesk/contract/admin';
import { formatMoney } from '@paydesk/contract/money';
import { methodText } from '../../order/method-text.ts';

type Effect = { amount: number; restocked: number; paymentId: string };

/** What a refund will do, in sentences, before anybody presses its button. */
export function refundPreview(desk: AdminOrder, { amount, restocked, paymentId }: Effect): string[] {
  const { order, payments } = desk;
  const taken = order.payments.filter(({ id, received }) =>
    paymentId === '' ? received.amount > 0 : id === paymentId,
  );
  const money = formatMoney({ amount, currency: order.total.currency });
  const facts = payments.filter(({ id }) => taken.some((payment) => payment.id === id));
  const fees = facts.find((payment) => payment.fees !== null && payment.fees.amount > 0)?.fees ?? null;
  return [
    `${order.contact.firstName} gets ${money} back${wayOf(taken)}.`,
    ...(facts.some(({ byHand }) => byHand)
      ? ['What was paid by bank transfer you send yourself, and say so here afterwards.']
      : []),
    ...(fees ? [`Stripe keeps its fees of ${formatMoney(fees)}.`] : []),
    ...(restocked > 0
      ? [`${restocked} ${restocked === 1 ? 'item goes' : 'items go'} back to stock.`]
      : ['Nothing goes back to stock.']),
  ];
}

/** @see https://docs.stripe.com/refunds for the days of a card refund */
function wayOf(taken: AdminOrder['order']['payments']): string {
  const [only] = taken;
  if (taken.length > 1) return ', from the newest payment first';
  if (!only || only.flow === 'transfer') return only ? ' by bank transfer' : '';
  const method = methodText(only);
  return `${method ? ` on ${method}` : ''} in about 5–10 business days`;
}

/**
 * What of an order operators would have given back with this refund, in minor units: the limit of one person is about all of
 * it, however small the steps.
 */
export function givenWith({ order }: AdminOrder, amount: number): number {
  const active = ['requested', 'unknown', 'pending', 'succeeded'];
  return order.refunds
    .filter(({ cause, status }) => cause === 'operator' && active.includes(status))
    .reduce((sum, refund) => sum + refund.amount.amount, amount);
}
