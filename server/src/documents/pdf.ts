import type { Documents } from '../app/ports.ts';

/** Documents as PDF. What draws them takes longer to load than the rest of the server, so it waits for the first one. */
export const pdfDocuments: Documents = {
  contentType: 'application/pdf',
  extension: 'pdf',
  invoice: (content, credits) =>
    inTurn(async () => (await import('./invoice.ts')).drawInvoice(content, credits)),
  creditNote: (content) => inTurn(async () => (await import('./credit-note.ts')).drawCreditNote(content)),
};

let last: Promise<unknown> = Promise.resolve();

/** Drawing keeps the process busy for some milliseconds; between two documents everybody else has a turn. */
function inTurn<T>(draw: () => Promise<T>): Promise<T> {
  const drawn = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(draw);
  last = drawn.catch(() => {});
  return drawn;
}
