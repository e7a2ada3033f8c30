import { openBreak } from '../db/books.ts';
import { type EffectKind, type OutboxRow, outbox } from '../db/outbox.ts';
import { findPayment } from '../db/payments.ts';
import type { Tx } from '../db/schema.ts';
import { believeProvider } from './believe-provider.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { closeOrder } from './close-order.ts';
import { closePayment, keysLastFor } from './close-payment.ts';
import { createAtProvider } from './create-at-provider.ts';
import { ProviderError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import type { App } from './ports.ts';
import { recoverAttempt } from './recover-attempt.ts';
import { sendMail } from './send-mail.ts';
import { sendNotice } from './tell-person.ts';

const shortestWait = 1_000;
const longestWait = 60_000;

/**
 * `done`: it happened, or, where `unneeded` says why, it need not happen any more. `again`: not yet, or not now; look again at
 * `at`. `dead`: it will never work, and a person has to see to it.
 */
export type Performed =
  | { state: 'done'; unneeded?: string }
  | { state: 'again'; at: number; error: string | null }
  | { state: 'dead'; error: string };

type Handler = (app: App, effect: OutboxRow) => Promise<Performed>;

const handlers: Record<EffectKind, Handler> = {
  'payment.create': createPayment,
  'payment.close': closePaymentAtProvider,
  'order.close': closeOrderWhenDue,
  'refund.create': makeRefund,
  'payment.check': believePayment,
  'mail.placed': sendMail,
  'mail.payment_failed': sendMail,
  'mail.paid': sendMail,
  'mail.shipped': sendMail,
  'mail.refunded': sendMail,
  'mail.refund_failed': sendMail,
  'mail.transfer': sendMail,
  'mail.disputed': sendMail,
  'mail.account': sendNotice,
};

/** O1: does what a commit promised. May be called any number of times for one effect; each kind makes sure of that itself. */
export async function performEffect(app: App, effect: OutboxRow): Promise<Performed> {
  const result = await attempt(app, effect);
  await app.database.transaction(async (tx) => {
    const written = await outbox.finish(tx, effect, changesOf(result, app.clock.now()));
    if (written && result.state === 'dead') await reportDead(app, tx, effect, result.error);
  });
  return result;
}

function changesOf(result: Performed, now: number): Partial<OutboxRow> {
  switch (result.state) {
    case 'done':
      return { done_at: now, last_error: result.unneeded ?? null };
    case 'again':
      // Whoever only waits for something has not failed, and is not given up for it.
      return {
        not_before: result.at,
        last_error: result.error,
        ...(result.error === null && { attempts: 0 }),
      };
    case 'dead':
      return { dead_at: now, last_error: result.error };
  }
}

async function reportDead(app: App, tx: Tx, effect: OutboxRow, error: string): Promise<void> {
  await openBreak(tx, {
    id: app.ids.next('brk'),
    kind: 'effect_gave_up',
    object_id: effect.dedupe_key,
    order_id: effect.order_id,
    amount: null,
    currency: null,
    detail: error,
    opened_at: app.clock.now(),
  });
}

async function attempt(app: App, effect: OutboxRow): Promise<Performed> {
  try {
    return await handlers[effect.kind as EffectKind](app, effect);
  } catch (error) {
    // Money kinds never give up: whatever went wrong is logged, kept on the row and tried again.
    const provider = error instanceof ProviderError;
    const fields = { orderId: effect.order_id, effect: effect.kind, attempts: effect.attempts, err: error };
    if (provider) app.log.warn(fields, 'an effect has to wait for the provider');
    else app.log.error(fields, 'an effect failed');
    return laterOn(app, effect, (error as Error).message);
  }
}

/** Tried again after twice as long as before, at most a minute. */
function laterOn(app: App, effect: OutboxRow, error: string | null): Performed {
  const delay = Math.min(shortestWait * 2 ** Math.min(effect.attempts - 1, 20), longestWait);
  return { state: 'again', at: app.clock.now() + delay, error };
}

async function createPayment(app: App, effect: OutboxRow): Promise<Performed> {
  const payment = await findPayment(app.database.read, effect.subject_id);
  const missing =
    payment && payment.closed_at === null && (payment.status === 'creating' || payment.status === 'unknown');
  if (!missing) return { state: 'done' };
  if (app.clock.now() - payment.created_at > keysLastFor) {
    await recoverAttempt(app, payment);
    return { state: 'done' };
  }
  try {
    await createAtProvider(app, providerOf(app, payment), payment, async () => {});
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.isKeySpent) await recoverAttempt(app, payment);
    else if (error.failure !== 'refused') throw error;
  }
  return { state: 'done' };
}

/** An attempt that must not take money any more, because the order is paid by other means or over. */
async function closePaymentAtProvider(app: App, effect: OutboxRow): Promise<Performed> {
  const payment = await findPayment(app.database.read, effect.subject_id);
  if (!payment || payment.closed_at !== null) return { state: 'done' };
  const outcome = await closePayment(app, payment);
  // Its event will say what happened; should the money fail to arrive, this looks again.
  return outcome === 'closed' ? { state: 'done' } : laterOn(app, effect, null);
}

async function closeOrderWhenDue(app: App, effect: OutboxRow): Promise<Performed> {
  const outcome = await closeOrder(app, effect.order_id, { reason: 'expire' });
  if (outcome.state === 'not_due') return { state: 'again', at: outcome.at, error: null };
  // Money is on its way: its event settles this effect. Until then it looks again from time to time.
  if (outcome.state === 'taken') return { state: 'again', at: app.clock.now() + longestWait, error: null };
  return { state: 'done' };
}

async function makeRefund(app: App, effect: OutboxRow): Promise<Performed> {
  const outcome = await carryOutRefund(app, effect.subject_id);
  return outcome === 'unknown' ? laterOn(app, effect, 'the outcome is not known') : { state: 'done' };
}

async function believePayment(app: App, effect: OutboxRow): Promise<Performed> {
  const outcome = await believeProvider(app, effect.subject_id);
  return outcome === 'done' ? { state: 'done' } : laterOn(app, effect, 'its event is being dealt with');
}
