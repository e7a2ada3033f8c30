import { Readable } from 'node:stream';
import {
  NewOrders,
  NewOrdersQuery,
  OrderFilters,
  OrderList,
  OrdersQuery,
} from '@paydesk/contract/admin/orders';
import Type from 'typebox';
import { exportOrders } from '../../../app/export-orders.ts';
import { countNewOrders, listOrders } from '../../../app/list-orders.ts';
import type { App } from '../../../app/ports.ts';
import { dateOf, dayOf } from '../../../domain/zone.ts';
import { needs } from '../../operators.ts';
import type { Server } from '../../types.ts';

const schema = { tags: ['operators'], security: [{ operator: [] }] };

/** All orders: looking through them, for one or for many, and taking them away as a file. */
export function adminOrderListRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/orders',
    { schema: { ...schema, querystring: OrdersQuery, response: { 200: OrderList } }, ...needs('view') },
    async ({ query }) => await listOrders(app, query),
  );

  server.get(
    '/api/admin/orders/new',
    { schema: { ...schema, querystring: NewOrdersQuery, response: { 200: NewOrders } }, ...needs('view') },
    async ({ query }) => await countNewOrders(app, query),
  );

  server.get(
    '/api/admin/orders.csv',
    {
      schema: { ...schema, querystring: OrderFilters, produces: ['text/csv'], response: { 200: Type.Any() } },
      ...needs('view'),
    },
    async ({ query }, reply) => {
      const day = dateOf(dayOf(app.shop.timezone, app.clock.now()));
      const lines = await exportOrders(app, query);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="orders-${day}.csv"`)
        .send(Readable.from(lines, { highWaterMark: 1 }));
    },
  );
}
