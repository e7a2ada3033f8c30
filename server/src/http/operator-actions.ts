import type { ErrorBody } from '@paydesk/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findNamedOrder } from '../app/name-order.ts';
import { type Action, recordAction, recordOutcome } from '../app/operators/record-action.ts';
import type { App } from '../app/ports.ts';
import { findBreak } from '../db/breaks.ts';
import { findEvent } from '../db/inbox.ts';
import { findEffects } from '../db/outbox.ts';
import { operatorOf } from './operators.ts';
import type { Server } from './types.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The entry of the log that this call has. */
    actionId: string | null;
  }
}

/** Every call behind the door that may change something is in the log before it is done, and what became of it after. */
export function keepActions(door: Server, app: App): void {
  door.decorateRequest('actionId', null);
  door.addHook('preHandler', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    request.actionId = await recordAction(app, operatorOf(request), await actionOf(app, request));
  });
  door.addHook('onSend', async (request, reply, payload) => {
    if (request.actionId !== null)
      await recordOutcome(app, request.actionId, { status: reply.statusCode, code: codeOf(reply, payload) });
    return payload;
  });
}

async function actionOf(app: App, request: FastifyRequest): Promise<Action> {
  const route = request.routeOptions.url ?? '';
  const names = Object.values((request.params ?? {}) as Record<string, string>);
  const body = Buffer.isBuffer(request.body) ? { bytes: request.body.length } : request.body;
  return {
    action: `${request.method} ${route}`,
    objectId: names.join(' '),
    orderId: names[0] === undefined ? null : await orderIdOf(app, route, names[0]),
    reason: reasonIn(body),
    request: body,
  };
}

/** The order that the call is about, as far as what it names says so. */
async function orderIdOf(app: App, route: string, name: string): Promise<string | null> {
  const { read } = app.database;
  const noun = route.slice('/api/admin/'.length).split('/')[0];
  switch (noun) {
    case 'orders':
      return (await findNamedOrder(app, name).catch(() => null))?.id ?? null;
    case 'events':
      return (await findEvent(read, name))?.order_id ?? null;
    case 'effects':
      return (await findEffects(read, [name]))[0]?.order_id || null;
    case 'breaks':
      return (await findBreak(read, name))?.order_id ?? null;
    default:
      return null;
  }
}

function reasonIn(body: unknown): string | null {
  const { reason, resolution } = (body ?? {}) as { reason?: unknown; resolution?: unknown };
  const words = reason ?? resolution;
  return typeof words === 'string' ? words : null;
}

/** The code of our own refusals, which are JSON with an `error`. */
function codeOf(reply: FastifyReply, payload: unknown): string | null {
  if (reply.statusCode < 400 || typeof payload !== 'string') return null;
  try {
    return (JSON.parse(payload) as ErrorBody).error.code;
  } catch {
    return null;
  }
}
