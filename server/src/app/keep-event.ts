import type { Last } from '../db/database.ts';
import { type InboxRow, insertEvent } from '../db/inbox.ts';
import type { Tx } from '../db/schema.ts';
import type { Applied } from './applied.ts';
import { applyFact } from './apply-fact.ts';
import type { App, SignedEvent } from './ports.ts';
import { recordCharge } from './record-charge.ts';

export type Received = {
  eventId: string;
  type: string;
  result: 'applied' | 'no_effect' | 'queued' | 'duplicate';
};

/** How an event reached us, and as what it may be kept. */
export type Arrival = { provider: string; source: InboxRow['source']; payload: string };

/**
 * W1 for every door: keeps an event for ever and, where its fact is final, applies it in the same transaction. When this
 * returns, the event is on disk. An event that was here before changes nothing, whichever door it came through.
 *
 * @param event verified: signed by the provider, or fetched from it by us
 */
export async function keepEvent(app: App, event: SignedEvent, arrival: Arrival): Promise<Received> {
  const row = newRow(app, event, arrival);
  const kept =
    (await keepCharge(app, event, row)) ??
    (await app.database.transaction((tx, last) => keep(app, tx, last, event, row)));
  const result = (await kept.isNew) ? kept.result : 'duplicate';
  if (kept.changed && kept.orderId !== null) app.live.changed(kept.orderId);
  if (result === 'queued') app.wakeInbox();
  const fields = { eventId: event.id, type: event.type, orderId: kept.orderId, paymentId: kept.paymentId };
  const { source } = arrival;
  app.log.info({ ...fields, source, result, outcome: kept.outcome }, 'event received');
  return { eventId: event.id, type: event.type, result };
}

function newRow(app: App, event: SignedEvent, { provider, source, payload }: Arrival): InboxRow {
  const now = app.clock.now();
  return {
    event_id: event.id,
    provider,
    type: event.type,
    object_id: event.objectId,
    source,
    payload,
    state: 'new',
    outcome: null,
    order_id: null,
    payment_id: null,
    attempts: 0,
    not_before: now,
    lease_token: null,
    lease_until: null,
    received_at: now,
    done_at: null,
    replayed_at: null,
  };
}

type Kept = {
  /** Whether the order changed; so it can even be by an event that waits in the inbox and was sent again. */
  changed: boolean;
  outcome: string | null;
  /** Known once the transaction is over. */
  isNew: Promise<boolean>;
  /** If it is new. */
  result: Received['result'];
  orderId: string | null;
  paymentId: string | null;
};

/** The short way, for an event that only adds to what we know. Null when it is not such an event. */
async function keepCharge(app: App, { fact }: SignedEvent, row: InboxRow): Promise<Kept | null> {
  if (fact?.kind !== 'details') return null;
  const { orderId, paymentId } = fact;
  const outcome = 'details recorded';
  const ids = { order_id: orderId, payment_id: paymentId };
  const done: InboxRow = { ...row, ...ids, state: 'done', outcome, done_at: row.received_at };
  if (!(await recordCharge(app, fact, done))) return null;
  return { changed: false, isNew: Promise.resolve(true), result: 'no_effect', outcome, orderId, paymentId };
}

/**
 * Applies first and inserts last, with the final outcome: one statement less than the other way round, and just as safe,
 * because applying a fact twice is a no-op and a duplicate then changes nothing at all.
 */
async function keep(app: App, tx: Tx, last: Last, event: SignedEvent, row: InboxRow): Promise<Kept> {
  const applied = event.fact?.final
    ? await applyFact(app, tx, last, event.fact, { eventId: event.id, actor: 'provider' })
    : null;
  const queued = applied ? applied.state === 'unknown' : event.fact !== null;
  const outcome = applied?.outcome ?? (queued ? null : `no effect: ${event.reason}`);
  const orderId = applied?.orderId ?? null;
  const paymentId = applied?.paymentId ?? null;
  const isNew = insertEvent(tx, {
    ...row,
    state: queued ? (applied ? 'waiting' : 'new') : 'done',
    outcome,
    order_id: orderId,
    payment_id: paymentId,
    done_at: queued ? null : row.received_at,
  });
  last(isNew);
  const changed = applied?.state === 'applied';
  return { changed, isNew, result: resultOf(applied, queued), outcome, orderId, paymentId };
}

function resultOf(applied: Applied | null, queued: boolean): Received['result'] {
  if (queued) return 'queued';
  return applied?.state === 'applied' ? 'applied' : 'no_effect';
}
