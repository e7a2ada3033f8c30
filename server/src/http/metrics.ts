import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { App } from '../app/ports.ts';
import { inbox } from '../db/inbox.ts';
import { mailOutbox, outbox } from '../db/outbox.ts';
import { measureHealth } from './health-metrics.ts';

export type Metrics = { registry: Registry; events: Counter<'type' | 'result'> };

/** What an operator's monitoring reads at /metrics. */
export function makeMetrics(app: App): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const events = new Counter({
    name: 'paydesk_events_total',
    help: "Payment providers' notifications by type and by what they did.",
    labelNames: ['type', 'result'] as const,
    registers,
  });
  gauge(registry, 'paydesk_inbox_age_seconds', 'Age of the oldest event that waits.', (now) =>
    inbox.age(app.database.read, now),
  );
  gauge(registry, 'paydesk_outbox_age_seconds', 'Age of the oldest effect that is late.', (now) =>
    outbox.age(app.database.read, now),
  );
  gauge(registry, 'paydesk_mail_age_seconds', 'Age of the oldest e-mail that is late.', (now) =>
    mailOutbox.age(app.database.read, now),
  );
  measureHealth(registry, app);
  new Gauge({
    name: 'paydesk_live_views',
    help: 'Open live views of orders.',
    registers,
    collect() {
      this.set(app.live.watchers);
    },
  });
  return { registry, events };

  function gauge(
    register: Registry,
    name: string,
    help: string,
    read: (now: number) => Promise<number>,
  ): void {
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        this.set((await read(app.clock.now())) / 1_000);
      },
    });
  }
}

/** Times every request by route, never by address, so that the number of series stays small. */
export function measureRequests(server: FastifyInstance, metrics: Metrics): void {
  const seconds = new Histogram({
    name: 'paydesk_http_request_seconds',
    help: 'Time to answer, by route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [metrics.registry],
  });
  // Finding a series by its labels costs more than adding to it, and there are few.
  const series = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();
  server.addHook('onResponse', ({ method, routeOptions }, { statusCode: status, elapsedTime }, done) => {
    const route = routeOptions.url ?? 'unknown';
    const name = `${method} ${route} ${status}`;
    const known = series.get(name) ?? seconds.labels({ method, route, status });
    series.set(name, known);
    known.observe(elapsedTime / 1_000);
    done();
  });
}
