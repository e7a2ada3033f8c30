import { OpenOrderRequest, Order, PlacedOrder, PlaceOrderRequest } from '@paydesk/contract/orders';
import { StartedPayment, StartPaymentRequest } from '@paydesk/contract/payments';
import { Id } from '@paydesk/contract/quote';
import Type from 'typebox';
import { cancelOrder } from '../../app/cancel-order.ts';
import { AppError } from '../../app/errors.ts';
import { findOrderFor } from '../../app/find-order.ts';
import { placeOrder } from '../../app/place-order.ts';
import type { App } from '../../app/ports.ts';
import { loadOrder } from '../../app/present-order.ts';
import { startPayment } from '../../app/start-payment.ts';
import { callerOf, grantAccess, idempotencyKeyOf, requireOrder } from '../access.ts';
import { personOf } from '../session.ts';
import type { RateLimits, Server } from '../types.ts';

export const OrderId = Type.Object({ id: Id });

/** Placing, reading, paying and canceling one order. */
export function orderRoutes(server: Server, app: App, limits: RateLimits): void {
  server.post(
    '/api/orders',
    {
      schema: { tags: ['orders'], body: PlaceOrderRequest, response: { 201: PlacedOrder } },
      config: limits.orders,
    },
    async (request, reply) => {
      const person = await personOf(app, request);
      const result = await placeOrder(app, request.body, idempotencyKeyOf(request), person?.id ?? null);
      grantAccess(app, reply, result.order.id, result.accessToken);
      return reply
        .code(201)
        .header('location', `/api/orders/${result.order.id}`)
        .send(result as PlacedOrder);
    },
  );

  server.get(
    '/api/orders/:id',
    { schema: { tags: ['orders'], params: OrderId, response: { 200: Type.Object({ order: Order }) } } },
    async (request) => ({ order: await loadOrder(app, await requireOrder(app, request, request.params.id)) }),
  );

  server.post(
    '/api/orders/:id/pay',
    {
      schema: {
        tags: ['payments'],
        params: OrderId,
        body: StartPaymentRequest,
        response: { 201: StartedPayment },
      },
      config: limits.payments,
    },
    async (request, reply) => {
      const key = idempotencyKeyOf(request);
      const { id: orderId } = request.params;
      const { paymentMethod: method, flow, amount } = request.body;
      const caller = await callerOf(app, request, orderId);
      return reply.code(201).send(await startPayment(app, { orderId, caller, method, flow, amount, key }));
    },
  );

  linkRoute(server, app);

  server.post(
    '/api/orders/:id/cancel',
    { schema: { tags: ['orders'], params: OrderId, response: { 200: Type.Object({ order: Order }) } } },
    async (request) => {
      requireNoProperties(request.body);
      await cancelOrder(app, await requireOrder(app, request, request.params.id));
      return { order: await loadOrder(app, await requireOrder(app, request, request.params.id)) };
    },
  );
}

/** Exchanges the token of a mail's link for the cookie that opens the order. */
function linkRoute(server: Server, app: App): void {
  server.post(
    '/api/orders/:id/access',
    {
      schema: { tags: ['orders'], params: OrderId, body: OpenOrderRequest, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { token } = request.body;
      await findOrderFor(app, id, { tokens: [token], personId: null });
      grantAccess(app, reply, id, token);
      return reply.code(204).send(null);
    },
  );
}

/** There is nothing to say about a cancellation, so whatever is said is refused rather than ignored. */
function requireNoProperties(body: unknown): void {
  const isEmpty = body === undefined || body === null || JSON.stringify(body) === '{}';
  if (!isEmpty) throw new AppError('invalid_request', { message: 'A cancellation takes no properties.' });
}
