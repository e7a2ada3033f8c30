import type { TimelineEntry } from '@paydesk/contract/orders';
import type { Kysely } from 'kysely';
import type { DisputeRow } from '../db/disputes.ts';
import type { OrderEventRow, OrderRow } from '../db/orders.ts';
import { dedupeKey, type EffectKind, findEffects, type OutboxRow } from '../db/outbox.ts';
import type { PaymentRow } from '../db/payments.ts';
import type { RefundRow } from '../db/refunds.ts';
import type { Schema } from '../db/schema.ts';
import { iso } from './iso.ts';

/** The mails about an order as a whole. Their keys are known before anything else of the order is. */
export function findOrderMails(
  db: Kysely<Schema>,
  order: Pick<OrderRow, 'id' | 'fulfilment'>,
): Promise<OutboxRow[]> {
  const kinds: EffectKind[] = ['mail.placed', 'mail.payment_failed', 'mail.paid'];
  if (order.fulfilment === 'fulfilled') kinds.push('mail.shipped');
  return findEffects(
    db,
    kinds.map((kind) => dedupeKey(kind, order.id)),
  );
}

/** The mails about parts of an order; the database is asked only where there is such a part. */
export function findPartMails(
  db: Kysely<Schema>,
  parts: { payments: readonly PaymentRow[]; refunds: readonly RefundRow[]; disputes: readonly DisputeRow[] },
): Promise<OutboxRow[]> {
  const transfers = parts.payments.filter(({ flow }) => flow === 'transfer');
  return findEffects(db, [
    ...transfers.map(({ id }) => dedupeKey('mail.transfer', id)),
    ...parts.refunds.flatMap(({ id }) => [
      dedupeKey('mail.refunded', id),
      dedupeKey('mail.refund_failed', id),
    ]),
    ...parts.disputes.map(({ id }) => dedupeKey('mail.disputed', id)),
  ]);
}

/** Everything that happened to an order, and every mail about it, oldest first. */
export function presentTimeline(
  events: readonly OrderEventRow[],
  mails: readonly OutboxRow[],
): TimelineEntry[] {
  return withMails(events.map(presentEvent), mails, (entry) => entry);
}

/** Entries with those of the mails that were sent between them. `present` makes of a mail's entry what the others are. */
export function withMails<Entry extends TimelineEntry>(
  entries: Entry[],
  mails: readonly OutboxRow[],
  present: (entry: TimelineEntry) => Entry,
): Entry[] {
  const told = mails.filter(wasToldAbout);
  if (told.length === 0) return entries;
  // Sorting keeps entries of the same moment in the order in which they stand here.
  return [...entries, ...told.map((mail) => present(presentMail(mail)))].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
}

/** A mail that waits, or that was not needed any more, is nothing that happened. */
function wasToldAbout(mail: OutboxRow): boolean {
  return mail.dead_at !== null || (mail.done_at !== null && mail.last_error === null);
}

export function presentEvent(event: OrderEventRow): TimelineEntry {
  return {
    at: iso(event.at),
    type: event.type,
    status: event.status,
    message: event.message,
    actor: event.actor,
    paymentId: event.payment_id,
    refundId: event.refund_id,
    eventId: event.event_id,
  };
}

const mailSubjects: Partial<Record<EffectKind, string>> = {
  'mail.placed': 'that we have the order',
  'mail.payment_failed': 'that the payment did not go through',
  'mail.paid': 'with the receipt',
  'mail.shipped': 'that the order is on its way',
  'mail.refunded': 'about the refund',
  'mail.refund_failed': 'that the refund did not go through',
  'mail.transfer': 'with the details for the transfer',
  'mail.disputed': 'about the dispute, to the shop',
};

/** What an e-mail is about, as the end of “the e-mail …”. */
export function mailSubject({ kind }: Pick<OutboxRow, 'kind'>): string {
  return mailSubjects[kind as EffectKind] ?? '';
}

function presentMail(mail: OutboxRow): TimelineEntry {
  const subject = mailSubject(mail);
  const isDead = mail.dead_at !== null;
  return {
    at: iso(Number(mail.dead_at ?? mail.done_at)),
    type: isDead ? 'mail.failed' : 'mail.sent',
    status: null,
    message: isDead ? `The e-mail ${subject} could not be delivered.` : `E-mail sent ${subject}.`,
    actor: 'shop',
    paymentId: mail.kind === 'mail.transfer' ? mail.subject_id : null,
    refundId: mail.kind.startsWith('mail.refund') ? mail.subject_id : null,
    eventId: null,
  };
}
