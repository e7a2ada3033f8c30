import type { PaymentFlow } from '@paydesk/contract/payments';
import { ShortcutReply, ShortcutRequest } from '@paydesk/contract/shortcuts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { placeOrder } from '../../app/place-order.ts';
import type { App } from '../../app/ports.ts';
import { startPayment } from '../../app/start-payment.ts';
import { callerOf, grantAccess, idempotencyKeyOf } from '../access.ts';
import { personOf } from '../session.ts';
import type { RateLimits, Server } from '../types.ts';

const shortcuts: [path: string, flow: PaymentFlow][] = [
  ['/api/create-payment-intent', 'elements'],
  ['/api/payment-intent', 'elements'],
  ['/api/stripe-checkout', 'hosted'],
];

/** One call for simple front ends: the same two verbs that the long way uses, one after the other. */
export function shortcutRoutes(server: Server, app: App, limits: RateLimits): void {
  for (const [path, flow] of shortcuts) {
    server.post(
      path,
      {
        schema: { tags: ['shortcuts'], body: ShortcutRequest, response: { 201: ShortcutReply } },
        config: limits.orders,
      },
      async (request, reply) =>
        reply.code(201).send(await orderAndPay(app, request, reply, request.body, flow)),
    );
  }
}

async function orderAndPay(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  body: ShortcutRequest,
  flow: PaymentFlow,
): Promise<ShortcutReply> {
  const key = idempotencyKeyOf(request);
  const person = await personOf(app, request);
  const order = await orderOf(app, reply, body, key, person?.id ?? null);
  const { orderId, accessToken } = order;
  const caller =
    accessToken === undefined
      ? await callerOf(app, request, orderId)
      : { tokens: [accessToken], personId: null };
  const started = await startPayment(app, { orderId, caller, method: 'stripe', flow, key });
  const { clientSecret, url } = started;
  return { ...order, ...(clientSecret !== undefined && { clientSecret }), ...(url !== undefined && { url }) };
}

async function orderOf(
  app: App,
  reply: FastifyReply,
  body: ShortcutRequest,
  key: string | undefined,
  personId: string | null,
): Promise<{ orderId: string; accessToken?: string }> {
  if ('orderId' in body) return { orderId: body.orderId };
  const { order, accessToken } = await placeOrder(app, body, key, personId);
  grantAccess(app, reply, order.id, accessToken);
  return { orderId: order.id, accessToken };
}
