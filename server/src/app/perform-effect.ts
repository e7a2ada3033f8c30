import { type OutboxRow, outbox } from '../db/outbox.ts';
import { findPayment } from '../db/payments.ts';
import { closeOrder } from './close-order.ts';
import { createAtProvider } from './create-at-provider.ts';
import { ProviderError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import type { App } from './ports.ts';

const shortestWait = 1_000;
const longestWait = 60_000;

/** `again`: not yet, or not now; look again at `at`. */
export type Performed = { state: 'done' } | { state: 'again'; at: number; error: string | null };

/** O1: does what a commit promised. May be called any number of times for one effect; each kind makes sure of that itself. */
export async function performEffect(app: App, effect: OutboxRow): Promise<Performed> {
  const result = await attempt(app, effect);
  const changes =
    result.state === 'done'
      ? { done_at: app.clock.now(), last_error: null }
      : { not_before: result.at, last_error: result.error };
  await app.database.transaction((tx) => outbox.finish(tx, effect, changes));
  return result;
}

async function attempt(app: App, effect: OutboxRow): Promise<Performed> {
  try {
    return effect.kind === 'payment.create'
      ? await createPayment(app, effect)
      : await closeOrderWhenDue(app, effect);
  } catch (error) {
    // Money kinds never give up: whatever went wrong is logged, kept on the row and tried again.
    const provider = error instanceof ProviderError;
    const fields = { orderId: effect.order_id, effect: effect.kind, attempts: effect.attempts, err: error };
    if (provider) app.log.warn(fields, 'an effect has to wait for the provider');
    else app.log.error(fields, 'an effect failed');
    const delay = Math.min(shortestWait * 2 ** Math.min(effect.attempts - 1, 20), longestWait);
    return { state: 'again', at: app.clock.now() + delay, error: (error as Error).message };
  }
}

async function createPayment(app: App, effect: OutboxRow): Promise<Performed> {
  const payment = await findPayment(app.database.read, effect.subject_id);
  const missing =
    payment && payment.closed_at === null && (payment.status === 'creating' || payment.status === 'unknown');
  if (!missing) return { state: 'done' };
  const provider = providerOf(app, payment);
  try {
    await createAtProvider(app, provider, payment, async () => {});
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure !== 'refused') throw error;
  }
  return { state: 'done' };
}

async function closeOrderWhenDue(app: App, effect: OutboxRow): Promise<Performed> {
  const outcome = await closeOrder(app, effect.order_id, 'expire');
  if (outcome.state === 'not_due') return { state: 'again', at: outcome.at, error: null };
  // Money is on its way: its event settles this effect. Until then it looks again from time to time.
  if (outcome.state === 'taken') return { state: 'again', at: app.clock.now() + longestWait, error: null };
  return { state: 'done' };
}
