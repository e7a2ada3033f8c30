import { type Html, html } from '../html.ts';
import type { BrowserReply, BrowserRequest } from '../types.ts';
import { dashboardPage } from './layout.ts';
import type { ApiObject } from './read.ts';

const mostRows = 200;

/** `/requests`: every call and timer, newest first, with what it did. The page's script adds new ones as they come. */
export async function requestsPage({ control }: BrowserRequest): Promise<BrowserReply> {
  const { body: newest } = await control('GET', '/_sandbox/journal?limit=1', null);
  const last: number = newest.last_seq ?? 0;
  const { body: page } = await control(
    'GET',
    `/_sandbox/journal?after=${Math.max(0, last - mostRows)}&limit=${mostRows}`,
    null,
  );
  const entries: ApiObject[] = (page.entries ?? []).toReversed();
  const body = html`<h1>Requests</h1>
<p class="hint">What the sandbox was asked and what it did by itself, newest first. <span role="status" data-requests-state></span></p>
<div class="scroll" role="region" aria-label="Requests" tabindex="0"><table>
<caption class="visually-hidden">Requests</caption>
<thead><tr><th scope="col">Time</th><th scope="col">Status</th><th scope="col">Request</th><th scope="col">Effects</th><th scope="col">Events</th></tr></thead>
<tbody data-requests-after="${last}">${entries.map(entryRow)}</tbody>
</table></div>
${entries.length === 0 && html`<p class="empty" data-requests-empty>Nothing was asked yet.</p>`}`;
  return dashboardPage({ title: 'Requests', path: '/requests', body });
}

function entryRow(entry: ApiObject): Html {
  const effects = entry.effects.map((effect: ApiObject) => `${effect.object} ${effect.change}`);
  const events = entry.events.map((event: string) => event.split(' ')[1] ?? event);
  const what = entry.method ? `${entry.method} ${entry.path}` : entry.source;
  return html`<tr><td>${new Date(entry.at).toISOString().slice(11, 23)}</td><td>${entry.status ?? entry.fault ?? '—'}</td><td><code>${what}</code>${entry.error && ` ${entry.error}`}</td><td>${effects.join(', ') || '—'}</td><td>${events.join(', ') || '—'}</td></tr>`;
}
