import { AddedNote, FulfilledOrder, MailName, NoteRequest, ResentMail } from '@paydesk/contract/admin/desk';
import { Tracking } from '@paydesk/contract/fulfilments';
import type { Order } from '@paydesk/contract/orders';
import { Id } from '@paydesk/contract/quote';
import Type from 'typebox';
import { addNote } from '../../../app/desk/add-note.ts';
import { correctTracking, fulfilOrder } from '../../../app/desk/fulfil-order.ts';
import { presentNote } from '../../../app/desk/present-desk.ts';
import { resendMail } from '../../../app/desk/resend-mail.ts';
import { renderCreditNote, renderInvoice } from '../../../app/issue-document.ts';
import { findNamedOrder } from '../../../app/name-order.ts';
import type { App } from '../../../app/ports.ts';
import { idempotencyKeyOf } from '../../access.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';
import { sendFile } from '../documents.ts';
import { OrderStreams } from '../live.ts';
import { OrderId } from '../orders.ts';

const schema = { tags: ['operators'], params: OrderId, security: [{ operator: [] }] };

/** What operators do on an order's page beside moving its money. */
export function adminDeskRoutes(server: Server, app: App): void {
  server.post(
    '/api/admin/orders/:id/notes',
    { schema: { ...schema, body: NoteRequest, response: { 201: AddedNote } }, ...needs('manage') },
    async (request, reply) => {
      const key = idempotencyKeyOf(request);
      const { id: orderId } = await findNamedOrder(app, request.params.id);
      const note = await addNote(app, { orderId, ...request.body, by: operatorOf(request).name, key });
      return reply.code(201).send({ note: presentNote(note) });
    },
  );

  for (const [path, act] of [
    ['fulfil', fulfilOrder],
    ['tracking', correctTracking],
  ] as const) {
    server.post(
      `/api/admin/orders/:id/${path}`,
      { schema: { ...schema, body: Tracking, response: { 200: FulfilledOrder } }, ...needs('manage') },
      async (request) => {
        const key = idempotencyKeyOf(request);
        const { id: orderId } = await findNamedOrder(app, request.params.id);
        return sent(await act(app, { orderId, tracking: request.body, by: operatorOf(request).name, key }));
      },
    );
  }

  server.post(
    '/api/admin/orders/:id/mails/:mail/resend',
    { schema: { ...schema, params: MailName, response: { 202: ResentMail } }, ...needs('manage') },
    async (request, reply) => {
      const key = idempotencyKeyOf(request);
      const order = await findNamedOrder(app, request.params.id);
      const mail = await resendMail(app, {
        order,
        mail: request.params.mail,
        by: operatorOf(request).name,
        key,
      });
      return reply.code(202).send({ mail });
    },
  );
}

/** The live view of an order's page. Who lost the right to see it is told nothing new, because the page asks for that. */
export function adminLiveRoutes(server: Server, app: App): void {
  const streams = new OrderStreams(app, server);
  server.get(
    '/api/admin/orders/:id/live',
    { schema, exposeHeadRoute: false, ...needs('view') },
    async (request, reply) => {
      const order = await findNamedOrder(app, request.params.id);
      return streams.open(order.id, request, reply);
    },
  );
}

/** Invoices and credit notes of any order. */
export function adminDocumentRoutes(server: Server, app: App): void {
  server.get('/api/admin/orders/:id/invoice.pdf', { schema, ...needs('view') }, async (request, reply) => {
    const order = await findNamedOrder(app, request.params.id);
    return await sendFile(reply, await renderInvoice(app, order.id));
  });

  server.get(
    '/api/admin/orders/:id/credit-notes/:refundId.pdf',
    { schema: { ...schema, params: Type.Object({ id: Id, refundId: Id }) }, ...needs('view') },
    async (request, reply) => {
      const order = await findNamedOrder(app, request.params.id);
      return await sendFile(reply, await renderCreditNote(app, order.id, request.params.refundId));
    },
  );
}

function sent(order: Order): FulfilledOrder {
  return { fulfilment: order.fulfilments.at(-1)!, order };
}
