import { countOpenBreaks } from '../../db/comparison.ts';
import { inbox } from '../../db/inbox.ts';
import { mailOutbox, outbox } from '../../db/outbox.ts';
import type { BreakKind } from '../../domain/settlement.ts';
import { lastPoll, type Polled } from '../poll-events.ts';
import type { App } from '../ports.ts';
import { lastSeenClock, type SeenClock } from './provider-clock.ts';

/** How the shop's own work stands. Ages in milliseconds: 0 where nothing is late. */
export type WorkFacts = {
  inboxAge: number;
  outboxAge: number;
  mailAge: number;
  /** By kind, of those that nobody has closed. */
  openBreaks: { kind: string; count: number }[];
  /** Events and effects that wait for a person: each has a break, and counting those reads no large table. */
  parkedEvents: number;
  deadEffects: number;
  providers: ProviderFacts[];
};

/** Of each provider that can be asked. Null where it never was. */
export type ProviderFacts = { name: string; poll: Polled | null; clock: SeenClock | null };

/** Reads what monitoring and operators want to know, by few small statements however large the shop is. */
export async function readWorkFacts(app: Pick<App, 'database' | 'clock' | 'providers'>): Promise<WorkFacts> {
  const { read } = app.database;
  const now = app.clock.now();
  const asked = [...app.providers.values()].filter(({ records }) => records !== null);
  const [inboxAge, outboxAge, mailAge, openBreaks, providers] = await Promise.all([
    inbox.age(read, now),
    outbox.age(read, now),
    mailOutbox.age(read, now),
    countOpenBreaks(read),
    Promise.all(
      asked.map(async ({ name }) => ({
        name,
        poll: await lastPoll(app, { name }),
        clock: await lastSeenClock(app, { name }),
      })),
    ),
  ]);
  const ofKind = (kind: BreakKind) => openBreaks.find((one) => one.kind === kind)?.count ?? 0;
  return {
    inboxAge,
    outboxAge,
    mailAge,
    openBreaks,
    parkedEvents: ofKind('payment_not_found'),
    deadEffects: ofKind('effect_gave_up'),
    providers,
  };
}
