import type { AdminOrder } from '@paydesk/contract/admin';
import type { DeskEntry, Note, OrderDocument } from '@paydesk/contract/admin/desk';
import type { Order } from '@paydesk/contract/orders';
import { type RefundOfLines, refundableUnits } from '@paydesk/contract/refund-shares';
import type { NoteRow } from '../../db/desk.ts';
import type { DocumentRow } from '../../db/documents.ts';
import type { OrderEventRow, OrderLineRow, OrderRow } from '../../db/orders.ts';
import type { OutboxRow } from '../../db/outbox.ts';
import { documentNumber } from '../../domain/document.ts';
import { isPayable } from '../../domain/order.ts';
import { iso } from '../iso.ts';
import { presentEvent, withMails } from '../present-timeline.ts';
import { leftOf } from '../restock.ts';
import { declineOf } from './decline-advice.ts';
import type { ToldByEvents } from './read-events.ts';
import { priced } from './refund-lines.ts';

/** The timeline with what customers do not read: which operator it was, and why a payment failed. */
export function presentEntries(
  events: readonly OrderEventRow[],
  mails: readonly OutboxRow[],
  { names, told }: { names: ReadonlyMap<number, string>; told: ToldByEvents },
): DeskEntry[] {
  const entries = events.map((event) => ({
    ...presentEvent(event),
    by: names.get(event.version) ?? null,
    decline: declineOf(told.failures.get(event.event_id ?? '') ?? null),
  }));
  return withMails(entries, mails, (entry) => ({ ...entry, by: null, decline: null }));
}

export function presentNote(row: NoteRow): Note {
  return { id: row.id, at: iso(row.at), by: row.written_by, text: row.text };
}

/** Every document that there is or can be, at the operators' address of it. */
export function presentDocuments(order: Order, issued: readonly DocumentRow[]): OrderDocument[] {
  const base = `/api/admin/orders/${order.id}`;
  const found = (kind: DocumentRow['kind'], refundId: string | null): OrderDocument['issuedAt'][] => {
    const row = issued.find((each) => each.kind === kind && each.refund_id === refundId);
    return row ? [documentNumber(kind, row.number), iso(row.issued_at)] : [null, null];
  };
  const make = (kind: DocumentRow['kind'], refundId: string | null, url: string): OrderDocument => {
    const [number, issuedAt] = found(kind, refundId);
    return { kind, number: number ?? null, issuedAt: issuedAt ?? null, refundId, url };
  };
  return [
    ...(order.invoiceUrl === null ? [] : [make('invoice', null, `${base}/invoice.pdf`)]),
    ...order.refunds
      .filter(({ creditNoteUrl }) => creditNoteUrl !== null)
      .map(({ id }) => make('credit_note', id, `${base}/credit-notes/${id}.pdf`)),
  ];
}

/** What can be given back now, for the dialog that asks. */
export function presentRefundable(
  order: OrderRow,
  lines: readonly OrderLineRow[],
  { payments, before }: { payments: AdminOrder['payments']; before: RefundOfLines },
): AdminOrder['refundable'] {
  // Of an order that still waits for money nothing is given back by part: it is canceled.
  const isUnderWay = isPayable(order.status) || order.status === 'processing';
  const sum = (isDisputed: boolean): number =>
    payments
      .filter((payment) => !isUnderWay && payment.isDisputed === isDisputed)
      .reduce((total, payment) => total + payment.refundable, 0);
  const units = refundableUnits(priced(order, lines), before);
  return {
    amount: { amount: sum(false), currency: order.currency },
    disputed: { amount: sum(true), currency: order.currency },
    lines: lines.map((line, index) => ({
      productId: line.product_id,
      quantity: units.lines[index]!.quantity,
      restockable: leftOf(order, line),
    })),
    shipping: units.shipping,
    before: before.lines.map(({ productId, quantity }) => ({ productId, quantity })),
  };
}
