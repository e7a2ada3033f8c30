import { compareBooks } from '../app/compare-books.ts';
import { comparedKinds } from '../app/comparison.ts';
import { AppError, ProviderError } from '../app/errors.ts';
import type { App } from '../app/ports.ts';
import { differencesOf, reconcile } from '../app/reconcile.ts';
import { findOpenBreaks } from '../db/comparison.ts';
import { setTurn, takeTurn } from '../db/settings.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** How far back each comparison looks, so that it would take three failed days to miss something. */
const window = 3 * day;
/** Stripe keeps its events for thirty days; what is older can only be compared by hand. */
const longest = 30 * day;
/** When a comparison that could not be finished is tried again. */
const pause = hour;

/** Compares our books with the providers' once a day, and fixes what needs no person. */
export async function runReconcile(app: App): Promise<number> {
  const startedAt = app.clock.now();
  const turn = { now: startedAt, interval: day, retry: pause };
  if (!(await takeTurn(app.database, 'reconcile', turn))) return 0;
  try {
    const report = await reconcile(app, { since: await beginning(app, startedAt), repair: true });
    const left = differencesOf(report).length;
    const repaired = report.providers.reduce((sum, each) => sum + each.repaired.length, 0);
    app.log.info({ differences: left, repaired }, 'books compared with the providers');
    await app.database.transaction((tx) => setTurn(tx, 'reconcile', startedAt + day));
    await compareBooks(app, 'shop');
  } catch (error) {
    if (!isAway(error)) throw error;
    app.log.warn({ err: error }, 'the books cannot be compared now');
  }
  return 0;
}

/** Far enough back for what differed before to be seen again, so that its break closes once it is settled. */
async function beginning(app: App, now: number): Promise<number> {
  const [oldest] = await findOpenBreaks(app.database.read, comparedKinds);
  return Math.max(now - longest, Math.min(now, oldest?.opened_at ?? now) - window);
}

function isAway(error: unknown): boolean {
  return (
    error instanceof ProviderError ||
    (error instanceof AppError && error.code === 'payment_provider_unavailable')
  );
}
