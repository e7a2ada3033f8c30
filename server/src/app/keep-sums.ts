import { insertCheckpoint, nextCheckpoint } from '../db/balances.ts';
import type { BooksApp } from './book-transactions.ts';

/** No transaction lasts longer, and no two clocks of a shop differ by more: what is older is all there, in milliseconds. */
const settling = 10 * 60_000;
/** Checkpoints that one call may make. After an upgrade there can be a thousand to make; they are no hurry. */
const atOnce = 50;

/** Sums up what was written to the ledger, so that its balances are known at once. Returns how many checkpoints were made. */
export async function keepSums(app: BooksApp): Promise<number> {
  const { read } = app.database;
  const until = app.clock.now() - settling;
  for (let made = 0; made < atOnce; made += 1) {
    const rows = await nextCheckpoint(read, until);
    if (rows === null) return made;
    await app.database.transaction((tx) => insertCheckpoint(tx, rows));
  }
  return atOnce;
}
