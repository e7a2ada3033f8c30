import { formatMoney } from '@paydesk/contract/money';
import type { DocumentHead } from '../domain/document.ts';
import { type Colour, colours, lineHeight, page, Sheet, type Written } from './sheet.ts';
import { bodyText, label, smallText } from './table.ts';
import { type Line, lineOf, linesOf } from './text.ts';

/** What invoices and credit notes have in common. */

const sandboxNote = 'SANDBOX – not a tax document';

export type Fact = { label: string; value: string; colour?: Colour };
export type Sum = { label: string; value: string; strong?: boolean };

/** A sheet with the shop's name and the kind of document at its top. */
export function openSheet(head: DocumentHead, title: string, subject: string): Sheet {
  const { number, issuedAt, sandbox, shopName } = head;
  const description = { title: `${title} ${number}`, subject, author: shopName, createdAt: issuedAt };
  const footer = { left: `${shopName} · ${number}`, middle: sandbox ? sandboxNote : null };
  const sheet = new Sheet(description, footer);
  const heading: Written = { size: 22, weight: 'semibold', colour: colours.text };
  const name: Written = { size: 13, weight: 'semibold', colour: colours.text };
  sheet.sign(page.left, sheet.y, 26);
  sheet.write(sheet.part('P'), linesOf(shopName, name, 300).slice(0, 2), name, {
    x: page.left + 36,
    y: sheet.y + 4,
  });
  sheet.text('H1', title, heading, { x: page.right, y: sheet.y - 3, align: 'right' });
  sheet.y += 40;
  if (sandbox) drawSandboxNote(sheet);
  sheet.y += 16;
  return sheet;
}

function drawSandboxNote(sheet: Sheet): void {
  const style: Written = { size: 7.5, weight: 'semibold', colour: colours.warning };
  const { width } = lineOf(sandboxNote, style);
  const x = page.right - width - 12;
  sheet.patch({ x, y: sheet.y - 8, width: width + 12, height: 15 }, colours.warningSoft);
  sheet.text('P', sandboxNote, style, { x: x + 6, y: sheet.y - 6 });
}

/** The facts that a clerk looks for first, beside each other between two lines. */
export function drawFacts(sheet: Sheet, facts: readonly Fact[]): void {
  const width = (page.right - page.left) / facts.length;
  sheet.rule(sheet.y);
  for (const [index, fact] of facts.entries()) {
    const x = page.left + index * width;
    const value: Written = { size: 10, weight: 'semibold', colour: fact.colour ?? colours.text };
    sheet.text('P', fact.label, smallText, { x, y: sheet.y + 10 });
    sheet.text('P', fact.value, value, { x, y: sheet.y + 23 });
  }
  sheet.y += 50;
  sheet.rule(sheet.y);
  sheet.y += 22;
}

/** Who sold, who bought and where it goes. */
export function drawParties(sheet: Sheet, { seller, customer, delivery }: DocumentHead): void {
  const parties = [
    { title: 'From', lines: seller },
    { title: 'Customer', lines: customer },
    { title: 'Delivery address', lines: delivery },
  ];
  const width = (page.right - page.left) / parties.length;
  const first: Written = { ...bodyText, weight: 'semibold' };
  const heights = parties.map(({ title, lines }, index) => {
    const x = page.left + index * width;
    sheet.text('P', title, label, { x, y: sheet.y });
    const part = sheet.part('P');
    const [name, ...others] = lines;
    const top = linesOf(name ?? '', first, width - 16);
    const rest = others.flatMap((line): Line[] => linesOf(line, bodyText, width - 16));
    sheet.write(part, top, first, { x, y: sheet.y + 16 });
    sheet.write(part, rest, bodyText, { x, y: sheet.y + 16 + top.length * lineHeight(first) });
    return (top.length + rest.length) * lineHeight(bodyText);
  });
  sheet.y += 16 + Math.max(...heights) + 26;
}

/** Sums under the right-hand columns, kept together on one page. */
export function drawSums(sheet: Sheet, sums: readonly Sum[]): void {
  const left = page.right - 240;
  const step = 18;
  sheet.makeRoom(sums.length * step + 28);
  sheet.y += 10;
  for (const { label: title, value, strong } of sums) {
    const style: Written = strong ? { size: 11, weight: 'semibold', colour: colours.text } : bodyText;
    if (strong) {
      sheet.rule(sheet.y + 3, colours.muted, left);
      sheet.y += 8;
    }
    const part = sheet.part('P');
    sheet.write(part, [lineOf(title, style)], strong ? style : { ...style, colour: colours.muted }, {
      x: left,
      y: sheet.y,
    });
    sheet.write(part, [lineOf(value, style)], style, { x: page.right, y: sheet.y, align: 'right' });
    sheet.y += step;
  }
  sheet.y += 20;
}

/** A heading with room under it for the first row of its table. */
export function drawHeading(sheet: Sheet, title: string): void {
  const style: Written = { size: 11, weight: 'semibold', colour: colours.text };
  sheet.makeRoom(90);
  sheet.text('H2', title, style, { x: page.left, y: sheet.y });
  sheet.y += 24;
}

export function moneyOf(amount: number, currency: string): string {
  return formatMoney({ amount, currency });
}

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A day in words, by universal time: 26 November 2026. */
export function dateOf(at: number): string {
  return dates.format(at);
}
