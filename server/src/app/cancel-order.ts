import { findOrderVersion } from '../db/orders.ts';
import { type Closing, closeOrder } from './close-order.ts';
import { AppError, ProviderError } from './errors.ts';
import type { App } from './ports.ts';

/**
 * The customer, or an operator, ends an order that is not paid. What was received in parts goes back. Doing it twice is the
 * same as doing it once.
 *
 * @throws AppError payment_in_progress when money is on its way, order_not_cancelable, payment_provider_unavailable
 */
export async function cancelOrder(
  app: App,
  order: { id: string; status: string },
  closing: Closing = { reason: 'cancel' },
): Promise<void> {
  if (order.status === 'canceled') return;
  try {
    const outcome = await closeOrder(app, order.id, closing);
    if (outcome.state === 'taken') throw new AppError('payment_in_progress', { retryAfter: 2 });
    if (outcome.state !== 'settled') return;
    // Somebody else was faster: fine if it was another cancellation, too late if it was a payment.
    const current = await findOrderVersion(app.database.read, order.id);
    if (current?.status !== 'canceled') throw new AppError('order_not_cancelable');
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    throw new AppError('payment_provider_unavailable', { retryAfter: 5, cause: error });
  }
}
