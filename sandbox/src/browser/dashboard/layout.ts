import { assetPath } from '../assets.ts';
import { type Html, html, renderPage } from '../html.ts';
import type { BrowserReply } from '../types.ts';

export function dashboardPage(title: string, body: Html, status = 200): BrowserReply {
  return renderPage({
    title: `${title} · Sandbox`,
    body: html`<header class="bar"><a class="home" href="/">Paydesk sandbox</a><span class="test-badge">Sandbox. No real money moves.</span></header>
<main>${body}</main>`,
    styles: [assetPath('/assets/dashboard.css')],
    scripts: [assetPath('/assets/dashboard.js')],
    status,
  });
}

/** A status as a word with a dot; the colour only repeats what the word says. */
export function statusPill(status: string): Html {
  return html`<span class="status ${tones[status] ?? 'neutral'}">${status.replaceAll('_', ' ')}</span>`;
}

const tones: Record<string, string> = {
  succeeded: 'good',
  paid: 'good',
  complete: 'good',
  delivered: 'good',
  failed: 'bad',
  canceled: 'bad',
  processing: 'waiting',
  requires_action: 'waiting',
  pending: 'waiting',
  open: 'waiting',
};

/** Seconds since 1970, as the API gives times. */
export function time(seconds: number): Html {
  const iso = new Date(seconds * 1000).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

export interface Column {
  title: string;
  numeric?: true;
}

export function table(
  caption: string,
  columns: Column[],
  rows: (Html | string | number | null)[][],
  empty: string,
): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const cells = (row: (Html | string | number | null)[]) =>
    row.map((cell, index) => html`<td class="${columns[index]?.numeric ? 'numeric' : ''}">${cell}</td>`);
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption class="visually-hidden">${caption}</caption>
<thead><tr>${columns.map(({ title, numeric }) => html`<th scope="col" class="${numeric ? 'numeric' : ''}">${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>`)}</tbody>
</table></div>`;
}
