/** The tables of the dashboard: one kind of object each, the same on overviews, lists and details. */
import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import { type Column, statusPill, table, time } from './layout.ts';
import type { ApiObject } from './read.ts';

const amountColumn: Column = { title: 'Amount', numeric: true };

export function paymentTable(payments: ApiObject[]): Html {
  const columns = [{ title: 'Payment' }, { title: 'Status' }, amountColumn, { title: 'Created' }];
  const rows = payments.map((payment) => [
    paymentLink(payment.id),
    statusPill(payment.status),
    money(payment.amount, payment.currency),
    time(payment.created),
  ]);
  return table('Payments', columns, rows, 'No payments yet. They appear here as soon as a shop creates one.');
}

export function sessionTable(sessions: ApiObject[]): Html {
  const columns = [
    { title: 'Session' },
    { title: 'Status' },
    { ...amountColumn, title: 'Total' },
    { title: 'Payment' },
    { title: 'Created' },
  ];
  const rows = sessions.map((session) => [
    html`<a href="/sessions/${session.id}"><code>${shortId(session.id)}</code></a>`,
    statusPill(session.status),
    session.mode === 'setup' ? '—' : money(session.amount_total ?? 0, session.currency),
    session.payment_intent ? paymentLink(session.payment_intent) : '—',
    time(session.created),
  ]);
  return table('Checkout sessions', columns, rows, 'No checkout sessions yet.');
}

export function chargeTable(charges: ApiObject[]): Html {
  const columns = [
    { title: 'Charge' },
    { title: 'Status' },
    amountColumn,
    { title: 'Refunded', numeric: true } as const,
    { title: 'Outcome' },
    { title: 'Created' },
  ];
  const rows = charges.map((charge) => [
    html`<code>${charge.id}</code>`,
    statusPill(charge.disputed ? 'disputed' : charge.status),
    money(charge.amount, charge.currency),
    charge.amount_refunded > 0 ? money(charge.amount_refunded, charge.currency) : '—',
    charge.outcome?.seller_message ?? charge.failure_message ?? '',
    time(charge.created),
  ]);
  return table('Charges', columns, rows, 'Nothing was charged yet.');
}

export function refundTable(refunds: ApiObject[]): Html {
  const columns = [
    { title: 'Refund' },
    { title: 'Status' },
    amountColumn,
    { title: 'Reason' },
    { title: 'Payment' },
    { title: 'Created' },
  ];
  const rows = refunds.map((refund) => [
    html`<code>${refund.id}</code>`,
    statusPill(refund.status ?? 'pending'),
    money(refund.amount, refund.currency),
    words(refund.failure_reason ?? refund.reason ?? '—'),
    refund.payment_intent ? paymentLink(refund.payment_intent) : html`<code>${refund.charge}</code>`,
    time(refund.created),
  ]);
  return table('Refunds', columns, rows, 'Nothing was refunded yet.');
}

export function disputeTable(disputes: ApiObject[]): Html {
  const columns = [
    { title: 'Dispute' },
    { title: 'Status' },
    amountColumn,
    { title: 'Reason' },
    { title: 'Payment' },
    { title: 'Evidence due' },
  ];
  const rows = disputes.map((dispute) => [
    html`<a href="/disputes/${dispute.id}"><code>${dispute.id}</code></a>`,
    statusPill(dispute.status),
    money(dispute.amount, dispute.currency),
    words(dispute.reason),
    dispute.payment_intent ? paymentLink(dispute.payment_intent) : html`<code>${dispute.charge}</code>`,
    dispute.evidence_details?.due_by ? time(dispute.evidence_details.due_by) : '—',
  ]);
  return table('Disputes', columns, rows, 'No payment was disputed. The card 4000 0000 0000 0259 opens one.');
}

export function eventTable(events: ApiObject[]): Html {
  const columns = [
    { title: 'Event' },
    { title: 'Type' },
    { title: 'About' },
    { title: 'Webhooks' },
    { title: 'Created' },
  ];
  const rows = events.map((event) => [
    html`<a href="/events/${event.id}"><code>${event.id}</code></a>`,
    event.type,
    html`<code>${shortId(event.data.object.id)}</code>`,
    html`<span data-deliveries-of="${event.id}">${event.pending_webhooks} to deliver</span>`,
    time(event.created),
  ]);
  return table('Events', columns, rows, 'No events yet.');
}

export function metadataTable(metadata: Record<string, string>): Html {
  const rows = Object.entries(metadata).map(([key, value]) => [html`<code>${key}</code>`, value]);
  return table('Metadata', [{ title: 'Key' }, { title: 'Value' }], rows, 'The shop attached none.');
}

/** An amount in minor units, with its currency because lists mix them. */
export function money(amount: number, currency: string): string {
  return `${formatMoney(amount, currency)} ${currency.toUpperCase()}`;
}

export function paymentLink(id: string): Html {
  return html`<a href="/payments/${id}"><code>${id}</code></a>`;
}

export function shortId(id: string | undefined): string {
  if (!id) return '—';
  return id.length > 32 ? `${id.slice(0, 18)}…${id.slice(-6)}` : id;
}

export function words(code: string): string {
  return code.replaceAll('_', ' ');
}
