import type { InvoiceContent, InvoiceCredit } from '../domain/document.ts';
import {
  dateOf,
  drawFacts,
  drawHeading,
  drawParties,
  drawSums,
  type Fact,
  moneyOf,
  openSheet,
  type Sum,
} from './parts.ts';
import { colours, type Sheet } from './sheet.ts';
import { type Column, drawTable } from './table.ts';

/**
 * An invoice as a PDF. The same content gives the same bytes.
 *
 * @param credits refunds since, oldest first; they come after the invoice and are not part of what it froze
 */
export async function drawInvoice(
  content: InvoiceContent,
  credits: readonly InvoiceCredit[],
): Promise<Buffer> {
  const sheet = openSheet(content, 'Invoice', `Order ${content.orderNumber}`);
  drawFacts(sheet, factsOf(content, credits));
  drawParties(sheet, content);
  drawLines(sheet, content);
  drawSums(sheet, sumsOf(content, credits));
  drawPayments(sheet, content);
  if (credits.length > 0) drawCredits(sheet, content, credits);
  return await sheet.toBuffer();
}

function factsOf(content: InvoiceContent, credits: readonly InvoiceCredit[]): Fact[] {
  const credited = sumOf(credits);
  const state =
    credited === 0 ? 'Paid' : credited < sumOf(content.payments) ? 'Partially refunded' : 'Refunded';
  return [
    { label: 'Invoice number', value: content.number },
    { label: 'Date', value: dateOf(content.issuedAt) },
    { label: 'Order', value: content.orderNumber },
    { label: 'Status', value: state, colour: credited === 0 ? colours.success : colours.text },
  ];
}

const lineColumns: Column[] = [
  { title: 'Item', width: 259.28, align: 'left' },
  { title: 'Quantity', width: 60, align: 'right' },
  { title: 'Unit price', width: 90, align: 'right' },
  { title: 'Amount', width: 90, align: 'right' },
];

function drawLines(sheet: Sheet, { lines, currency }: InvoiceContent): void {
  const rows = lines.map(({ name, attribute, quantity, unitPrice, amount }) => [
    { text: name, note: attribute },
    { text: String(quantity) },
    { text: moneyOf(unitPrice, currency) },
    { text: moneyOf(amount, currency) },
  ]);
  drawTable(sheet, lineColumns, rows);
}

function sumsOf(content: InvoiceContent, credits: readonly InvoiceCredit[]): Sum[] {
  const money = (amount: number) => moneyOf(amount, content.currency);
  const { subtotal, discount, discountCode, shipping, tax, taxName, total } = content;
  const paid = sumOf(content.payments);
  const credited = sumOf(credits);
  return [
    { label: 'Subtotal', value: money(subtotal) },
    ...(discount > 0
      ? [{ label: discountCode ? `Discount (${discountCode})` : 'Discount', value: money(-discount) }]
      : []),
    { label: 'Shipping', value: shipping === 0 ? 'Free' : money(shipping) },
    ...(tax > 0 || taxName !== '' ? [{ label: taxName || 'Tax', value: money(tax) }] : []),
    { label: 'Total', value: money(total), strong: true },
    { label: 'Paid', value: money(-paid) },
    ...(credited > 0
      ? [
          { label: 'Credited', value: money(-credited) },
          { label: 'Refunded', value: money(credited) },
        ]
      : []),
    { label: 'Balance due', value: money(total - paid), strong: true },
  ];
}

const paymentColumns: Column[] = [
  { title: 'Date', width: 140, align: 'left' },
  { title: 'Method', width: 269.28, align: 'left' },
  { title: 'Amount', width: 90, align: 'right' },
];

function drawPayments(sheet: Sheet, { payments, currency }: InvoiceContent): void {
  drawHeading(sheet, 'Payments');
  const rows = payments.map(({ at, method, amount }) => [
    { text: dateOf(at) },
    { text: method },
    { text: moneyOf(amount, currency) },
  ]);
  drawTable(sheet, paymentColumns, rows);
  sheet.y += 24;
}

const creditColumns: Column[] = [
  { title: 'Date', width: 140, align: 'left' },
  { title: 'Credit note', width: 90, align: 'left' },
  { title: 'Reason', width: 179.28, align: 'left' },
  { title: 'Amount', width: 90, align: 'right' },
];

function drawCredits(sheet: Sheet, { currency }: InvoiceContent, credits: readonly InvoiceCredit[]): void {
  drawHeading(sheet, 'Refunds');
  const rows = credits.map(({ at, number, reason, amount }) => [
    { text: dateOf(at) },
    { text: number },
    { text: reason },
    { text: moneyOf(-amount, currency) },
  ]);
  drawTable(sheet, creditColumns, rows);
}

function sumOf(parts: readonly { amount: number }[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}
