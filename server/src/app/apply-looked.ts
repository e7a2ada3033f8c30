import type { Last } from '../db/database.ts';
import type { Tx } from '../db/schema.ts';
import type { Fact } from '../domain/payment.ts';
import type { Applied } from './applied.ts';
import { applyFact } from './apply-fact.ts';
import type { Looked } from './look-again.ts';
import type { App } from './ports.ts';
import type { FactSource } from './write-settlement.ts';

/**
 * Writes down what the provider said when it was asked, in one transaction with what `alongside` adds to it.
 *
 * @returns what came of it, of several facts about one order what changed something; null when newer news came while the
 * provider was asked, and then nothing was written
 */
export async function applyLooked(
  app: App,
  { facts, hasMoved }: Looked,
  source: FactSource,
  alongside: (tx: Tx, applied: Applied) => Promise<unknown> = async () => {},
): Promise<Applied | null> {
  const applied = await app.database.transaction(async (tx, last) => {
    if (await hasMoved(tx)) return null;
    const result = await applyAll(app, tx, last, facts, source);
    await alongside(tx, result);
    return result;
  });
  if (applied?.state === 'applied') app.live.changed(applied.orderId);
  return applied;
}

async function applyAll(
  app: App,
  tx: Tx,
  last: Last,
  facts: readonly Fact[],
  source: FactSource,
): Promise<Applied> {
  const results: Applied[] = [];
  for (const fact of facts) results.push(await applyFact(app, tx, last, fact, source));
  return results.find(({ state }) => state === 'applied') ?? results[0]!;
}
