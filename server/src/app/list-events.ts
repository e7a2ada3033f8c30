import type { EventDetail, EventRow } from '@paydesk/contract/admin/events';
import { type EventFilter, eventKey, type ListedEventRow, listEvents } from '../db/event-list.ts';
import { findEvent, type InboxRow } from '../db/inbox.ts';
import { findNumbers } from '../db/order-numbers.ts';
import { findEvents, type OrderEventRow } from '../db/orders.ts';
import { findEffectsOfOrder } from '../db/outbox-list.ts';
import { AppError } from './errors.ts';
import { iso } from './iso.ts';
import { type Page, type Paging, readPage } from './paging.ts';
import type { App } from './ports.ts';
import { presentEffect } from './present-effect.ts';
import { presentTimeline } from './present-timeline.ts';

/** A page of the inbox, newest first. */
export async function pageOfEvents(app: App, filter: EventFilter, paging: Paging): Promise<Page<EventRow>> {
  const { read } = app.database;
  const page = await readPage(paging, (reach) => listEvents(read, filter, reach), eventKey);
  const numbers = await findNumbers(
    read,
    page.rows.map((row) => row.order_id),
  );
  return { ...page, rows: page.rows.map((row) => presentEvent(row, numbers)) };
}

/**
 * One event with what it carried, what was made of it, and what it changed.
 *
 * @throws AppError event_not_found
 */
export async function showEvent(app: App, eventId: string): Promise<EventDetail> {
  const { read } = app.database;
  const event = await findEvent(read, eventId);
  if (!event) throw new AppError('event_not_found');
  const orderId = event.order_id;
  const [numbers, timeline, effects] = await Promise.all([
    findNumbers(read, [orderId]),
    orderId === null ? [] : findEvents(read, orderId),
    orderId === null ? [] : findEffectsOfOrder(read, orderId),
  ]);
  const own = timeline.filter((entry) => entry.event_id === eventId);
  return {
    event: {
      ...presentEvent(event, numbers),
      paymentId: event.payment_id,
      signature: signatureOf(event),
      decision: decisionOn(event),
      dueAt: isOpen(event) ? iso(event.not_before) : null,
      replayedAt: iso(event.replayed_at),
      payload: readPayload(event.payload),
    },
    timeline: presentTimeline(own, []),
    // Whatever is written in one transaction is of one moment: the timeline tells when that was.
    effects: effects
      .filter(({ created_at }) => isMomentOf(own, created_at))
      .map((row) => presentEffect(row, numbers)),
  };
}

function presentEvent(row: ListedEventRow, numbers: ReadonlyMap<string, string>): EventRow {
  return {
    id: row.event_id,
    provider: row.provider,
    type: row.type,
    object: row.object_id,
    source: row.source,
    state: row.state,
    outcome: row.outcome,
    orderId: row.order_id,
    orderNumber: numbers.get(row.order_id ?? '') ?? null,
    attempts: row.attempts,
    receivedAt: iso(row.received_at),
    doneAt: iso(row.done_at),
  };
}

/** A notification that was delivered was verified before it was kept; one that we fetched came from the provider itself. */
function signatureOf(event: InboxRow): EventDetail['event']['signature'] {
  if (event.source === 'operator') return 'recorded';
  return event.source === 'hook' ? 'verified' : 'fetched';
}

function decisionOn(event: InboxRow): string {
  const { state, outcome } = event;
  switch (state) {
    case 'new':
      return event.replayed_at === null ? 'It is dealt with next.' : 'It is dealt with once more next.';
    case 'waiting':
      return `It waits and is tried again: ${outcome ?? 'not dealt with yet'}.`;
    case 'parked':
      return `It was parked, because nobody could deal with it for a day: ${outcome}.`;
    case 'done':
      return sentence(outcome ?? 'done');
  }
}

function sentence(outcome: string): string {
  const text = `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}`;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function isOpen(event: InboxRow): boolean {
  return event.state === 'new' || event.state === 'waiting';
}

function isMomentOf(entries: readonly OrderEventRow[], at: number): boolean {
  return entries.some((entry) => entry.at === at);
}

/** JSON as all providers send it; anything else is shown as the text that it is. */
function readPayload(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
