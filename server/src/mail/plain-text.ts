import type { Order } from '@paydesk/contract/orders';
import type { About } from './layout.ts';
import type { MailPage } from './pages.ts';
import { addressOf, linesOf, totalsOf } from './words.ts';

/** The mail for programs that show no HTML, and for people who want none. */
export function renderText(page: MailPage, { shop, order }: About): string {
  const blocks = [
    page.title,
    ...page.paragraphs,
    page.facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    `${page.button.label}:\n${page.button.url}`,
    page.note ?? '',
    order && page.shows.summary ? summary(order) : '',
    order && page.shows.address ? ['Delivery to', ...addressOf(order)].join('\n') : '',
    ['--', ...shop.seller, shop.url].join('\n'),
  ];
  return `${blocks
    .filter((block) => block !== '')
    .map(clean)
    .join('\n\n')}\n`;
}

function summary(order: Order): string {
  const lines = linesOf(order).map(({ name, detail, amount }) => `${name} (${detail}): ${amount}`);
  const totals = totalsOf(order).map(({ label, amount }) => `${label}: ${amount}`);
  return [`Order ${order.number}`, ...lines, '', ...totals].join('\n');
}

/** Nothing but printable text and our own line breaks. */
function clean(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]|\p{Cs}/gu, ' ');
}
