import { touchOrder } from '../db/orders.ts';
import { closeOrder } from './close-order.ts';
import type { App } from './ports.ts';

/**
 * Lets the time of an unpaid order run out this moment, and does what the clock's job does then. For the failure lab, which
 * cannot wait as long as a customer may.
 *
 * @throws ProviderError when the provider could not be asked: the clock's job tries again
 */
export async function expireNow(app: App, orderId: string): Promise<void> {
  await app.database.transaction((tx) => touchOrder(tx, orderId, { expires_at: app.clock.now() }));
  await closeOrder(app, orderId, { reason: 'expire' });
}
