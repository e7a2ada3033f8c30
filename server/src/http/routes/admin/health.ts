import { HealthQuery, HealthReport } from '@paydesk/contract/admin/health';
import { type HealthDesk, healthReport } from '../../../app/health/report.ts';
import type { App } from '../../../app/ports.ts';
import { needs } from '../../operators.ts';
import type { Server } from '../../types.ts';

/** Whether all is well, and what to do about what is not. */
export function adminHealthRoutes(server: Server, app: App, desk: HealthDesk): void {
  server.get(
    '/api/admin/health',
    {
      schema: {
        tags: ['operators'],
        security: [{ operator: [] }],
        querystring: HealthQuery,
        response: { 200: HealthReport },
      },
      ...needs('view'),
    },
    ({ query }) => healthReport(app, desk, { isFresh: query.fresh === '1' }),
  );
}
