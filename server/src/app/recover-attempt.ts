import { changeOrder, lockOrder } from '../db/orders.ts';
import { settleEffect } from '../db/outbox.ts';
import { adoptRefs, findPayment, type PaymentRow, updatePayment } from '../db/payments.ts';
import { clockDifference, frozenOf } from './close-payment.ts';
import { providerOf } from './find-provider.ts';
import type { App } from './ports.ts';

/** `found`: it was made after all, and has its names now. `gone`: it was not, and the attempt is over. */
export type Recovered = { state: 'found'; payment: PaymentRow } | { state: 'gone' };

/**
 * For an attempt whose creation got no answer, or one that its key will repeat for a day: the provider's own list says
 * whether it was made. If not, another attempt may begin at once. Should it turn up later, nobody holds its secret, so no
 * money can move by it; reconciling ends it (`close-orphans`).
 *
 * @throws ProviderError when the provider could not be asked; the attempt stays `unknown`
 */
export async function recoverAttempt(app: App, payment: PaymentRow): Promise<Recovered> {
  const provider = providerOf(app, payment);
  const refs = await provider.find(frozenOf(payment), payment.created_at - clockDifference);
  const fields = { orderId: payment.order_id, paymentId: payment.id, made: refs !== null };
  app.log.warn(fields, 'a payment whose creation got no answer was looked for');
  return await app.database.transaction(async (tx) => {
    const now = app.clock.now();
    const order = await lockOrder(tx, payment.order_id);
    const current = await findPayment(tx, payment.id);
    if (!order || !current) throw new Error(`payment ${payment.id} is gone`);
    await settleEffect(tx, 'payment.create', payment.id, now);
    if (refs) return { state: 'found', payment: await adoptRefs(tx, payment.id, refs) };
    // Its event may have told meanwhile that it was made.
    if (current.intent_ref !== null || current.session_ref !== null)
      return { state: 'found', payment: current };
    if (current.closed_at !== null) return { state: 'gone' };
    await updatePayment(tx, payment.id, { status: 'canceled', closed_at: now });
    await changeOrder(
      tx,
      order,
      {},
      {
        at: now,
        type: 'payment.canceled',
        message: 'The payment provider did not answer. This attempt was given up; nothing was charged.',
        payment_id: payment.id,
        actor: 'shop',
      },
    );
    return { state: 'gone' };
  });
}
