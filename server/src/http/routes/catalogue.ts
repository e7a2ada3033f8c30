import { Product, ProductList, ProductQuery } from '@paydesk/contract/catalogue';
import { ShopConfig } from '@paydesk/contract/config';
import { Quote, QuoteRequest } from '@paydesk/contract/quote';
import Type from 'typebox';
import { AppError } from '../../app/errors.ts';
import type { App } from '../../app/ports.ts';
import { quote } from '../../app/quote.ts';
import { findProductBySlug, listCategories, listProducts, toProduct } from '../../db/products.ts';
import type { Server } from '../types.ts';

const Slug = Type.Object({ slug: Type.String({ pattern: '^[a-z0-9-]{1,80}$' }) });

/** What anybody may read: settings of the shop, products, prices. */
export function catalogueRoutes(server: Server, app: App): void {
  server.get(
    '/api/config',
    { schema: { tags: ['catalogue'], response: { 200: ShopConfig } } },
    async () => app.keeper.config,
  );

  server.get(
    '/api/products',
    { schema: { tags: ['catalogue'], querystring: ProductQuery, response: { 200: ProductList } } },
    async (request) => {
      const [page, categories] = await Promise.all([
        listProducts(app.database.read, request.query),
        listCategories(app.database.read),
      ]);
      const products = page.rows.map((row) => toProduct(row, app.shop.currency));
      return { products, total: page.total, next: page.next, categories };
    },
  );

  server.get(
    '/api/products/:slug',
    { schema: { tags: ['catalogue'], params: Slug, response: { 200: Type.Object({ product: Product }) } } },
    async (request) => {
      const row = await findProductBySlug(app.database.read, request.params.slug);
      if (!row) throw new AppError('product_not_found');
      return { product: toProduct(row, app.shop.currency) };
    },
  );

  server.post(
    '/api/quote',
    { schema: { tags: ['orders'], body: QuoteRequest, response: { 200: Quote } } },
    async (request) => await quote(app, request.body),
  );
}
