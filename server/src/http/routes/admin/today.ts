import { CsvQuery, Figures, FiguresQuery } from '@paydesk/contract/admin/figures';
import { Today } from '@paydesk/contract/admin/today';
import { figuresCsv } from '../../../app/figures/figures-csv.ts';
import { listFigures } from '../../../app/figures/list-figures.ts';
import { readToday } from '../../../app/figures/today.ts';
import type { App } from '../../../app/ports.ts';
import { needs } from '../../operators.ts';
import type { Server } from '../../types.ts';

const common = { tags: ['operators'], security: [{ operator: [] }] };
const view = needs('view');

/** How the shop does, now and over time. */
export function adminTodayRoutes(server: Server, app: App): void {
  server.get(
    '/api/admin/today',
    { schema: { ...common, response: { 200: Today } }, ...view },
    async () => await readToday(app),
  );

  server.get(
    '/api/admin/figures',
    { schema: { ...common, querystring: FiguresQuery, response: { 200: Figures } }, ...view },
    async ({ query }) => await listFigures(app, query),
  );

  server.get(
    '/api/admin/figures.csv',
    { schema: { ...common, querystring: CsvQuery }, ...view },
    async ({ query: { chart, ...query } }, reply) => {
      const figures = await listFigures(app, query);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${chart}-${figures.from}-${figures.to}.csv"`)
        .send(figuresCsv(chart, figures));
    },
  );
}
