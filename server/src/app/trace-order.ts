import type { AdminOrder } from '@paydesk/contract/admin';
import type { Order } from '@paydesk/contract/orders';
import type { BreakRow } from '../db/books.ts';
import { findBreaksOf } from '../db/breaks.ts';
import { findMovements, findNotes, findOperatorNames, findOwner, findRefundLines } from '../db/desk.ts';
import { findDisputes } from '../db/disputes.ts';
import { findDocuments } from '../db/documents.ts';
import { findEvents, findLines, type OrderRow } from '../db/orders.ts';
import type { OutboxRow } from '../db/outbox.ts';
import { findPayments, type PaymentRow } from '../db/payments.ts';
import { findRefunds, type RefundRow } from '../db/refunds.ts';
import type { Schema } from '../db/schema.ts';
import { type EventTrace, findEffects, findEntries, findEventsOf, findTransactionIds } from '../db/traces.ts';
import { declineOf } from './desk/decline-advice.ts';
import { presentDocuments, presentEntries, presentNote, presentRefundable } from './desk/present-desk.ts';
import { findMails, presentOrderMail } from './desk/present-mails.ts';
import { presentPayments } from './desk/present-payments.ts';
import { readEvents, type ToldByEvents } from './desk/read-events.ts';
import { refundedByLine } from './desk/refund-lines.ts';
import { iso } from './iso.ts';
import type { App } from './ports.ts';
import { presentBreak } from './present-break.ts';
import { loadOrder } from './present-order.ts';

/** Everything that touched an order: what its owner sees, and what only operators may. */
export async function traceOrder(app: App, order: OrderRow): Promise<AdminOrder> {
  const { read } = app.database;
  const [shown, lines, payments, refunds, disputes, breaks, events] = await Promise.all([
    loadOrder(app, order),
    findLines(read, order.id),
    findPayments(read, order.id),
    findRefunds(read, order.id),
    findDisputes(read, order.id),
    findBreaksOf(read, order.id),
    findEventsOf(read, order.id),
  ]);
  const own = [order, ...payments, ...refunds, ...disputes].map(({ id }) => id);
  const foreign = refsOf(payments, refunds, breaks, disputes);
  const [effects, transactions, movements, kept] = await Promise.all([
    findEffects(read, own),
    findTransactionIds(read, foreign),
    findMovements(read, foreign),
    findRefundLines(read, order.id),
  ]);
  const entries = await findEntries(read, order.id, [...new Set([...own, ...foreign, ...transactions])]);
  const told = readEvents(app, events);
  const facts = presentPayments(app, { payments, refunds, disputes, movements, told });
  return {
    order: shown,
    ...(await findDesk(app, order, { shown, effects, told })),
    refundable: presentRefundable(order, lines, {
      payments: facts,
      before: refundedByLine(kept, refunds),
    }),
    hold: order.hold,
    returned: lines
      .filter(({ returned }) => returned > 0)
      .map((line) => ({ productId: line.product_id, quantity: line.returned })),
    payments: facts,
    refunds: refunds.map(presentRefund),
    breaks: breaks.map((row) => presentBreak(row)),
    effects: effects.map(presentEffect),
    ledger: entries.map(presentEntry),
    events: events.map((event) => presentEvent(event, told)),
  };
}

/** What operators wrote down themselves, and what they read otherwise than customers do. */
async function findDesk(
  app: App,
  order: OrderRow,
  { shown, effects, told }: { shown: Order; effects: readonly OutboxRow[]; told: ToldByEvents },
): Promise<Pick<AdminOrder, 'person' | 'timeline' | 'notes' | 'mails' | 'documents'>> {
  const { read } = app.database;
  const refundIds = shown.refunds.map(({ id }) => id);
  const [owner, rows, names, notes, mails, issued] = await Promise.all([
    order.person_id === null ? undefined : findOwner(read, order.person_id),
    findEvents(read, order.id),
    findOperatorNames(read, order.id),
    findNotes(read, order.id),
    findMails(read, order.id, effects),
    findDocuments(read, order.id, refundIds),
  ]);
  return {
    person: owner
      ? { id: owner.id, name: owner.name, email: owner.email, emailVerified: owner.email_verified === 1 }
      : null,
    timeline: presentEntries(
      rows,
      mails.map(({ effect }) => effect),
      { names, told },
    ),
    notes: notes.map(presentNote),
    mails: mails.map(({ effect, resentBy }) =>
      presentOrderMail(effect, {
        to: effect.kind === 'mail.disputed' ? app.shop.operatorEmail : order.email,
        resentBy,
      }),
    ),
    documents: presentDocuments(shown, issued),
  };
}

/** What the provider calls the things of this order; some journals are about those. */
export function refsOf(
  payments: readonly PaymentRow[],
  refunds: readonly RefundRow[],
  breaks: readonly BreakRow[],
  disputes: readonly Schema['disputes'][],
): string[] {
  const refs = [
    ...payments.flatMap((row) => [row.intent_ref, row.session_ref, row.charge_ref, row.balance_ref]),
    ...refunds.flatMap((row) => [row.intent_ref, row.charge_ref, row.refund_ref]),
    ...disputes.map((row) => row.dispute_ref),
    ...breaks.map((row) => row.object_id),
  ];
  return refs.filter((ref): ref is string => ref !== null);
}

function presentRefund(row: RefundRow): AdminOrder['refunds'][number] {
  return {
    id: row.id,
    requestedBy: row.requested_by,
    appliesTo: row.applies_to,
    failureCode: row.failure_code,
    lastEventId: row.last_event_id,
    lastEventAt: iso(row.last_event_at),
  };
}

function presentEffect(row: OutboxRow): AdminOrder['effects'][number] {
  return {
    key: row.dedupe_key,
    dueAt: iso(row.not_before),
    attempts: row.attempts,
    lastError: row.last_error,
    doneAt: iso(row.done_at),
    gaveUpAt: iso(row.dead_at),
  };
}

function presentEntry(row: Schema['ledger_entries']): AdminOrder['ledger'][number] {
  return {
    journal: row.kind,
    about: row.ref,
    account: row.account,
    amount: { amount: row.amount, currency: row.currency },
    at: iso(row.at),
  };
}

function presentEvent(row: EventTrace, told: ToldByEvents): AdminOrder['events'][number] {
  return {
    id: row.event_id,
    type: row.type,
    source: row.source,
    state: row.state,
    outcome: row.outcome,
    decline: declineOf(told.failures.get(row.event_id) ?? null),
    receivedAt: iso(row.received_at),
    doneAt: iso(row.done_at),
  };
}
