import { Gauge, type Registry } from 'prom-client';
import { lastSeenClock } from '../app/health/provider-clock.ts';
import { lastPoll } from '../app/poll-events.ts';
import type { App } from '../app/ports.ts';
import { countOpenBreaks } from '../db/comparison.ts';
import { migrationState } from '../db/migrate.ts';

/**
 * What `npm run doctor` looks at and monitoring has to see at once. Read from the database, because the jobs may run in
 * another process than the one that is asked.
 */
export function measureHealth(registry: Registry, app: App): void {
  const registers = [registry];
  const { read } = app.database;
  new Gauge({
    name: 'paydesk_breaks_open',
    help: "Differences between our books and a provider's that a person must see, by kind.",
    labelNames: ['kind'] as const,
    registers,
    async collect() {
      this.reset();
      for (const { kind, count } of await countOpenBreaks(read)) this.set({ kind }, count);
    },
  });
  const waiting = (name: string, help: string, kind: string): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const open = await countOpenBreaks(read);
        this.set(open.find((one) => one.kind === kind)?.count ?? 0);
      },
    });
  };
  waiting('paydesk_events_parked', 'Events that wait for a person.', 'payment_not_found');
  waiting('paydesk_effects_dead', 'Effects that were given up and wait for a person.', 'effect_gave_up');
  new Gauge({
    name: 'paydesk_migrations',
    help: 'Changes of the database that this version lacks (unknown) or has yet to make (pending).',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      const { pending, unknown } = await migrationState(app.database);
      this.set({ state: 'pending' }, pending.length);
      this.set({ state: 'unknown' }, unknown.length);
    },
  });
  measureProviders(registry, app);
}

/** Of each provider that was ever asked. */
function measureProviders(registry: Registry, app: App): void {
  const perProvider = (
    name: string,
    help: string,
    look: (provider: { name: string }, now: number) => Promise<number | null | undefined>,
  ): void => {
    new Gauge({
      name,
      help,
      labelNames: ['provider'] as const,
      registers: [registry],
      async collect() {
        for (const provider of app.providers.keys()) {
          const value = await look({ name: provider }, app.clock.now());
          if (typeof value === 'number') this.set({ provider }, value);
        }
      },
    });
  };
  perProvider(
    'paydesk_events_fetched',
    'Events that had to be fetched because they had not been delivered, since the shop exists.',
    async (provider) => (await lastPoll(app, provider))?.found,
  );
  perProvider(
    'paydesk_poll_age_seconds',
    'Time since the provider was last asked for events, and answered.',
    async (provider, now) => {
      const poll = await lastPoll(app, provider);
      return poll && Math.max(0, now - poll.at) / 1_000;
    },
  );
  perProvider(
    'paydesk_last_event_timestamp_seconds',
    'When the newest event was made that the provider delivered by itself, as the last poll saw it.',
    async (provider) => {
      const delivered = (await lastPoll(app, provider))?.delivered;
      return typeof delivered === 'number' ? delivered / 1_000 : null;
    },
  );
  perProvider(
    'paydesk_clock_skew_seconds',
    'How far our clock was ahead of the provider’s when they were last compared.',
    async (provider) => {
      const seen = await lastSeenClock(app, provider);
      return seen && seen.skew / 1_000;
    },
  );
}
