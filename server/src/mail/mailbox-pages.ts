import { readFileSync } from 'node:fs';
import { type Html, html } from './html.ts';

/** One kept mail, as the mailbox shows it. `sentAt` in epoch milliseconds; `path` is where our API has the document. */
export type KeptMail = {
  id: string;
  orderId: string;
  recipient: string;
  subject: string;
  html: string;
  text: string;
  sentAt: number;
  attachments: { filename: string; path: string }[];
};

/** The mailbox's pages: plain HTML without scripts. Times are said in UTC, because the server does not know another. */
export const mailboxPages = {
  styles: readFileSync(new URL('mailbox.css', import.meta.url), 'utf8'),
  list,
  show,
  missing,
};

const moments = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** @param orderId set when only the mails of one order are listed */
function list(
  shopName: string,
  mails: readonly Omit<KeptMail, 'html' | 'text'>[],
  orderId: string | undefined,
): string {
  return page(
    shopName,
    'Mailbox',
    html`<h1>Mailbox</h1>
<p class="muted">What ${shopName} would have sent. No e-mail leaves this machine while no mail server is set.</p>
${orderId !== undefined && html`<p class="muted">Only order ${orderId}. <a href="/mailbox">Show all</a></p>`}
${mails.length > 0 ? html`<ul class="list">${mails.map(entry)}</ul>` : nothing()}`,
  );
}

function entry(mail: Omit<KeptMail, 'html' | 'text'>): Html {
  return html`<li><a class="entry" href="${addressOf(mail)}">
<span class="subject">${mail.subject}</span>
<span class="muted small">To ${mail.recipient}</span>
<span class="muted small">${timeOf(mail)}${mail.attachments.length > 0 && ' · with an attachment'}</span>
</a></li>`;
}

function nothing(): Html {
  return html`<div class="empty"><p><strong>No mail yet</strong></p>
<p class="muted">Place an order, and its confirmation is here a second later.</p>
<p><a class="button" href="/">Go to the shop</a></p></div>`;
}

function show(shopName: string, mail: KeptMail, view: 'html' | 'text'): string {
  const tab = (name: 'html' | 'text', label: string) =>
    view === name
      ? html`<a href="${addressOf(mail)}?view=${name}" aria-current="page">${label}</a>`
      : html`<a href="${addressOf(mail)}?view=${name}">${label}</a>`;
  return page(
    shopName,
    mail.subject,
    html`<p><a href="/mailbox">All mail</a></p>
<h1>${mail.subject}</h1>
<dl class="facts">
<div><dt>To</dt><dd>${mail.recipient}</dd></div>
<div><dt>Sent</dt><dd>${timeOf(mail)}</dd></div>
<div><dt>Order</dt><dd><a href="/orders/${mail.orderId}">${mail.orderId}</a></dd></div>
${mail.attachments.length > 0 && html`<div><dt>Attached</dt><dd>${mail.attachments.map(attachment)}</dd></div>`}
</dl>
<nav class="tabs" aria-label="View">${tab('html', 'As mail')}${tab('text', 'As text')}</nav>
${
  view === 'html'
    ? html`<iframe title="The mail" src="${addressOf(mail)}/content" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`
    : html`<pre tabindex="0">${mail.text}</pre>`
}`,
  );
}

function attachment({ filename, path }: { filename: string; path: string }): Html {
  return html`<a href="${path}">${filename}</a> `;
}

function missing(shopName: string): string {
  return page(
    shopName,
    'No such mail',
    html`<h1>There is no such mail</h1><p><a class="button" href="/mailbox">Open the mailbox</a></p>`,
  );
}

function page(shopName: string, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>[Sandbox] ${title} · ${shopName}</title>
<link rel="icon" type="image/svg+xml" href="/favicon-sandbox.svg">
<link rel="stylesheet" href="/mailbox/style.css">
</head>
<body>
<p class="strip"><strong>Sandbox.</strong> No real money moves. <a href="/">Back to the shop</a></p>
<main>${body}</main>
</body>
</html>
`.text;
}

function addressOf({ id }: { id: string }): string {
  return `/mailbox/${encodeURIComponent(id)}`;
}

function timeOf({ sentAt }: { sentAt: number }): string {
  return `${moments.format(sentAt)} UTC`;
}
