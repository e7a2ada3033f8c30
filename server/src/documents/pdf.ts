import type { Documents } from '../app/ports.ts';

/** Documents as PDF. What draws them takes longer to load than the rest of the server, so it waits for the first one. */
export const pdfDocuments: Documents = {
  contentType: 'application/pdf',
  extension: 'pdf',
  invoice: async (content, credits) => (await import('./invoice.ts')).drawInvoice(content, credits),
  creditNote: async (content) => (await import('./credit-note.ts')).drawCreditNote(content),
};
