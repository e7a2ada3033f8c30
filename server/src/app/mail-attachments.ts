import { renderCreditNote, renderInvoice } from './issue-document.ts';
import type { App, Attachment, Letter } from './ports.ts';

/** The documents that go with a mail. They are drawn only where the mail is really sent. */
export async function attachmentsOf(app: App, letter: Letter): Promise<Attachment[]> {
  const { id } = letter.order;
  if (letter.about === 'paid') return [await renderInvoice(app, id)];
  // Money that belonged to no order was never invoiced, so there is nothing to credit.
  if (letter.about === 'refunded' && letter.refund.creditNoteUrl !== null)
    return [await renderCreditNote(app, id, letter.refund.id)];
  return [];
}
