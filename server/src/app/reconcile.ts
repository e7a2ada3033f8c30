import { closeBreaks, openBreak } from '../db/books.ts';
import { findOpenBreaks } from '../db/comparison.ts';
import { closeOrphans } from './close-orphans.ts';
import { compareCharges } from './compare-charges.ts';
import { compareDisputes } from './compare-disputes.ts';
import { compareRefunds } from './compare-refunds.ts';
import { type Comparison, comparedKinds, type Difference } from './comparison.ts';
import { fetchEvents } from './poll-events.ts';
import type { App, PaymentProvider, ProviderRecords } from './ports.ts';
import { repairDifference } from './repair-difference.ts';

export type ProviderReport = {
  provider: string;
  comparisons: Comparison[];
  /** Events that were fetched because they had not come; null where nothing was to be repaired. */
  eventsFetched: number | null;
  /** Things that were ended at the provider because their attempt is over here; null where nothing was to be repaired. */
  orphansClosed: number | null;
  /** Differences that were there and are gone, and what was written down. */
  repaired: { difference: Difference; outcome: string }[];
};

export type Reconciliation = { since: number; at: number; providers: ProviderReport[] };

export type Wanted = {
  /** From when on, in epoch milliseconds. */
  since: number;
  /** Whether to fix what needs no person. */
  repair: boolean;
};

/**
 * Compares the provider's records with our books, both ways. Every difference is a break; one that is gone closes its own.
 * To repair means to fetch missing events and to write down the provider's present truth, through the same doors as ever;
 * nothing else is touched, so it may be cut off and repeated at any point.
 *
 * @throws ProviderError when the provider could not be asked: then nothing was concluded
 */
export async function reconcile(app: App, wanted: Wanted): Promise<Reconciliation> {
  const providers: ProviderReport[] = [];
  for (const provider of app.providers.values()) {
    const { records } = provider;
    if (records !== null) providers.push(await reconcileWith(app, provider, records, wanted));
  }
  return { since: wanted.since, at: app.clock.now(), providers };
}

/** All differences that are left. */
export function differencesOf(reconciliation: Reconciliation): Difference[] {
  return reconciliation.providers.flatMap(({ comparisons }) =>
    comparisons.flatMap(({ differences }) => differences),
  );
}

async function reconcileWith(
  app: App,
  provider: PaymentProvider,
  records: ProviderRecords,
  { since, repair }: Wanted,
): Promise<ProviderReport> {
  const eventsFetched = repair ? (await fetchEvents(app, provider, since)).found : null;
  const orphansClosed = repair ? await closeOrphans(app, provider, records, since) : null;
  let comparisons = await compare(app, provider, records, since);
  const repaired: ProviderReport['repaired'] = [];
  if (repair) {
    for (const difference of comparisons.flatMap(({ differences }) => differences)) {
      const outcome = await repairDifference(app, provider, difference);
      if (outcome !== null) repaired.push({ difference, outcome });
    }
    if (repaired.length > 0) comparisons = await compare(app, provider, records, since);
  }
  for (const comparison of comparisons) await noteBreaks(app, comparison);
  return { provider: provider.name, comparisons, eventsFetched, orphansClosed, repaired };
}

async function compare(
  app: App,
  provider: PaymentProvider,
  records: ProviderRecords,
  since: number,
): Promise<Comparison[]> {
  return [
    await compareCharges(app, provider, records, since),
    await compareRefunds(app, provider, records, since),
    await compareDisputes(app, provider, records, since),
  ];
}

async function noteBreaks(app: App, { what, differences, agreed }: Comparison): Promise<void> {
  const now = app.clock.now();
  const open = await findOpenBreaks(app.database.read, comparedKinds);
  const gone = open.filter(({ object_id }) => agreed.has(object_id));
  if (differences.length + gone.length === 0) return;
  const closing = { at: now, by: 'reconciler', resolution: 'the provider and our books agree' };
  await app.database.transaction(async (tx) => {
    for (const { object_id } of gone) await closeBreaks(tx, comparedKinds, object_id, closing);
    for (const { kind, objectId, orderId, amount, currency, detail } of differences)
      await openBreak(tx, {
        id: app.ids.next('brk'),
        kind,
        object_id: objectId,
        order_id: orderId,
        amount,
        currency,
        detail,
        opened_at: now,
      });
  });
  for (const { kind, objectId, orderId, detail } of differences)
    app.log.error({ kind, objectId, orderId, detail }, 'our books and the provider differ');
  app.log.info({ what, differences: differences.length, closed: gone.length }, 'compared with the provider');
}
