import { startPostgres } from '../postgres.ts';

/**
 * Gives tests that are run by hand, without `npm test`, the PostgreSQL it would have started for them.
 * Vitest calls this before the first test file and calls what it answers after the last.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_POSTGRES_URL) return undefined;
  const postgres = await startPostgres();
  process.env.TEST_POSTGRES_URL = postgres.url;
  return () => postgres.stop();
}
