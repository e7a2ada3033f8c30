import { bookTransactions } from '../app/book-transactions.ts';
import { ProviderError } from '../app/errors.ts';
import { keepSums } from '../app/keep-sums.ts';
import type { App } from '../app/ports.ts';
import { takeTurn } from '../db/settings.ts';

/** Fees and payouts concern no customer: once a minute is soon enough, in milliseconds. */
const interval = 60_000;

/** Sums the ledger up, and books what moved on the providers' balances, in whichever process has the turn. A round leaves nothing that is due. */
export async function runBooks(app: App): Promise<number> {
  if (!(await takeTurn(app.database, 'books', { now: app.clock.now(), interval }))) return 0;
  await keepSums(app);
  try {
    await bookTransactions(app);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    app.log.warn({ err: error }, 'the books have to wait for the provider');
  }
  return 0;
}
