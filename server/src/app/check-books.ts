import { type BrokenRow, findBroken, invariants } from '../db/invariants.ts';
import { type BooksApp, bookTransactions } from './book-transactions.ts';
import { compareBalance } from './compare-balance.ts';
import { ProviderError } from './errors.ts';
import { verifyAudit } from './verify-audit.ts';

/** How many of the rows that break a rule are shown. */
const shown = 3;

/** One rule that was checked. `skipped` says why it could not be. `milliseconds` is how long that took. */
export type Checked = {
  name: string;
  says: string;
  broken: number;
  examples: BrokenRow[];
  skipped: string | null;
  milliseconds: number;
};

type Found = { count: number; rows: BrokenRow[]; skipped?: string };

/**
 * Checks every rule that our books keep at every instant, and that they agree with what the provider holds. Changes
 * nothing but what the books' own job would: movements of the provider that were not booked yet are booked first.
 */
export async function checkBooks(app: BooksApp): Promise<Checked[]> {
  const { read } = app.database;
  const checked: Checked[] = [];
  for (const { name, says, ...invariant } of invariants)
    checked.push(await timed(app, name, says, () => findBroken(read, { name, says, ...invariant }, shown)));
  const chain = 'The timeline of every order is as it was written.';
  checked.push(await timed(app, 'I16 audit chains verify', chain, () => verifyAudit(read, shown)));
  const balance = 'Our clearing account is what the provider holds for us, to the cent.';
  checked.push(await timed(app, 'the balance agrees', balance, () => balanceOf(app)));
  return checked;
}

async function timed(
  app: BooksApp,
  name: string,
  says: string,
  find: () => Promise<Found>,
): Promise<Checked> {
  const start = app.clock.now();
  const { count, rows, skipped = null } = await find();
  return {
    name,
    says,
    broken: count,
    examples: rows.slice(0, shown),
    skipped,
    milliseconds: app.clock.now() - start,
  };
}

async function balanceOf(app: BooksApp): Promise<Found> {
  try {
    const { waiting } = await bookTransactions(app);
    if (waiting > 0)
      return skippedBecause(`${waiting} movements at the provider wait for events to reach our books`);
    const rows = await compareBalance(app);
    return { count: rows.length, rows };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return skippedBecause(`the provider cannot be asked: ${error.message}`);
  }
}

function skippedBecause(skipped: string): Found {
  return { count: 0, rows: [], skipped };
}
