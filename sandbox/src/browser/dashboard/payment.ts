import { html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { eventTable } from './home.ts';
import { dashboardPage, statusPill, table, time } from './layout.ts';
import { type ApiObject, readList, readObject } from './read.ts';

/** `/payments/:pi`: where one payment stands, what was charged and what was told to the shop. */
export async function paymentPage({ api }: BrowserRequest, id: string): Promise<BrowserReply> {
  const payment = await readObject(api, `/v1/payment_intents/${id}?expand[]=payment_method`);
  if (!payment) {
    const text = html`<h1>No such payment</h1><p>The sandbox does not know <code>${id}</code>. It may have been restarted without its data.</p>`;
    return dashboardPage('No such payment', text, 404);
  }
  const [charges, events] = await Promise.all([
    readList(api, `/v1/charges?payment_intent=${id}&limit=100`),
    readList(api, '/v1/events?limit=100'),
  ]);
  const chargeIds = new Set(charges.map((charge) => charge.id));
  const own = events.filter((event) => isAbout(event.data.object, id, chargeIds));
  return dashboardPage(
    id,
    html`<p class="trail"><a href="/">Overview</a> / Payment</p>
<h1>${formatMoney(payment.amount, payment.currency)} <span class="currency">${payment.currency.toUpperCase()}</span> ${statusPill(payment.status)}</h1>
<section class="facts">${facts(payment)}</section>
<section><h2>Charges</h2>${chargeTable(charges)}</section>
<section><h2>Events</h2>${eventTable(own)}</section>
<section><h2>Metadata</h2>${metadataTable(payment.metadata ?? {})}</section>`,
  );
}

function facts(payment: ApiObject) {
  const card = payment.payment_method?.card;
  const rows: [string, ReturnType<typeof html> | string | null][] = [
    ['Payment', html`<code>${payment.id}</code>`],
    ['Created', time(payment.created)],
    ['Received', formatMoney(payment.amount_received ?? 0, payment.currency)],
    ['Card', card ? `${card.brand} •••• ${card.last4}, ${card.exp_month}/${card.exp_year}` : null],
    ['Description', payment.description],
    ['Last error', payment.last_payment_error?.message ?? null],
    ['Canceled because', payment.cancellation_reason],
  ];
  return html`<dl>${rows
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function chargeTable(charges: ApiObject[]) {
  const columns = [
    { title: 'Charge' },
    { title: 'Status' },
    { title: 'Amount', numeric: true } as const,
    { title: 'Outcome' },
    { title: 'Created' },
  ];
  const rows = charges.map((charge) => [
    html`<code>${charge.id}</code>`,
    statusPill(charge.status),
    formatMoney(charge.amount, charge.currency),
    charge.outcome?.seller_message ?? charge.failure_message ?? '',
    time(charge.created),
  ]);
  return table('Charges', columns, rows, 'Nothing was charged yet.');
}

function metadataTable(metadata: Record<string, string>) {
  const rows = Object.entries(metadata).map(([key, value]) => [html`<code>${key}</code>`, value]);
  return table('Metadata', [{ title: 'Key' }, { title: 'Value' }], rows, 'The shop attached none.');
}

function isAbout(object: ApiObject, id: string, charges: Set<string>): boolean {
  return object.id === id || object.payment_intent === id || charges.has(object.id);
}
