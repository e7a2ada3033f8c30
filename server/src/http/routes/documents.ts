import { Id } from '@paydesk/contract/quote';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { renderCreditNote, renderInvoice } from '../../app/issue-document.ts';
import type { App, Attachment } from '../../app/ports.ts';
import { requireOrder } from '../access.ts';
import type { RateLimits, Server } from '../types.ts';
import { OrderId } from './orders.ts';

const CreditNoteId = Type.Object({ id: Id, refundId: Id });

/** Invoices and credit notes, for whoever may read the order. */
export function documentRoutes(server: Server, app: App, limits: RateLimits): void {
  server.get(
    '/api/orders/:id/invoice.pdf',
    { schema: { tags: ['orders'], params: OrderId }, config: limits.documents },
    async (request, reply) => {
      const order = await requireOrder(app, request, request.params.id);
      return await sendFile(reply, await renderInvoice(app, order.id));
    },
  );

  server.get(
    '/api/orders/:id/credit-notes/:refundId.pdf',
    { schema: { tags: ['orders'], params: CreditNoteId }, config: limits.documents },
    async (request, reply) => {
      const order = await requireOrder(app, request, request.params.id);
      return await sendFile(reply, await renderCreditNote(app, order.id, request.params.refundId));
    },
  );
}

/** A browser shows the file with a page of its own making, which needs a style and a place for the file. */
const viewerPolicy =
  "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** A document as an answer. */
export async function sendFile(reply: FastifyReply, file: Attachment): Promise<FastifyReply> {
  return reply
    .header('content-type', file.contentType)
    .header('content-security-policy', viewerPolicy)
    .header('content-disposition', `inline; filename="${file.filename}"`)
    .send(await file.content());
}
