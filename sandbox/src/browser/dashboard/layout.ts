import { assetPath } from '../assets.ts';
import { type Html, html, renderPage } from '../html.ts';
import type { BrowserReply } from '../types.ts';

const sections = [
  ['/', 'Overview'],
  ['/payments', 'Payments'],
  ['/sessions', 'Sessions'],
  ['/refunds', 'Refunds'],
  ['/disputes', 'Disputes'],
  ['/events', 'Events'],
  ['/requests', 'Requests'],
  ['/controls', 'Controls'],
] as const;

export interface DashboardPage {
  title: string;
  /** The section of the navigation that the page belongs to. */
  path: (typeof sections)[number][0];
  body: Html;
  /** What went wrong with an action of the person who looks at the page. */
  problem?: string | null;
  /** 400 with a problem and 200 without, if nothing else is said. */
  status?: number;
}

export function dashboardPage({ title, path, body, problem, status }: DashboardPage): BrowserReply {
  return renderPage({
    title: `${problem ? 'Error: ' : ''}${title} · Sandbox`,
    body: html`<a class="skip" href="#main">Skip to content</a>
<header class="bar"><a class="home" href="/">Paydesk sandbox</a><span class="test-badge">Sandbox. No real money moves.</span>
<nav aria-label="Sections"><ul>${sections.map(([href, name]) => html`<li><a href="${href}"${href === path && html` aria-current="page"`}>${name}</a></li>`)}</ul></nav></header>
<main id="main">${problem && html`<p class="problem" role="alert" tabindex="-1" autofocus>${problem}</p>`}${body}</main>`,
    styles: [assetPath('/assets/dashboard.css')],
    scripts: [assetPath('/assets/dashboard.js')],
    status: status ?? (problem ? 400 : 200),
  });
}

export function notFoundPage(path: DashboardPage['path'], what: string, id: string): BrowserReply {
  const title = `No such ${what}`;
  const body = html`<h1>${title}</h1><p>The sandbox does not know <code>${id}</code>. It may have been restarted without its data.</p>`;
  return dashboardPage({ title, path, body, status: 404 });
}

/** The way back from one object to its list. */
export function trail(path: string, name: string, here: string): Html {
  return html`<nav class="trail" aria-label="Breadcrumb"><a href="${path}">${name}</a> / ${here}</nav>`;
}

/** What is known of one object; what is null is left out. */
export function facts(rows: [label: string, value: Html | string | null | undefined][]): Html {
  const known = rows.filter(([, value]) => value !== null && value !== undefined);
  return html`<section class="facts"><dl>${known.map(
    ([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`,
  )}</dl></section>`;
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
  won: 'good',
  failed: 'bad',
  canceled: 'bad',
  lost: 'bad',
  disputed: 'bad',
  needs_response: 'bad',
  warning_needs_response: 'bad',
  processing: 'waiting',
  requires_action: 'waiting',
  requires_capture: 'waiting',
  pending: 'waiting',
  open: 'waiting',
  under_review: 'waiting',
  warning_under_review: 'waiting',
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
