import type { Letter } from '../app/ports.ts';
import type { MailPage } from './pages.ts';
import { addressOf, linesOf, totalsOf } from './words.ts';

/** The mail for programs that show no HTML, and for people who want none. */
export function renderText(page: MailPage, letter: Letter): string {
  const blocks = [
    page.title,
    ...page.paragraphs,
    page.facts.map(({ label, value }) => `${label}: ${value}`).join('\n'),
    `${page.button.label}:\n${page.button.url}`,
    page.note ?? '',
    page.shows.summary ? summary(letter) : '',
    page.shows.address ? ['Delivery to', ...addressOf(letter.order)].join('\n') : '',
    ['--', ...letter.shop.seller, letter.shop.url].join('\n'),
  ];
  return `${blocks
    .filter((block) => block !== '')
    .map(clean)
    .join('\n\n')}\n`;
}

function summary({ order }: Letter): string {
  const lines = linesOf(order).map(({ name, detail, amount }) => `${name} (${detail}): ${amount}`);
  const totals = totalsOf(order).map(({ label, amount }) => `${label}: ${amount}`);
  return [`Order ${order.number}`, ...lines, '', ...totals].join('\n');
}

/** Nothing but printable text and our own line breaks. */
function clean(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]|\p{Cs}/gu, ' ');
}
