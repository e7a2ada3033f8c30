import { CheckedOrder } from '@paydesk/contract/reconciliation';
import { checkOrder } from '../../../app/check-order.ts';
import { findNamedOrder } from '../../../app/name-order.ts';
import type { App } from '../../../app/ports.ts';
import { loadOrder } from '../../../app/present-order.ts';
import { needs } from '../../operators.ts';
import type { Server } from '../../types.ts';
import { OrderId } from '../orders.ts';

/** "Check with Stripe now", for one order. */
export function adminReconcileRoutes(server: Server, app: App): void {
  server.post(
    '/api/admin/orders/:id/check',
    {
      schema: {
        tags: ['operators'],
        params: OrderId,
        security: [{ operator: [] }],
        response: { 200: CheckedOrder },
      },
      ...needs('manage'),
    },
    async (request) => {
      const found = await checkOrder(app, await findNamedOrder(app, request.params.id));
      return { order: await loadOrder(app, await findNamedOrder(app, request.params.id)), found };
    },
  );
}
