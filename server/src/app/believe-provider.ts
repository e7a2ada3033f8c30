import { openBreak } from '../db/books.ts';
import { hasOpenEvent } from '../db/inbox.ts';
import { findPayment, type PaymentRow } from '../db/payments.ts';
import type { Tx } from '../db/schema.ts';
import type { PaymentFact } from '../domain/payment.ts';
import type { Applied } from './applied.ts';
import { applyLooked } from './apply-looked.ts';
import { isNews } from './check-payments.ts';
import { clockDifference } from './close-payment.ts';
import { providerOf } from './find-provider.ts';
import { lookAtPayment } from './look-again.ts';
import { fetchEvents } from './poll-events.ts';
import type { App, PaymentProvider } from './ports.ts';

/** Pages of events that may be read to find the one about a payment. */
const pages = 20;

/** `wait`: an event about it is in the inbox, or newer news came just now. */
export type Believed = 'done' | 'wait';

/**
 * The last resort: the provider's word about an attempt that no event told us of. All events since the attempt was made are
 * searched once more; only if none is there is the object itself believed, and a person is told, because something between
 * us and the provider is broken.
 *
 * @throws ProviderError when the provider could not be asked
 */
export async function believeProvider(app: App, paymentId: string): Promise<Believed> {
  const payment = await findPayment(app.database.read, paymentId);
  if (!payment) return 'done';
  const provider = providerOf(app, payment);
  const looked = await lookAtPayment(provider, payment);
  if (!isNews(payment, looked.facts[0] as PaymentFact)) return 'done';
  await fetchEvents(app, provider, payment.created_at - clockDifference, pages);
  if (await isAnswered(app, payment)) return 'wait';
  const source = { eventId: null, actor: 'reconciler' as const };
  const applied = await applyLooked(app, looked, source, (tx, result) =>
    raiseAlarm(app, tx, provider, looked.facts[0] as PaymentFact, result),
  );
  return applied === null ? 'wait' : 'done';
}

/** The events just fetched moved the attempt, or one of them waits to be dealt with. */
async function isAnswered(app: App, seen: PaymentRow): Promise<boolean> {
  const current = await findPayment(app.database.read, seen.id);
  if (current?.status !== seen.status) return true;
  const objects = [seen.session_ref, seen.intent_ref].filter((ref) => ref !== null);
  return await hasOpenEvent(app.database.read, objects);
}

/** Tells a person that a fact had to be taken from the provider's object, because no event brought it. */
export async function raiseAlarm(
  app: App,
  tx: Tx,
  provider: PaymentProvider,
  fact: PaymentFact,
  applied: Applied,
): Promise<void> {
  if (applied.state !== 'applied') return;
  const { orderId, paymentId } = applied;
  const name = fact.intentRef ?? fact.sessionRef ?? 'a payment';
  app.log.error({ orderId, paymentId, fact: fact.kind }, 'an event is missing');
  await openBreak(tx, {
    id: app.ids.next('brk'),
    kind: 'event_missing',
    object_id: paymentId ?? name,
    order_id: orderId,
    amount: fact.kind === 'succeeded' ? fact.amount : null,
    currency: fact.kind === 'succeeded' ? fact.currency : null,
    detail: `no event said that ${name} is ${fact.kind} at ${provider.name}: it was believed when asked`,
    opened_at: app.clock.now(),
  });
}
