import {
  AdminProducts,
  AdminProductsQuery,
  ArchiveRequest,
  NewProduct,
  ProductChange,
  ProductPage,
  ProductReply,
  StockMovementsQuery,
  StockReply,
  StockRequest,
} from '@paydesk/contract/admin/products';
import { Id } from '@paydesk/contract/quote';
import Type from 'typebox';
import { archiveProduct, changeProduct, createProduct } from '../../../app/catalogue/change-product.ts';
import { listProductsForOperators, readProduct } from '../../../app/catalogue/list-products.ts';
import { moveStock } from '../../../app/catalogue/move-stock.ts';
import type { App } from '../../../app/ports.ts';
import { idempotencyKeyOf } from '../../access.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };
const params = Type.Object({ id: Id });

/** What is sold, and how much of it there is. */
export function adminProductRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/products',
    {
      schema: { ...common, querystring: AdminProductsQuery, response: { 200: AdminProducts } },
      ...needs('view'),
    },
    async ({ query }) => await listProductsForOperators(app, query),
  );

  server.get(
    '/api/admin/products/:id',
    {
      schema: { ...common, params, querystring: StockMovementsQuery, response: { 200: ProductPage } },
      ...needs('view'),
    },
    async (request) => await readProduct(app, request.params.id, request.query.after),
  );

  server.post(
    '/api/admin/products',
    { schema: { ...common, body: NewProduct, response: { 201: ProductReply } }, ...needs('manage') },
    async (request, reply) => {
      const product = await createProduct(app, request.body, operatorOf(request).name);
      return reply.code(201).send({ product });
    },
  );

  server.post(
    '/api/admin/products/:id',
    {
      schema: { ...common, params, body: ProductChange, response: { 200: ProductReply } },
      ...needs('manage'),
    },
    async (request) => ({
      product: await changeProduct(app, request.params.id, request.body, operatorOf(request).name),
    }),
  );

  server.post(
    '/api/admin/products/:id/archive',
    {
      schema: { ...common, params, body: ArchiveRequest, response: { 200: ProductReply } },
      ...needs('manage'),
    },
    async (request) => ({
      product: await archiveProduct(app, request.params.id, request.body, operatorOf(request).name),
    }),
  );

  server.post(
    '/api/admin/products/:id/stock',
    { schema: { ...common, params, body: StockRequest, response: { 200: StockReply } }, ...needs('manage') },
    async (request) =>
      await moveStock(app, request.params.id, request.body, {
        by: operatorOf(request).name,
        key: idempotencyKeyOf(request),
      }),
  );
}
