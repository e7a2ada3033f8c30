import { html } from '../html.ts';
import { formatMoney } from '../money.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { actionButton } from './forms.ts';
import { dashboardPage, facts, notFoundPage, statusPill, table, time, trail } from './layout.ts';
import { type ApiObject, readList, readNewestEvents, readObject } from './read.ts';
import { eventTable, metadataTable, money, paymentLink, shortId } from './tables.ts';

/** `/sessions/:cs`: what a Checkout Session sells, where it stands, and a way to end it. */
export async function sessionPage(
  { api }: BrowserRequest,
  id: string,
  problem: string | null = null,
): Promise<BrowserReply> {
  const session = await readObject(api, `/v1/checkout/sessions/${id}`);
  if (!session) return notFoundPage('/sessions', 'session', id);
  const [items, events] = await Promise.all([
    readList(api, `/v1/checkout/sessions/${id}/line_items?limit=100`),
    readNewestEvents(api),
  ]);
  const own = events.filter(({ data: { object } }) => object.id === id);
  const body = html`${trail('/sessions', 'Sessions', shortId(id))}
<h1>${heading(session)} ${statusPill(session.status)}</h1>
${session.status === 'open' && html`<div class="actions">${session.url && html`<a class="button small" href="${session.url}">Open the page</a>`}${actionButton(`/sessions/${id}/expire`, 'Expire session')}</div>`}
${facts([
  ['Session', html`<code>${id}</code>`],
  ['Created', time(session.created)],
  ['Expires', time(session.expires_at)],
  ['Shown as', session.ui_mode?.replaceAll('_', ' ')],
  ['Payment', session.payment_intent ? paymentLink(session.payment_intent) : null],
  ['Setup', session.setup_intent ? html`<code>${session.setup_intent}</code>` : null],
  ['Payment status', session.payment_status?.replaceAll('_', ' ')],
  ['Email', session.customer_details?.email ?? null],
  ['Reference', session.client_reference_id],
])}
<section><h2>Items</h2>${itemTable(items)}</section>
<section><h2>Events</h2>${eventTable(own)}</section>
<section><h2>Metadata</h2>${metadataTable(session.metadata ?? {})}</section>`;
  return dashboardPage({
    title: shortId(id),
    path: '/sessions',
    body,
    problem,
  });
}

/** A session of setup mode has no amount. */
function heading({ amount_total: amount, currency, mode }: ApiObject) {
  if (mode === 'setup') return html`Saving a payment method`;
  return html`${formatMoney(amount ?? 0, currency)} <span class="currency">${currency.toUpperCase()}</span>`;
}

function itemTable(items: ApiObject[]) {
  const columns = [
    { title: 'Item' },
    { title: 'Quantity', numeric: true } as const,
    { title: 'Discount', numeric: true } as const,
    { title: 'Tax', numeric: true } as const,
    { title: 'Total', numeric: true } as const,
  ];
  const rows = items.map((item) => [
    item.description,
    item.quantity,
    item.amount_discount ? money(item.amount_discount, item.currency) : '—',
    item.amount_tax ? money(item.amount_tax, item.currency) : '—',
    money(item.amount_total, item.currency),
  ]);
  return table('Items', columns, rows, 'This session sells nothing.');
}
