/** One page for each kind of object: the newest fifty, and a way to the older ones. */
import { type Html, html } from '../html.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { type DashboardPage, dashboardPage } from './layout.ts';
import { type ApiObject, readObject } from './read.ts';
import { disputeTable, eventTable, paymentTable, refundTable, sessionTable } from './tables.ts';

const pageSize = 50;

interface List {
  title: string;
  /** The API's own list. */
  source: string;
  table(rows: ApiObject[]): Html;
}

export const lists: Readonly<Partial<Record<DashboardPage['path'], List>>> = {
  '/payments': { title: 'Payments', source: '/v1/payment_intents', table: paymentTable },
  '/sessions': { title: 'Checkout sessions', source: '/v1/checkout/sessions', table: sessionTable },
  '/refunds': { title: 'Refunds', source: '/v1/refunds', table: refundTable },
  '/disputes': { title: 'Disputes', source: '/v1/disputes', table: disputeTable },
  '/events': { title: 'Events', source: '/v1/events', table: eventTable },
};

export async function listPage(
  { api, query }: BrowserRequest,
  path: DashboardPage['path'],
  { title, source, table }: List,
): Promise<BrowserReply> {
  const after = query.get('after');
  const cursor = after === null ? '' : `&starting_after=${encodeURIComponent(after)}`;
  // A cursor that nobody knows means the first page.
  const page =
    (await readObject(api, `${source}?limit=${pageSize}${cursor}`)) ??
    (await readObject(api, `${source}?limit=${pageSize}`));
  const rows: ApiObject[] = page?.data ?? [];
  const last = rows.at(-1);
  const body = html`<h1>${title}</h1>
${table(rows)}
<nav class="pages" aria-label="Pages">
${after !== null && html`<a class="button" href="${path}">Newest</a>`}
${page?.has_more && html`<a class="button" href="${path}?after=${last.id}">Older</a>`}
</nav>`;
  return dashboardPage({ title, path, body });
}
