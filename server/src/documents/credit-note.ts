import type { CreditNoteContent } from '../domain/document.ts';
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
import { type Column, drawTable } from './table.ts';

/** A credit note as a PDF. The same content gives the same bytes. */
export async function drawCreditNote(content: CreditNoteContent): Promise<Buffer> {
  const { currency, amount } = content;
  const about =
    content.invoice === null ? `order ${content.orderNumber}` : `invoice ${content.invoice.number}`;
  const sheet = openSheet(content, 'Credit note', `Refund for ${about}`);
  drawFacts(sheet, factsOf(content));
  drawParties(sheet, content);
  const credited = [
    { text: `Refund for ${about}`, note: content.reason },
    { text: moneyOf(amount, currency) },
  ];
  drawTable(sheet, creditColumns, [credited]);
  drawSums(sheet, sumsOf(content));
  drawHeading(sheet, 'Refund');
  const refund = [
    { text: dateOf(content.refundedAt) },
    { text: content.method },
    { text: moneyOf(amount, currency) },
  ];
  drawTable(sheet, refundColumns, [refund]);
  return await sheet.toBuffer();
}

function factsOf({ number, issuedAt, invoice, orderNumber }: CreditNoteContent): Fact[] {
  return [
    { label: 'Credit note number', value: number },
    { label: 'Date', value: dateOf(issuedAt) },
    ...(invoice === null ? [] : [{ label: 'For invoice', value: invoice.number }]),
    { label: 'Order', value: orderNumber },
  ];
}

function sumsOf({ amount, tax, taxName, currency }: CreditNoteContent): Sum[] {
  const money = (value: number) => moneyOf(value, currency);
  return [
    ...(tax > 0
      ? [
          { label: `Before ${taxName || 'tax'}`, value: money(amount - tax) },
          { label: taxName || 'Tax', value: money(tax) },
        ]
      : []),
    { label: 'Total credited', value: money(amount), strong: true },
  ];
}

const creditColumns: Column[] = [
  { title: 'Description', width: 399.28, align: 'left' },
  { title: 'Amount', width: 100, align: 'right' },
];

const refundColumns: Column[] = [
  { title: 'Date', width: 140, align: 'left' },
  { title: 'Refunded to', width: 259.28, align: 'left' },
  { title: 'Amount', width: 100, align: 'right' },
];
