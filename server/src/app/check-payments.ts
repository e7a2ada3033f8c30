import { findDuePayments, forgetCheck, noteChecks, type Schedule } from '../db/checks.ts';
import { renewEffect } from '../db/outbox.ts';
import type { PaymentRow } from '../db/payments.ts';
import { nextPaymentStatus, type PaymentFact } from '../domain/payment.ts';
import { refsOf } from './close-payment.ts';
import { ProviderError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import type { App } from './ports.ts';

const minute = 60_000;
/** Most customers pay within seconds of asking for a way to; whoever does not may take an hour. */
const schedule: Schedule = {
  ages: [40_000, 2 * minute, 5 * minute, 10 * minute, 30 * minute],
  every: 60 * minute,
};
/** Longer than it takes until the events are fetched the next time, in milliseconds. */
const eventsFirst = 35_000;

/** `isAway`: the provider could not be asked; what was not looked at is due again. */
export type Checked = { looked: number; isAway: boolean };

/**
 * Looks at attempts that could still take money. Where the provider knows more than we do, its event is given time to come,
 * by delivery or fetched; only then is the provider's own word written down (`believe-provider`).
 *
 * @param limit how many attempts may be looked at: each costs a call
 */
export async function checkPayments(app: App, limit: number): Promise<Checked> {
  const now = app.clock.now();
  const due = await findDuePayments(app.database.read, schedule, { providers: listing(app), now, limit });
  if (due.length === 0) return { looked: 0, isAway: false };
  const mine = await app.database.transaction((tx) => noteChecks(tx, 'payments', due, now));
  const answers = await Promise.all(mine.map((payment) => checkPayment(app, payment)));
  return { looked: mine.length, isAway: answers.includes('away') };
}

/** Providers that answer when they are asked. Of others we hold the only record. */
export function listing(app: App): string[] {
  return [...app.providers.values()].filter(({ byHand }) => !byHand).map(({ name }) => name);
}

async function checkPayment(app: App, payment: PaymentRow): Promise<'looked' | 'away'> {
  try {
    const fact = await providerOf(app, payment).look(refsOf(payment));
    if (isNews(payment, fact)) await waitForEvent(app, payment, fact);
    return 'looked';
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const fields = { orderId: payment.order_id, paymentId: payment.id, err: error };
    if (error.failure === 'refused') {
      app.log.error(fields, 'the provider does not know an open payment');
      return 'looked';
    }
    app.log.warn(fields, 'a payment cannot be looked at now');
    await app.database.transaction((tx) => forgetCheck(tx, 'payments', payment));
    return 'away';
  }
}

/** Whether the provider's word changes what became of the attempt, and not only what is known about it. */
export function isNews(payment: PaymentRow, fact: PaymentFact): boolean {
  return fact.kind !== 'requires_action' && nextPaymentStatus(payment.status, fact.kind) !== payment.status;
}

async function waitForEvent(app: App, payment: PaymentRow, fact: PaymentFact): Promise<void> {
  const now = app.clock.now();
  const fields = {
    orderId: payment.order_id,
    paymentId: payment.id,
    ours: payment.status,
    theirs: fact.kind,
  };
  app.log.warn(fields, 'the provider knows more about a payment than we do');
  await app.database.transaction((tx) =>
    renewEffect(tx, {
      kind: 'payment.check',
      orderId: payment.order_id,
      subjectId: payment.id,
      notBefore: now + eventsFirst,
      now,
    }),
  );
}
