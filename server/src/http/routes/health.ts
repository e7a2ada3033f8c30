import { type ProviderFacts, readWorkFacts } from '../../app/health/work-facts.ts';
import { iso } from '../../app/iso.ts';
import type { App } from '../../app/ports.ts';
import { migrationState } from '../../db/migrate.ts';
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
  const [facts, { pending, unknown }] = await Promise.all([readWorkFacts(app), migrationState(app.database)]);
  return {
    database: true,
    inboxAgeSeconds: facts.inboxAge / 1_000,
    outboxAgeSeconds: facts.outboxAge / 1_000,
    mailAgeSeconds: facts.mailAge / 1_000,
    openBreaks: facts.openBreaks.reduce((sum, { count }) => sum + count, 0),
    parkedEvents: facts.parkedEvents,
    deadEffects: facts.deadEffects,
    migrations: unknown.length > 0 ? 'newer' : pending.length > 0 ? 'older' : 'current',
    providers: facts.providers.map((provider) => presentProvider(provider, now)),
  };
}

function presentProvider({ name, poll, clock }: ProviderFacts, now: number) {
  const delivered = poll?.delivered ?? null;
  return {
    name,
    pollAgeSeconds: poll && Math.max(0, now - poll.at) / 1_000,
    lastEventAt: iso(delivered),
    clockSkewSeconds: clock && clock.skew / 1_000,
  };
}
