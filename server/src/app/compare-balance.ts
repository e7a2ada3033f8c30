import { clearingSums, type Sums } from '../db/clearing.ts';
import { readSetting } from '../db/settings.ts';
import { clearingOf } from '../domain/ledger.ts';
import { type BooksApp, bookTransactions, openingOf } from './book-transactions.ts';
import type { ProviderRecords } from './ports.ts';

/** Something may move between two questions to the provider; then they are asked again, so often at most. */
const mostRounds = 4;

export type Difference = {
  provider: string;
  currency: string;
  at_provider: number;
  in_our_books: number;
  difference: number;
};

/**
 * Compares, for each provider and currency, what it holds with our clearing account. Counted in are what it held before
 * this shop's first payment, what it holds for others on the same account, what it has moved but our books await the
 * outcome of (a refund that is pending), and what we have booked but it lists only some seconds later.
 *
 * @throws ProviderError when a provider could not be asked
 */
export async function compareBalance(app: BooksApp): Promise<Difference[]> {
  return (await balancesBeside(app)).filter(({ difference }) => difference !== 0);
}

/** The same, with what agrees. */
export async function balancesBeside(app: BooksApp): Promise<Difference[]> {
  const sides: Difference[] = [];
  for (const { name, records } of app.providers.values()) {
    const opening = await readSetting(app.database.read, openingOf(name));
    if (records === null || opening === undefined) continue;
    sides.push(...(await compared(app, name, records, JSON.parse(opening) as Record<string, number>)));
  }
  return sides;
}

async function compared(
  app: BooksApp,
  provider: string,
  records: ProviderRecords,
  opening: Record<string, number>,
): Promise<Difference[]> {
  for (let round = 1; ; round += 1) {
    const balance = await records.balance();
    const { booked } = await bookTransactions(app);
    const sums = await clearingSums(app.database.aside, provider, clearingOf(provider));
    const found = sidesOf(provider, balance, opening, sums);
    const agree = found.every(({ difference }) => difference === 0);
    if (agree || (booked === 0 && round > 1) || round === mostRounds) return found;
  }
}

function sidesOf(
  provider: string,
  balance: Map<string, number>,
  opening: Record<string, number>,
  sums: Map<string, Sums>,
): Difference[] {
  return [...new Set([...balance.keys(), ...sums.keys()])].map((currency) => {
    const { clearing = 0, foreign = 0, awaited = 0, unlisted = 0 } = sums.get(currency) ?? {};
    const held = (balance.get(currency) ?? 0) - (opening[currency] ?? 0) - foreign;
    const expected = clearing + awaited - unlisted;
    return { provider, currency, at_provider: held, in_our_books: expected, difference: held - expected };
  });
}
