import { type Html, html } from '../html.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { actionButton } from './forms.ts';
import { dashboardPage, facts, notFoundPage, statusPill, table, time, trail } from './layout.ts';
import { type ApiObject, readList, readObject } from './read.ts';

/** `/events/:evt`: what was told to whom, how often, and what they answered. */
export async function eventPage(
  { api, control }: BrowserRequest,
  id: string,
  problem: string | null = null,
): Promise<BrowserReply> {
  const event = await readObject(api, `/v1/events/${id}`);
  if (!event) return notFoundPage('/events', 'event', id);
  const [endpoints, deliveries] = await Promise.all([
    readList(api, '/v1/webhook_endpoints?limit=100'),
    control('GET', `/_sandbox/deliveries?event=${id}&limit=100`, null),
  ]);
  const body = html`${trail('/events', 'Events', id)}
<h1>${event.type}</h1>
${facts([
  ['Event', html`<code>${id}</code>`],
  ['Created', time(event.created)],
  ['API version', event.api_version],
  ['Request', event.request?.id ? html`<code>${event.request.id}</code>` : 'a timer of the sandbox'],
  [
    'Idempotency key',
    event.request?.idempotency_key ? html`<code>${event.request.idempotency_key}</code>` : null,
  ],
])}
<section><h2>Deliveries</h2>${deliveryTable(deliveries.body.data ?? [], endpoints)}${resend(id, endpoints)}</section>
<section><h2>Payload</h2><pre tabindex="0" aria-label="Payload">${JSON.stringify(event, null, 2)}</pre></section>`;
  return dashboardPage({
    title: event.type,
    path: '/events',
    body,
    problem,
  });
}

function deliveryTable(deliveries: ApiObject[], endpoints: ApiObject[]): Html {
  const urls = new Map(endpoints.map(({ id, url }) => [id, url]));
  const rows = deliveries.flatMap(({ endpoint, state, attempts, nextAttemptAt }) => {
    const tried = attempts.map((attempt: ApiObject) => [
      urls.get(endpoint) ?? endpoint,
      statusPill(attempt.status >= 200 && attempt.status < 300 ? 'delivered' : 'failed'),
      String(attempt.status ?? attempt.error),
      time(attempt.at / 1000),
    ]);
    const next = [
      urls.get(endpoint) ?? endpoint,
      statusPill('pending'),
      'waits',
      time((nextAttemptAt ?? 0) / 1000),
    ];
    return state === 'pending' ? [...tried, next] : tried;
  });
  const columns = [{ title: 'Endpoint' }, { title: 'Result' }, { title: 'Answer' }, { title: 'Time' }];
  return table('Deliveries', columns, rows, 'No endpoint was registered for this event.');
}

function resend(id: string, endpoints: ApiObject[]): Html | false {
  const enabled = endpoints.filter(({ status }) => status === 'enabled');
  if (enabled.length === 0) return false;
  return html`<div class="actions">${enabled.map((endpoint) =>
    actionButton(`/events/${id}/retry`, `Send again to ${endpoint.url}`, { webhook_endpoint: endpoint.id }),
  )}</div>`;
}
