import type { Order } from '@paydesk/contract/orders';
import type { Letter } from '../app/ports.ts';
import { type Html, html } from './html.ts';
import type { MailPage } from './pages.ts';
import { darkStyles, styles } from './styles.ts';
import { addressOf, dayOf, linesOf, totalsOf } from './words.ts';

/** What a mail is about: an order, or an account at the shop. */
export type About = { shop: Letter['shop']; order: Order | null };

/**
 * A mail in our look: tables and inline styles, because mail programs know little else, 600 pixels wide and narrower where
 * the screen is. The stylesheet only adds what may be missing: the dark colours, and less padding on a phone.
 */
export function renderHtml(page: MailPage, { shop, order }: About): string {
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${page.subject}</title>
<style>${darkStyles}</style>
</head>
<body class="page" style="${styles.body}">
<div style="${styles.preheader}">${page.preheader}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.frame}">
<tr><td align="center" class="margin" style="${styles.margin}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.column}">
<tr><td class="text inset" style="${styles.brand}"><a class="text" href="${shop.url}" style="${styles.brandLink}">${shop.name}</a></td></tr>
<tr><td class="card inset" style="${styles.card}">
${heading(page)}
${page.facts.length > 0 && facts(page)}
${button(page)}
${order && page.shows.summary && summary(order)}
${order && page.shows.address && address(order)}
</td></tr>
<tr><td class="muted inset" style="${styles.footer}">${footer(page, shop, order)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`.text;
}

function heading(page: MailPage): Html {
  return html`<h1 class="text" style="${styles.title}">${page.title}</h1>
${page.paragraphs.map((paragraph) => html`<p class="text" style="${styles.paragraph}">${paragraph}</p>`)}`;
}

function facts(page: MailPage): Html {
  const rows = page.facts.map(
    ({ label, value, url }, index) => html`<tr>
<td class="muted line" style="${index === 0 ? styles.firstLabel : styles.label}">${label}</td>
<td class="text line" style="${index === 0 ? styles.firstValue : styles.value}">${url === undefined ? value : html`<a class="text" href="${url}" style="${styles.factLink}">${value}</a>`}</td>
</tr>`,
  );
  return html`<table class="panel" width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.panel}">
${rows}
</table>`;
}

function button({ button: { label, url }, note }: MailPage): Html {
  return html`<table role="presentation" class="wide" cellpadding="0" cellspacing="0" border="0" style="${styles.buttonFrame}">
<tr><td class="button" align="center" bgcolor="#1f5f4a" style="${styles.buttonCell}"><a class="button" href="${url}" style="${styles.button}">${label}</a></td></tr>
</table>
${note !== null && html`<p class="muted" style="${styles.note}">${note}</p>`}`;
}

function summary(order: Order): Html {
  const lines = linesOf(order).map(
    ({ name, detail, amount }) => html`<tr>
<td class="text line" style="${styles.item}">${name}<br><span class="muted" style="${styles.detail}">${detail}</span></td>
<td class="text line" align="right" style="${styles.amount}">${amount}</td>
</tr>`,
  );
  const totals = totalsOf(order).map(
    ({ label, amount, isStrong }) => html`<tr>
<td class="${isStrong ? 'text' : 'muted'}" style="${isStrong ? styles.totalLabel : styles.sumLabel}">${label}</td>
<td class="text" align="right" style="${isStrong ? styles.total : styles.sum}">${amount}</td>
</tr>`,
  );
  return html`<h2 class="text" style="${styles.subtitle}">Order ${order.number}</h2>
<p class="muted" style="${styles.placed}">Placed ${dayOf(order.placedAt)}</p>
<table width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.table}">
${lines}
<tr><td colspan="2" style="${styles.gap}">&nbsp;</td></tr>
${totals}
</table>`;
}

function address(order: Order): Html {
  const lines = addressOf(order).map((line, index) => html`${index > 0 && html`<br>`}${line}`);
  return html`<h2 class="text" style="${styles.subtitle}">Delivery to</h2>
<p class="text" style="${styles.address}">${lines}</p>`;
}

function footer({ reader }: MailPage, shop: Letter['shop'], order: Order | null): Html {
  return html`${shop.seller.map((line) => html`${line}<br>`)}<br>${reasonFor(reader, shop, order)}`;
}

function reasonFor(reader: MailPage['reader'], shop: Letter['shop'], order: Order | null): string {
  if (reader === 'operator') return `You get this because you help to run ${shop.name}.`;
  if (reader === 'member' || !order)
    return `You get this because somebody gave your address for an account at ${shop.name}. If that was not you, there is nothing to do.`;
  return `You get this because ${order.contact.email} was given for an order at ${shop.name}. The link opens the order without a password, so do not pass this mail on.`;
}
