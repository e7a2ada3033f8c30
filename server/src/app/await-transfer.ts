import { formatMoney } from '@paydesk/contract/money';
import { changeOrder, lockOrder } from '../db/orders.ts';
import { insertEffect } from '../db/outbox.ts';
import { findPayment, type PaymentRow, updatePayment } from '../db/payments.ts';
import type { Tx } from '../db/schema.ts';
import type { App, FrozenPayment } from './ports.ts';

/**
 * T3 for a transfer: the customer has been told where to send the money, and from now on the order waits for people. Kept
 * with the attempt, so that he is told the same again; and sent by e-mail, because he needs it at his bank, not here.
 * Called again it changes nothing.
 *
 * @param told what the attempt was frozen with, and the instructions
 */
export async function awaitTransfer(
  app: App,
  tx: Tx,
  { id, order_id: orderId }: PaymentRow,
  told: FrozenPayment,
): Promise<void> {
  const order = await lockOrder(tx, orderId);
  const current = await findPayment(tx, id);
  if (!order || (current?.status !== 'creating' && current?.status !== 'unknown')) return;
  const now = app.clock.now();
  await updatePayment(tx, id, { status: 'awaiting_transfer', params_json: JSON.stringify(told) });
  await insertEffect(tx, { kind: 'mail.transfer', orderId, subjectId: id, notBefore: now, now });
  await changeOrder(
    tx,
    order,
    {},
    {
      at: now,
      type: 'payment.awaiting_transfer',
      message: `Waiting for a bank transfer of ${formatMoney(current)} with the reference ${order.number}.`,
      payment_id: id,
      actor: 'customer',
    },
  );
}
