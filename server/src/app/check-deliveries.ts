import { closeBreaks, openBreak } from '../db/books.ts';
import { findSources } from '../db/inbox.ts';
import type { App, ListedEvent, PaymentProvider } from './ports.ts';

/** An event that was not delivered by this age, in milliseconds, is missing. Deliveries take seconds. */
const late = 2 * 60_000;
/** How far back it is looked for missing ones, in milliseconds. */
const window = 10 * 60_000;

/**
 * Whether the provider's notifications reach this shop: of the newest events that are two to ten minutes old, each should
 * have been delivered. Those that were not have long been fetched, so nothing is lost; but a person has to mend the way.
 * The break closes when a later round sees events and misses none; a round that sees none proves nothing.
 *
 * @returns how many were missing
 * @throws ProviderError when the provider could not be asked
 */
export async function checkDeliveries(app: App, provider: PaymentProvider): Promise<number> {
  if (provider.records === null) return 0;
  const now = app.clock.now();
  const page = await firstPage(provider.records.events(now - window, now - late));
  if (page.length === 0) return 0;
  const sources = await findSources(
    app.database.read,
    page.map(({ id }) => id),
  );
  const missing = page.filter(({ id }) => sources.get(id) !== 'hook');
  if (missing.length === 0) await close(app, provider, now);
  else await report(app, provider, missing, page.length, now);
  return missing.length;
}

async function firstPage(pages: AsyncIterable<readonly ListedEvent[]>): Promise<readonly ListedEvent[]> {
  for await (const page of pages) return page;
  return [];
}

async function close(app: App, provider: PaymentProvider, now: number): Promise<void> {
  const closing = { at: now, by: 'reconciler', resolution: 'notifications arrive again' };
  await app.database.transaction((tx) => closeBreaks(tx, ['webhooks_missing'], provider.name, closing));
}

async function report(
  app: App,
  provider: PaymentProvider,
  missing: readonly ListedEvent[],
  looked: number,
  now: number,
): Promise<void> {
  const oldest = Math.round((now - Math.min(...missing.map(({ createdAt }) => createdAt))) / 1_000);
  const types = [...new Set(missing.map(({ type }) => type))].toSorted().join(', ');
  const detail = `${missing.length} of ${looked} events were not delivered, the oldest ${oldest} s ago: ${types}`;
  app.log.error({ provider: provider.name, missing: missing.length, types }, 'notifications do not arrive');
  await app.database.transaction((tx) =>
    openBreak(tx, {
      id: app.ids.next('brk'),
      kind: 'webhooks_missing',
      object_id: provider.name,
      order_id: null,
      amount: null,
      currency: null,
      detail,
      opened_at: now,
    }),
  );
}
