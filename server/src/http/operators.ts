import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import type { App } from '../app/ports.ts';
import { bearerOf } from './access.ts';
import { adminBreakRoutes } from './routes/admin/breaks.ts';
import { adminOrderRoutes } from './routes/admin/orders.ts';
import { adminReconcileRoutes } from './routes/admin/reconcile.ts';
import { adminTransferRoutes } from './routes/admin/transfers.ts';
import type { Server } from './types.ts';

/**
 * The operators' door: everything under /api/admin, behind one token.
 *
 * @param token null where nobody may come in
 */
export async function operatorRoutes(server: Server, app: App, token: string | null): Promise<void> {
  await server.register(async (door) => {
    // Before the body is read, so that a stranger learns nothing, not even that a body would be wrong.
    door.addHook('onRequest', async (request) => requireOperator(request, token));
    adminOrderRoutes(door, app);
    adminBreakRoutes(door, app);
    adminTransferRoutes(door, app);
    adminReconcileRoutes(door, app);
  });
}

/** A missing token and a wrong one are told alike, and take the same time. */
function requireOperator(request: FastifyRequest, token: string | null): void {
  const given = bearerOf(request) ?? '';
  const isRight = timingSafeEqual(digest(given), digest(token ?? ''));
  if (token === null || !isRight) throw new AppError('operator_required');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
