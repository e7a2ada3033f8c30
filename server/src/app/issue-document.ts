import { findJournal } from '../db/books.ts';
import {
  type DocumentRow,
  findCreditNote,
  findInvoice,
  insertDocument,
  nextNumber,
} from '../db/documents.ts';
import { findLines, lockOrder, type OrderRow } from '../db/orders.ts';
import { findPayments } from '../db/payments.ts';
import { findRefund, findRefunds, type RefundRow } from '../db/refunds.ts';
import type { Tx } from '../db/schema.ts';
import {
  type CreditNoteContent,
  documentNumber,
  type InvoiceContent,
  type InvoiceCredit,
} from '../domain/document.ts';
import { creditNoteContent, type Issued, invoiceContent } from './document-content.ts';
import { AppError } from './errors.ts';
import type { App, Attachment } from './ports.ts';

/**
 * The invoice of an order, with its number taken and its content frozen the first time that anybody asks. The order's lock
 * lets one caller in at a time, and a number is taken in the transaction that writes the invoice, so that none is lost.
 *
 * @throws AppError order_not_found, invoice_not_ready
 */
export async function issueInvoice(app: App, orderId: string): Promise<DocumentRow> {
  return (
    (await findInvoice(app.database.read, orderId)) ??
    (await app.database.transaction(async (tx) => {
      const order = await lockOrder(tx, orderId);
      if (!order) throw new AppError('order_not_found');
      return await invoiceOf(app, tx, order);
    }))
  );
}

/**
 * The credit note of a refund, in the same way. An order that was paid has its invoice issued first, because the credit
 * note names it.
 *
 * @throws AppError refund_not_found; invoice_not_ready while the refund has not succeeded, or where it gave back money
 *   that belonged to no order
 */
export async function issueCreditNote(app: App, refundId: string): Promise<DocumentRow> {
  const known = await findCreditNote(app.database.read, refundId);
  if (known) return known;
  const refund = await findRefund(app.database.read, refundId);
  if (!refund) throw new AppError('refund_not_found');
  return await app.database.transaction(async (tx) => {
    const order = await lockOrder(tx, refund.order_id);
    if (!order) throw new AppError('order_not_found');
    return await creditNoteOf(app, tx, order, refundId);
  });
}

/** The invoice with the refunds that there are by now, as a file. Throws as `issueInvoice` does. */
export async function renderInvoice(app: App, orderId: string): Promise<Attachment> {
  const invoice = await issueInvoice(app, orderId);
  const content = JSON.parse(invoice.content_json) as InvoiceContent;
  return {
    ...fileOf(app, `Invoice ${content.number}`),
    path: `/api/orders/${orderId}/invoice.pdf`,
    content: async () => await app.documents.invoice(content, await creditsOf(app, orderId)),
  };
}

/**
 * The credit note of one of the order's refunds, as a file.
 *
 * @throws AppError refund_not_found, invoice_not_ready
 */
export async function renderCreditNote(app: App, orderId: string, refundId: string): Promise<Attachment> {
  const refund = await findRefund(app.database.read, refundId);
  if (refund?.order_id !== orderId) throw new AppError('refund_not_found');
  if (!hasCreditNote(refund)) throw refundNotReady();
  const note = await issueCreditNote(app, refundId);
  const content = JSON.parse(note.content_json) as CreditNoteContent;
  return {
    ...fileOf(app, `Credit note ${content.number}`),
    path: `/api/orders/${orderId}/credit-notes/${refundId}.pdf`,
    content: async () => await app.documents.creditNote(content),
  };
}

async function invoiceOf(app: App, tx: Tx, order: OrderRow): Promise<DocumentRow> {
  const known = await findInvoice(tx, order.id);
  if (known) return known;
  if (order.paid_at === null) throw new AppError('invoice_not_ready');
  const [lines, payments] = await Promise.all([findLines(tx, order.id), findPayments(tx, order.id)]);
  return await write(app, tx, { kind: 'invoice', order_id: order.id, refund_id: null }, (issued) =>
    invoiceContent(app, issued, { order, lines, payments }),
  );
}

async function creditNoteOf(app: App, tx: Tx, order: OrderRow, refundId: string): Promise<DocumentRow> {
  const known = await findCreditNote(tx, refundId);
  if (known) return known;
  const refund = await findRefund(tx, refundId);
  if (!refund || !hasCreditNote(refund)) throw refundNotReady();
  const invoice = order.paid_at === null ? null : issuedOf(await invoiceOf(app, tx, order));
  const payments = await findPayments(tx, order.id);
  const journal = await findJournal(tx, 'refund_req', refund.id);
  const tax = journal.find(({ account }) => account === 'tax')?.amount ?? 0;
  const key = { kind: 'credit_note', order_id: order.id, refund_id: refund.id } as const;
  return await write(app, tx, key, (issued) =>
    creditNoteContent(app, issued, { order, payments, refund, invoice, tax: Number(tax) }),
  );
}

async function write(
  app: App,
  tx: Tx,
  key: Pick<DocumentRow, 'kind' | 'order_id' | 'refund_id'>,
  freeze: (issued: Issued) => InvoiceContent | CreditNoteContent,
): Promise<DocumentRow> {
  const number = await nextNumber(tx, key.kind);
  const issuedAt = app.clock.now();
  const content = freeze({ number: documentNumber(key.kind, number), issuedAt });
  const document = { ...key, number, content_json: JSON.stringify(content), issued_at: issuedAt };
  await insertDocument(tx, document);
  return document;
}

/** The order's refunds as its invoice lists them. Each has its credit note by then. */
async function creditsOf(app: App, orderId: string): Promise<InvoiceCredit[]> {
  const credits: InvoiceCredit[] = [];
  for (const refund of await findRefunds(app.database.read, orderId)) {
    if (!hasCreditNote(refund)) continue;
    const note = await issueCreditNote(app, refund.id);
    const { number, refundedAt, reason, amount } = JSON.parse(note.content_json) as CreditNoteContent;
    credits.push({ number, at: refundedAt, reason, amount });
  }
  return credits;
}

/** Money that belonged to no order was never invoiced, so that giving it back credits nothing. */
function hasCreditNote({ status, applies_to: appliesTo }: RefundRow): boolean {
  return status === 'succeeded' && appliesTo === 'order';
}

function refundNotReady(): AppError {
  return new AppError('invoice_not_ready', {
    message: 'There is a credit note once the refund has succeeded.',
  });
}

function issuedOf({ kind, number, issued_at: issuedAt }: DocumentRow): Issued {
  return { number: documentNumber(kind, number), issuedAt };
}

function fileOf({ documents }: App, name: string): Pick<Attachment, 'filename' | 'contentType'> {
  return { filename: `${name}.${documents.extension}`, contentType: documents.contentType };
}
