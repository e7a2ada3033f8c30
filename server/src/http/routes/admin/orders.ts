import { AdminOrder, CancelRequest, RefundReply } from '@paydesk/contract/admin';
import { ApprovalReply } from '@paydesk/contract/admin/approvals';
import { Order } from '@paydesk/contract/orders';
import { RefundRequest } from '@paydesk/contract/refunds';
import Type from 'typebox';
import { cancelOrder } from '../../../app/cancel-order.ts';
import { AppError } from '../../../app/errors.ts';
import { findNamedOrder } from '../../../app/name-order.ts';
import { operatorRules } from '../../../app/operators/rules.ts';
import type { App } from '../../../app/ports.ts';
import { loadOrder } from '../../../app/present-order.ts';
import { type RefundOrder, refundOrder } from '../../../app/refund-order.ts';
import { traceOrder } from '../../../app/trace-order.ts';
import { type Operator, refundLimitOf } from '../../../domain/operator.ts';
import { idempotencyKeyOf } from '../../access.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';
import { OrderId } from '../orders.ts';
import { approvalOf } from './approvals.ts';

const schema = { tags: ['operators'], params: OrderId, security: [{ operator: [] }] };

/** Reading, refunding and canceling any order. */
export function adminOrderRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/orders/:id',
    { schema: { ...schema, response: { 200: AdminOrder } }, ...needs('view') },
    async (request) => await traceOrder(app, await findNamedOrder(app, request.params.id)),
  );

  server.post(
    '/api/admin/orders/:id/refunds',
    {
      schema: { ...schema, body: RefundRequest, response: { 201: RefundReply, 202: ApprovalReply } },
      ...needs('refund'),
    },
    async (request, reply) => {
      const key = idempotencyKeyOf(request);
      const operator = operatorOf(request);
      const { id: orderId } = await findNamedOrder(app, request.params.id);
      const alone = await limitOf(app, operator);
      const wish = { orderId, ...wanted(request.body), key, by: operator.name, alone };
      const { approvalId, order, refunds } = await refundOrder(app, wish);
      if (approvalId === null) return reply.code(201).send({ refunds, order });
      const approval = await approvalOf(app, approvalId, operator);
      return reply.code(202).send({ approval, order });
    },
  );

  server.post(
    '/api/admin/orders/:id/cancel',
    {
      schema: { ...schema, body: CancelRequest, response: { 200: Type.Object({ order: Order }) } },
      ...needs('refund'),
      // A cancellation needs no words, so it needs no body.
      preValidation: async (request) => {
        request.body ??= {};
      },
    },
    async (request) => {
      const order = await findNamedOrder(app, request.params.id);
      await cancelOrder(app, order, {
        reason: 'withdraw',
        by: operatorOf(request).name,
        words: request.body.reason,
      });
      return { order: await loadOrder(app, await findNamedOrder(app, order.id)) };
    },
  );
}

/** Scripts are told apart from people by their token, and whoever has that may do everything. */
async function limitOf(app: App, operator: Operator): Promise<RefundOrder['alone']> {
  if (operator.id === null) return undefined;
  return { limit: refundLimitOf(operator, await operatorRules(app)), asker: operator };
}

function wanted({ amount, ...rest }: RefundRequest) {
  const isByLines = rest.lines !== undefined || rest.shipping === true;
  if (amount !== undefined && isByLines)
    throw new AppError('invalid_request', { message: 'A refund is of an amount or of lines, not of both.' });
  return typeof amount === 'object' ? { ...rest, ...amount } : { ...rest, amount };
}
