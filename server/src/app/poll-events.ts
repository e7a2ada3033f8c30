import { findSources } from '../db/inbox.ts';
import { readSetting, writeSetting } from '../db/settings.ts';
import { keepEvent } from './keep-event.ts';
import type { App, ListedEvent, PaymentProvider } from './ports.ts';

/** How far a shop that never asked before looks back, in milliseconds: three days, as long as Stripe repeats a delivery. */
const firstLook = 3 * 24 * 3_600_000;
/** How far behind the newest event known an event may still turn up in the list, in milliseconds. */
const overlap = 10 * 60_000;
/** Pages of that overlap that one round may cost. What is new is always read whole. */
const overlapPages = 3;

/**
 * Up to which event's time, in epoch milliseconds, everything was fetched, when the round began that found so, and how many
 * events such rounds have ever found that had not been delivered. `delivered` is the time of the newest event that came by
 * itself, null where none ever did; rounds of an older version did not note it.
 */
export type Polled = { through: number; at: number; found: number; delivered?: number | null };

export type Poll = {
  /** Events that the list had and the inbox had not. */
  found: number;
  applied: number;
};

/**
 * Fetches from the provider what its notifications should have told, into the same inbox under the same ids: so whatever
 * comes through both doors happens once. Nothing is noted before all that is new was kept, so a round that is cut off is
 * begun again.
 *
 * @throws ProviderError when the provider could not be asked; what was fetched by then is kept
 */
export async function pollEvents(app: App, provider: PaymentProvider): Promise<Poll> {
  const poll: Poll = { found: 0, applied: 0 };
  if (provider.records === null) return poll;
  const startedAt = app.clock.now();
  const known = await lastPoll(app, provider);
  const through = known?.through ?? startedAt - firstLook;
  let newest = through;
  let delivered = known?.delivered ?? null;
  let beyond = 0;
  for await (const page of provider.records.events(through - overlap)) {
    // An event from the future, by a clock that is off, must not hide those that are made until then.
    newest = Math.max(newest, Math.min(page[0]?.createdAt ?? 0, startedAt));
    const kept = await keepUnknown(app, provider, page);
    add(poll, kept);
    if (kept.delivered !== null) delivered = Math.max(delivered ?? 0, kept.delivered);
    if ((page.at(-1)?.createdAt ?? 0) < through) beyond += 1;
    if (beyond >= overlapPages) break;
  }
  const found = (known?.found ?? 0) + poll.found;
  const polled: Polled = { through: newest, at: startedAt, found, delivered };
  await app.database.transaction((tx) => writeSetting(tx, keyOf(provider), JSON.stringify(polled)));
  return poll;
}

/** Fetches the events since a moment, whatever was fetched before; `pages` says how much of them, newest first. */
export async function fetchEvents(
  app: App,
  provider: PaymentProvider,
  since: number,
  pages = Number.POSITIVE_INFINITY,
): Promise<Poll> {
  const poll: Poll = { found: 0, applied: 0 };
  if (provider.records === null) return poll;
  let read = 0;
  for await (const page of provider.records.events(since)) {
    add(poll, await keepUnknown(app, provider, page));
    read += 1;
    if (read >= pages) break;
  }
  return poll;
}

/** When and how far this provider's events were last fetched; null when they never were. */
export async function lastPoll(
  app: Pick<App, 'database'>,
  provider: { name: string },
): Promise<Polled | null> {
  const known = await readSetting(app.database.read, keyOf(provider));
  return known === undefined ? null : (JSON.parse(known) as Polled);
}

/** Keeps those of a page that are not here yet, the oldest first, as they would have come. `delivered`: the newest that had. */
async function keepUnknown(
  app: App,
  provider: PaymentProvider,
  page: readonly ListedEvent[],
): Promise<Poll & { delivered: number | null }> {
  const poll: Poll = { found: 0, applied: 0 };
  const known = await findSources(
    app.database.read,
    page.map(({ id }) => id),
  );
  for (const listed of page.toReversed()) {
    if (known.has(listed.id)) continue;
    const { event, payload } = listed.read();
    const { result } = await keepEvent(app, event, { provider: provider.name, source: 'poll', payload });
    // It may have come through the other door just now.
    if (result !== 'duplicate') poll.found += 1;
    if (result === 'applied') poll.applied += 1;
  }
  const delivered = page.find(({ id }) => known.get(id) === 'hook')?.createdAt ?? null;
  return { ...poll, delivered };
}

function add(sum: Poll, more: Poll): void {
  sum.found += more.found;
  sum.applied += more.applied;
}

function keyOf(provider: { name: string }): string {
  return `polled:${provider.name}`;
}
