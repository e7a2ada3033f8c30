import { AdminOrder, CancelRequest, RefundReply } from '@paydesk/contract/admin';
import { Order } from '@paydesk/contract/orders';
import { RefundRequest } from '@paydesk/contract/refunds';
import Type from 'typebox';
import { cancelOrder } from '../../../app/cancel-order.ts';
import { findNamedOrder } from '../../../app/name-order.ts';
import type { App } from '../../../app/ports.ts';
import { loadOrder } from '../../../app/present-order.ts';
import { refundOrder } from '../../../app/refund-order.ts';
import { traceOrder } from '../../../app/trace-order.ts';
import { idempotencyKeyOf } from '../../access.ts';
import type { Server } from '../../types.ts';
import { OrderId } from '../orders.ts';

/** Whom the record names for what comes with the operators' token: it belongs to no one person. */
export const operator = 'operator';

const schema = { tags: ['operators'], params: OrderId, security: [{ operator: [] }] };

/** Reading, refunding and canceling any order. */
export function adminOrderRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/orders/:id',
    { schema: { ...schema, response: { 200: AdminOrder } } },
    async (request) => await traceOrder(app, await findNamedOrder(app, request.params.id)),
  );

  server.post(
    '/api/admin/orders/:id/refunds',
    { schema: { ...schema, body: RefundRequest, response: { 201: RefundReply } } },
    async (request, reply) => {
      const key = idempotencyKeyOf(request);
      const { id: orderId } = await findNamedOrder(app, request.params.id);
      const refunded = await refundOrder(app, { orderId, ...wanted(request.body), key, by: operator });
      return reply.code(201).send(refunded);
    },
  );

  server.post(
    '/api/admin/orders/:id/cancel',
    {
      schema: { ...schema, body: CancelRequest, response: { 200: Type.Object({ order: Order }) } },
      // A cancellation needs no words, so it needs no body.
      preValidation: async (request) => {
        request.body ??= {};
      },
    },
    async (request) => {
      const order = await findNamedOrder(app, request.params.id);
      await cancelOrder(app, order, { reason: 'withdraw', by: operator, words: request.body.reason });
      return { order: await loadOrder(app, await findNamedOrder(app, order.id)) };
    },
  );
}

function wanted({ amount, ...rest }: RefundRequest) {
  return typeof amount === 'object' ? { ...rest, ...amount } : { ...rest, amount };
}
