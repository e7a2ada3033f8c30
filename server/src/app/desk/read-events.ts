import type { EventTrace } from '../../db/traces.ts';
import type { CardChecks, Fact } from '../../domain/payment.ts';
import type { App } from '../ports.ts';

/** What the events of an order say that our rows do not keep: why each try failed, and how the card was checked. */
export type ToldByEvents = {
  /** Codes by event. */
  failures: ReadonlyMap<string, string>;
  /** By payment of ours. */
  checks: ReadonlyMap<string, CardChecks>;
};

/** Reads them anew from what was kept: only operators want to know, and seldom. */
export function readEvents(app: App, events: readonly EventTrace[]): ToldByEvents {
  const failures = new Map<string, string>();
  const checks = new Map<string, CardChecks>();
  for (const event of events) {
    const fact = factOf(app, event);
    if (fact === null || fact.kind === 'refund' || fact.kind === 'dispute') continue;
    if (fact.failureCode !== null) failures.set(event.event_id, fact.failureCode);
    const paymentId = event.payment_id ?? fact.paymentId;
    if (fact.checks && paymentId !== null) checks.set(paymentId, fact.checks);
  }
  return { failures, checks };
}

/** Null for what cannot be read: an event of a provider that is not there any more, or in a shape that it had once. */
function factOf(app: App, event: EventTrace): Fact | null {
  try {
    return app.providers.get(event.provider)?.readStored(event.payload).fact ?? null;
  } catch {
    return null;
  }
}
