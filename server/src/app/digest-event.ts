import { closeBreaks, openBreak } from '../db/books.ts';
import { hasParkedEvent, type InboxRow, inbox } from '../db/inbox.ts';
import type { Tx } from '../db/schema.ts';
import type { Applied } from './applied.ts';
import { applyLooked } from './apply-looked.ts';
import { ProviderError } from './errors.ts';
import { providerOf } from './find-provider.ts';
import { currentFacts, type Looked } from './look-again.ts';
import type { App, SignedEvent } from './ports.ts';

/** How long an event about an object we do not know is kept trying, in milliseconds: one day. */
const patience = 24 * 3_600_000;
const shortestWait = 1_000;
const longestWait = 10 * 60_000;

export type Digested = 'done' | 'waiting' | 'parked';

/**
 * Deals with an event that could not be applied when it came: its fact was only a hint (then the provider is asked what is
 * true now), or our own row was not there yet. Never drops one: what stays unknown for a day is parked with a break.
 */
export async function digestEvent(app: App, event: InboxRow): Promise<Digested> {
  const provider = providerOf(app, event);
  try {
    const signed = provider.readStored(event.payload);
    if (signed.fact === null) return await settleEvent(app, event, `no effect: ${signed.reason}`);
    const looked = await currentFacts(app, provider, signed.fact);
    return await applyAndSettle(app, event, signed, looked);
  } catch (error) {
    // Whatever it is may pass, and if it does not, a person has to see it: then the event is parked like an unknown one.
    if (error instanceof ProviderError)
      return await wait(app, event, `the provider could not be asked: ${error.message}`);
    const fields = { eventId: event.event_id, type: event.type, err: error };
    app.log.error(fields, 'an event could not be digested');
    return await wait(app, event, `it could not be digested: ${(error as Error).message}`);
  }
}

async function applyAndSettle(
  app: App,
  event: InboxRow,
  signed: SignedEvent,
  { facts, hasMoved }: Looked,
): Promise<Digested> {
  // Success is left to its own signed event, which alone may pay an order.
  const told = facts.filter((fact) => fact.kind !== 'succeeded' || signed.fact?.kind === 'succeeded');
  if (told.length === 0) {
    const outcome =
      facts.length === 0
        ? 'no effect: the provider has nothing of the kind'
        : 'no effect: it succeeded meanwhile, its own event says so';
    return await settleEvent(app, event, outcome);
  }
  const source = { eventId: event.event_id, actor: 'provider' as const };
  const applied = await applyLooked(app, { facts: told, hasMoved }, source, async (tx, result) => {
    if (result.state !== 'unknown') await finish(app, tx, event, doneChanges(app, event, result));
  });
  if (applied === null) return await wait(app, event, 'newer news came while the provider was asked');
  if (applied.state === 'unknown') return await wait(app, event, applied.outcome);
  app.log.info(
    { eventId: event.event_id, type: event.type, orderId: applied.orderId, outcome: applied.outcome },
    'event digested',
  );
  return 'done';
}

function doneChanges(app: App, event: InboxRow, applied: Applied): Partial<InboxRow> {
  return {
    state: 'done',
    outcome: outcomeOf(event, applied.outcome),
    order_id: applied.orderId ?? event.order_id,
    payment_id: applied.paymentId ?? event.payment_id,
    done_at: app.clock.now(),
  };
}

/** What an event did when it first came stays written, whatever comes of doing it again. */
function outcomeOf(event: InboxRow, outcome: string): string {
  if (event.replayed_at === null || event.order_id === null || event.outcome === null) return outcome;
  return `${event.outcome.split(again)[0]}${again}${outcome}`;
}

const again = '; once more: ';

async function settleEvent(app: App, event: InboxRow, outcome: string): Promise<Digested> {
  const done = { state: 'done' as const, done_at: app.clock.now(), outcome: outcomeOf(event, outcome) };
  await app.database.transaction((tx) => finish(app, tx, event, done));
  return 'done';
}

/** Ends the event and, where it had been parked before and was put back, the break that told of it. */
async function finish(app: App, tx: Tx, event: InboxRow, done: Partial<InboxRow>): Promise<void> {
  const isOurs = await inbox.finish(tx, event, done);
  if (!isOurs || event.replayed_at === null || (await hasParkedEvent(tx, event.object_id))) return;
  const closing = { at: app.clock.now(), by: 'shop', resolution: `dealt with once more (${event.event_id})` };
  await closeBreaks(tx, ['payment_not_found'], event.object_id, closing);
}

async function wait(app: App, event: InboxRow, outcome: string): Promise<Digested> {
  const now = app.clock.now();
  if (now - (event.replayed_at ?? event.received_at) > patience) return await park(app, event, outcome);
  const delay = Math.min(shortestWait * 2 ** Math.min(event.attempts - 1, 20), longestWait);
  await app.database.transaction((tx) =>
    inbox.finish(tx, event, {
      state: 'waiting',
      outcome: outcomeOf(event, outcome),
      not_before: now + delay,
    }),
  );
  return 'waiting';
}

async function park(app: App, event: InboxRow, outcome: string): Promise<Digested> {
  const now = app.clock.now();
  await app.database.transaction(async (tx) => {
    if (
      !(await inbox.finish(tx, event, { state: 'parked', outcome: outcomeOf(event, outcome), done_at: now }))
    )
      return;
    await openBreak(tx, {
      id: app.ids.next('brk'),
      kind: 'payment_not_found',
      object_id: event.object_id,
      order_id: null,
      amount: null,
      currency: null,
      detail: `${event.type} ${event.event_id}: ${outcome}`,
      opened_at: now,
    });
  });
  app.log.error(
    { eventId: event.event_id, type: event.type },
    'an event was parked: a person has to look at it',
  );
  return 'parked';
}
