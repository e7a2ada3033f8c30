import { findJournal } from '../db/books.ts';
import { findDisputes } from '../db/disputes.ts';
import type { OrderRow } from '../db/orders.ts';
import { findPayments, type PaymentRow } from '../db/payments.ts';
import { findRefunds } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import { blocksRefunds } from '../domain/dispute.ts';
import { refundableOf } from '../domain/refund.ts';
import type { NewRefund } from './give-back.ts';

/** Money of one payment that can go back: of the order, or of nobody. `amount` is all that is left of it. */
export type Refundable = Pick<
  NewRefund,
  'paymentId' | 'provider' | 'intentRef' | 'chargeRef' | 'amount' | 'currency' | 'appliesTo'
> & {
  /** The bank disputes the payment, so that the provider gives nothing back meanwhile. */
  disputed: boolean;
};

/** What is left of an order's payments, under the order's lock: the newest payment first, money that is nobody's before the order's. */
export async function findRefundable(tx: Tx, order: OrderRow): Promise<Refundable[]> {
  const payments = await findPayments(tx, order.id);
  const refunds = await findRefunds(tx, order.id);
  const disputes = await findDisputes(tx, order.id);
  const found: Refundable[] = [];
  for (const payment of payments.toReversed()) {
    const left = refundableOf(
      payment,
      refunds.filter((refund) => refund.payment_id === payment.id),
    );
    const common = {
      paymentId: payment.id,
      provider: payment.provider,
      intentRef: payment.intent_ref,
      chargeRef: payment.charge_ref,
      disputed: disputes.some((each) => each.payment_id === payment.id && blocksRefunds(each.status)),
    };
    if (left.unapplied > 0) {
      const currency = await receivedCurrency(tx, payment);
      found.push({ ...common, amount: left.unapplied, currency, appliesTo: 'unapplied' });
    }
    if (left.order > 0)
      found.push({ ...common, amount: left.order, currency: payment.currency, appliesTo: 'order' });
  }
  return found;
}

/** What arrived may be in another currency than what was asked for. Its journal tells. */
async function receivedCurrency(tx: Tx, payment: PaymentRow): Promise<string> {
  const [entry] = await findJournal(tx, 'receipt', payment.id);
  return entry?.currency ?? payment.currency;
}
