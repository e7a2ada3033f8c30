import { changeOrder, lockOrder } from '../db/orders.ts';
import { settleEffect } from '../db/outbox.ts';
import { findPayment, type PaymentRow, updatePayment } from '../db/payments.ts';
import { ProviderError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import type { App, FrozenPayment, PaymentProvider, PaymentRefs } from './ports.ts';
import { closedMessage } from './timeline.ts';

/** The provider forgets idempotency keys after a day; from then on it is looked for. */
export const keysLastFor = 23 * 3_600_000;
/** The provider's clock may be behind ours, but hardly by more than this, in milliseconds. */
export const clockDifference = 10 * 60_000;

export function refsOf(payment: PaymentRow): PaymentRefs {
  return { sessionRef: payment.session_ref, intentRef: payment.intent_ref };
}

/** What the provider was told when the attempt was made. */
export function frozenOf(payment: PaymentRow): FrozenPayment {
  return JSON.parse(payment.params_json) as FrozenPayment;
}

/**
 * Ends an attempt at the provider first and then here. `taken` means that money moved or is moving: nothing was changed,
 * and a signed event will say what happened.
 *
 * @throws ProviderError when the provider could not be asked; the attempt stays live
 */
export async function closePayment(app: App, payment: PaymentRow): Promise<'closed' | 'taken'> {
  const provider = providerOf(app, payment);
  const refs = await refsAtProvider(app, provider, payment);
  const outcome = refs === null ? 'closed' : await provider.close(refs);
  if (outcome === 'taken') return 'taken';
  await app.database.transaction(async (tx) => {
    const order = await lockOrder(tx, payment.order_id);
    const current = await findPayment(tx, payment.id);
    if (!order || !current || current.closed_at !== null) return;
    const now = app.clock.now();
    const status = current.status === 'failed' ? 'failed' : 'canceled';
    await Promise.all([
      updatePayment(tx, payment.id, {
        status,
        closed_at: now,
        session_ref: current.session_ref ?? refs?.sessionRef ?? null,
        intent_ref: current.intent_ref ?? refs?.intentRef ?? null,
      }),
      settleEffect(tx, 'payment.create', payment.id, now),
      changeOrder(tx, order, {}, closedEvent(payment, now)),
    ]);
  });
  app.live.changed(payment.order_id);
  return 'closed';
}

/**
 * An attempt whose creation was interrupted may exist at the provider. Asking again with its key tells its name; where that
 * gives no answer, or the key is too old, the provider's list does.
 */
async function refsAtProvider(
  app: App,
  provider: PaymentProvider,
  payment: PaymentRow,
): Promise<PaymentRefs | null> {
  if (payment.session_ref !== null || payment.intent_ref !== null) return refsOf(payment);
  const find = () => provider.find(frozenOf(payment), payment.created_at - clockDifference);
  if (app.clock.now() - payment.created_at > keysLastFor) return await find();
  try {
    const { sessionRef, intentRef } = await provider.start(frozenOf(payment));
    return { sessionRef, intentRef };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.isKeySpent) return await find();
    // Refused means that it does not exist there and never will.
    if (error.failure === 'refused') return null;
    throw error;
  }
}

function closedEvent(payment: PaymentRow, at: number) {
  return {
    at,
    type: 'payment.canceled',
    message: closedMessage,
    payment_id: payment.id,
    actor: 'shop' as const,
  };
}
