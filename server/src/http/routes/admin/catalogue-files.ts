import { Readable } from 'node:stream';
import { ImportQuery, ImportReport, maxImportBytes } from '@paydesk/contract/admin/import';
import { exportProducts, importProducts } from '../../../app/catalogue/exchange-products.ts';
import { AppError } from '../../../app/errors.ts';
import type { App } from '../../../app/ports.ts';
import { dateOf, dayOf } from '../../../domain/zone.ts';
import { needs, operatorOf } from '../../operators.ts';
import type { Server } from '../../types.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };

/** Products as a file, out and in again. */
export function adminCatalogueFileRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/products.csv',
    { schema: { ...common, produces: ['text/csv'] }, ...needs('view') },
    async (_request, reply) => {
      const day = dateOf(dayOf(app.shop.timezone, app.clock.now()));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="products-${day}.csv"`)
        .send(Readable.from(exportProducts(app)));
    },
  );

  server.register(async (room) => importRoute(room, app));
}

/** In a room of its own, where bodies are files and nothing else. */
function importRoute(room: Server, app: App): void {
  room.removeAllContentTypeParsers();
  room.addContentTypeParser(
    'text/csv',
    { parseAs: 'buffer', bodyLimit: maxImportBytes },
    async (_: unknown, body: Buffer) => body,
  );
  room.addContentTypeParser('*', async () => {
    throw new AppError('csv_required');
  });
  room.post(
    '/api/admin/products/import',
    {
      schema: {
        ...common,
        consumes: ['text/csv'],
        querystring: ImportQuery,
        response: { 200: ImportReport },
      },
      bodyLimit: maxImportBytes,
      ...needs('manage'),
    },
    async (request) => {
      if (!(request.body instanceof Uint8Array)) throw new AppError('csv_required');
      return await importProducts(app, request.body, {
        apply: request.query.apply,
        by: operatorOf(request).name,
      });
    },
  );
}
