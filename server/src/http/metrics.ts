import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { lastPoll, type Polled } from '../app/poll-events.ts';
import type { App } from '../app/ports.ts';
import { countOpenBreaks } from '../db/comparison.ts';
import { inbox } from '../db/inbox.ts';
import { mailOutbox, outbox } from '../db/outbox.ts';

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
  measureReconciliation(registry, app);
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

/** Read from the database, because the jobs may run in another process than the one that is asked. */
function measureReconciliation(registry: Registry, app: App): void {
  const registers = [registry];
  new Gauge({
    name: 'paydesk_breaks_open',
    help: "Differences between our books and a provider's that a person must see, by kind.",
    labelNames: ['kind'] as const,
    registers,
    async collect() {
      this.reset();
      for (const { kind, count } of await countOpenBreaks(app.database.read)) this.set({ kind }, count);
    },
  });
  const perProvider = (name: string, help: string, read: (poll: Polled, now: number) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['provider'] as const,
      registers,
      async collect() {
        for (const provider of app.providers.keys()) {
          const poll = await lastPoll(app, { name: provider });
          if (poll !== null) this.set({ provider }, read(poll, app.clock.now()));
        }
      },
    });
  };
  perProvider(
    'paydesk_events_fetched',
    'Events that had to be fetched because they had not been delivered, since the shop exists.',
    ({ found }) => found,
  );
  perProvider(
    'paydesk_poll_age_seconds',
    'Time since the provider was last asked for events, and answered.',
    ({ at }, now) => Math.max(0, now - at) / 1_000,
  );
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
