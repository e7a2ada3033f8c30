import { type Html, html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { actionButton, amountForm } from './forms.ts';
import { dashboardPage, facts, notFoundPage, statusPill, time, trail } from './layout.ts';
import { type ApiObject, readList, readNewestEvents, readObject } from './read.ts';
import { chargeTable, disputeTable, eventTable, metadataTable, refundTable } from './tables.ts';

/** `/payments/:pi`: where one payment stands, what was charged and given back, and what was told to the shop. */
export async function paymentPage(
  { api }: BrowserRequest,
  id: string,
  problem: string | null = null,
): Promise<BrowserReply> {
  const payment = await readObject(api, `/v1/payment_intents/${id}?expand[]=payment_method`);
  if (!payment) return notFoundPage('/payments', 'payment', id);
  const [charges, refunds, disputes, events] = await Promise.all([
    readList(api, `/v1/charges?payment_intent=${id}&limit=100`),
    readList(api, `/v1/refunds?payment_intent=${id}&limit=100`),
    readList(api, `/v1/disputes?payment_intent=${id}&limit=100`),
    readNewestEvents(api),
  ]);
  const related = new Set([id, ...[...charges, ...refunds, ...disputes].map((object) => object.id)]);
  const own = events.filter(({ data: { object } }) => isAbout(object, related));
  const body = html`${trail('/payments', 'Payments', id)}
<h1>${formatMoney(payment.amount, payment.currency)} <span class="currency">${payment.currency.toUpperCase()}</span> ${statusPill(payment.status)}</h1>
${actions(payment, charges, disputes)}
${facts(paymentFacts(payment))}
<section><h2>Charges</h2>${chargeTable(charges)}</section>
${refunds.length > 0 && html`<section><h2>Refunds</h2>${refundTable(refunds)}</section>`}
${disputes.length > 0 && html`<section><h2>Disputes</h2>${disputeTable(disputes)}</section>`}
<section><h2>Events</h2>${eventTable(own)}</section>
<section><h2>Metadata</h2>${metadataTable(payment.metadata ?? {})}</section>`;
  return dashboardPage({ title: id, path: '/payments', body, problem });
}

/** What its status allows, in the order in which a shop would do it. */
function actions(payment: ApiObject, charges: ApiObject[], disputes: ApiObject[]): Html | false {
  const { id, currency, status } = payment;
  const charge = charges.find((one) => one.id === payment.latest_charge);
  // What a partial capture left over counts as refunded.
  const left = charge === undefined ? 0 : charge.amount - charge.amount_refunded;
  const isRefundable = left > 0 && disputes.every((dispute) => dispute.is_charge_refundable);
  const forms = [
    status === 'requires_capture' &&
      amountForm(`/payments/${id}/capture`, 'Capture', { most: payment.amount_capturable, currency }),
    status === 'succeeded' &&
      isRefundable &&
      amountForm(`/payments/${id}/refund`, 'Refund', { most: left, currency }),
    left > 0 && disputes.length === 0 && actionButton(`/payments/${id}/dispute`, 'Dispute as fraud'),
    cancelable.has(status) && actionButton(`/payments/${id}/cancel`, 'Cancel payment'),
  ].filter((form) => form !== false);
  return forms.length > 0 && html`<div class="actions">${forms}</div>`;
}

const cancelable = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'requires_capture',
]);

function paymentFacts(payment: ApiObject): [string, Html | string | null][] {
  const card = payment.payment_method?.card;
  return [
    ['Payment', html`<code>${payment.id}</code>`],
    ['Created', time(payment.created)],
    ['Received', formatMoney(payment.amount_received ?? 0, payment.currency)],
    ['Card', card ? `${card.brand} •••• ${card.last4}, ${card.exp_month}/${card.exp_year}` : null],
    ['Customer', payment.customer ? html`<code>${payment.customer}</code>` : null],
    ['Description', payment.description],
    ['Last error', payment.last_payment_error?.message ?? null],
    ['Canceled because', payment.cancellation_reason],
  ];
}

function isAbout(object: ApiObject, ids: Set<string>): boolean {
  return ids.has(object.id) || ids.has(object.payment_intent) || ids.has(object.charge);
}
