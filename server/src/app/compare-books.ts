import type { Comparison } from '@paydesk/contract/admin/ledger';
import { readSetting, writeSetting } from '../db/settings.ts';
import { bookTransactions } from './book-transactions.ts';
import { balancesBeside } from './compare-balance.ts';
import { AppError, ProviderError } from './errors.ts';
import { iso } from './iso.ts';
import type { App } from './ports.ts';

/** What the last comparison found, as JSON. */
const key = 'balance_compared';

/**
 * Asks each provider what it holds for us, and keeps the answer beside what our books say. Movements that it lists and our
 * books lack are booked first, as every minute.
 *
 * @throws AppError payment_provider_unavailable when a provider could not be asked: then nothing was concluded
 */
export async function compareBooks(app: App, by: string): Promise<Comparison> {
  const comparison = await compare(app, by).catch((error: unknown) => {
    if (error instanceof ProviderError) throw new AppError('payment_provider_unavailable', { cause: error });
    throw error;
  });
  await app.database.transaction((tx) => writeSetting(tx, key, JSON.stringify(comparison)));
  const differ = comparison.rows.filter(({ difference }) => difference !== 0).length;
  app.log.info({ differ, by }, 'the balance was compared with the providers');
  return comparison;
}

async function compare(app: App, by: string): Promise<Comparison> {
  const { waiting } = await bookTransactions(app);
  const rows = await balancesBeside(app);
  return {
    at: iso(app.clock.now()),
    by,
    rows: rows.map((row) => ({
      provider: row.provider,
      currency: row.currency,
      atProvider: row.at_provider,
      inOurBooks: row.in_our_books,
      difference: row.difference,
    })),
    waiting,
  };
}

/** What the last comparison found; null where there was none yet. */
export async function lastComparison(app: Pick<App, 'database'>): Promise<Comparison | null> {
  const known = await readSetting(app.database.read, key);
  return known === undefined ? null : (JSON.parse(known) as Comparison);
}
