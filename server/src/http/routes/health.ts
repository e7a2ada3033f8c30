import { sql } from 'kysely';
import type { App } from '../../app/ports.ts';
import { inbox } from '../../db/inbox.ts';
import { outbox } from '../../db/outbox.ts';
import type { Metrics } from '../metrics.ts';
import type { Server } from '../types.ts';

/** An event or effect that is this late means that no worker runs or that it cannot get on, in milliseconds. */
const tooLate = 5 * 60_000;

/** For load balancers and monitoring. */
export function healthRoutes(server: Server, app: App, metrics: Metrics): void {
  const hidden = { schema: { hide: true } };
  server.get('/healthz', hidden, async () => ({ ok: true }));

  server.get('/readyz', hidden, async (request, reply) => {
    const checks = await readiness(app).catch((error: unknown) => {
      request.log.error({ err: error }, 'the database does not answer');
      return { database: false, inboxAgeSeconds: null, outboxAgeSeconds: null };
    });
    const late = Math.max(checks.inboxAgeSeconds ?? 0, checks.outboxAgeSeconds ?? 0) * 1_000 > tooLate;
    const ready = checks.database && !late;
    return reply.code(ready ? 200 : 503).send({ ready, ...checks });
  });

  server.get('/metrics', hidden, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
}

async function readiness(app: App) {
  const now = app.clock.now();
  await sql`SELECT 1`.execute(app.database.read);
  const [inboxAge, outboxAge] = await Promise.all([
    inbox.age(app.database.read, now),
    outbox.age(app.database.read, now),
  ]);
  return { database: true, inboxAgeSeconds: inboxAge / 1_000, outboxAgeSeconds: outboxAge / 1_000 };
}
