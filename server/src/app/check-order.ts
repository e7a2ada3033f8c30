import { findDisputes } from '../db/disputes.ts';
import type { OrderRow } from '../db/orders.ts';
import { findPayments, type PaymentRow } from '../db/payments.ts';
import type { PaymentFact } from '../domain/payment.ts';
import { applyLooked } from './apply-looked.ts';
import { raiseAlarm } from './believe-provider.ts';
import { isNews, listing } from './check-payments.ts';
import { clockDifference } from './close-payment.ts';
import { AppError, ProviderError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import { type Looked, lookAtDispute, lookAtPayment, lookAtRefunds } from './look-again.ts';
import { fetchEvents } from './poll-events.ts';
import type { App } from './ports.ts';

/** Pages of events that one look may cost. */
const pages = 20;
const source = { eventId: null, actor: 'reconciler' as const };

/** What was asked about, and what came of it: `no effect: …` where the provider said nothing new. */
export type Found = { object: string; outcome: string };

/**
 * Asks the provider about everything of one order, at once, because a person wants to know. The rules are those of the
 * jobs: first the events that did not come, then the present truth, and an alarm where a payment moved without an event.
 *
 * @throws AppError payment_provider_unavailable when the provider could not be asked; what was found by then is kept
 */
export async function checkOrder(app: App, order: OrderRow): Promise<Found[]> {
  try {
    const payments = await listedPayments(app, order.id);
    for (const provider of new Set(payments.map((payment) => providerOf(app, payment))))
      await fetchEvents(app, provider, order.placed_at - clockDifference, pages);
    const found: Found[] = [];
    for (const { id } of payments) found.push(...(await checkPayment(app, order.id, id)));
    for (const dispute of await findDisputes(app.database.read, order.id)) {
      const provider = providerOf(app, dispute);
      const looked = await lookAtDispute(app, provider, { disputeRef: dispute.dispute_ref });
      found.push(await apply(app, dispute.dispute_ref, looked));
    }
    return found;
  } catch (cause) {
    if (cause instanceof ProviderError)
      throw new AppError('payment_provider_unavailable', { cause, retryAfter: 5 });
    throw cause;
  }
}

/** Those that the provider has a name for. */
async function listedPayments(app: App, orderId: string): Promise<PaymentRow[]> {
  const known = listing(app);
  const payments = await findPayments(app.database.read, orderId);
  return payments.filter(
    ({ provider, session_ref, intent_ref }) =>
      known.includes(provider) && (session_ref !== null || intent_ref !== null),
  );
}

/** Reads the attempt anew, because an event that was just fetched may have moved it. */
async function checkPayment(app: App, orderId: string, paymentId: string): Promise<Found[]> {
  const payment = (await listedPayments(app, orderId)).find(({ id }) => id === paymentId);
  if (!payment) return [];
  const provider = providerOf(app, payment);
  const looked = await lookAtPayment(provider, payment);
  const fact = looked.facts[0] as PaymentFact;
  const name = fact.intentRef ?? fact.sessionRef ?? payment.id;
  const found: Found[] = isNews(payment, fact)
    ? [await apply(app, name, looked, (tx, result) => raiseAlarm(app, tx, provider, fact, result))]
    : [{ object: name, outcome: `no effect: the payment is ${payment.status} already` }];
  if (fact.kind !== 'succeeded') return found;
  const refunds = await lookAtRefunds(app, provider, {
    instanceId: app.instanceId,
    orderId,
    refundRef: null,
    intentRef: fact.intentRef,
    chargeRef: fact.chargeRef,
  });
  if (refunds.facts.length > 0) found.push(await apply(app, `refunds of ${name}`, refunds));
  return found;
}

async function apply(
  app: App,
  object: string,
  looked: Looked,
  alongside?: Parameters<typeof applyLooked>[3],
): Promise<Found> {
  const applied = await applyLooked(app, looked, source, alongside);
  return { object, outcome: applied?.outcome ?? 'newer news came while the provider was asked' };
}
