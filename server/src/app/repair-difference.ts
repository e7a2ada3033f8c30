import type { Fact } from '../domain/payment.ts';
import { applyLooked } from './apply-looked.ts';
import { raiseAlarm } from './believe-provider.ts';
import type { Difference, Repair } from './comparison.ts';
import { ProviderError } from './errors.ts';
import { type Looked, lookAtDispute, lookAtRefunds } from './look-again.ts';
import type { App, PaymentProvider } from './ports.ts';

/**
 * Writes down the provider's present truth about what differs, through the door that its event would have come through.
 *
 * @returns what came of it; null when nothing could be done, so that a person has to
 * @throws ProviderError when the provider could not be asked
 */
export async function repairDifference(
  app: App,
  provider: PaymentProvider,
  difference: Difference,
): Promise<string | null> {
  if (difference.repair === null) return null;
  const looked = await look(app, provider, difference.repair);
  if (looked === null || looked.facts.length === 0) return null;
  const source = { eventId: null, actor: 'reconciler' as const };
  const applied = await applyLooked(app, looked, source, async (tx, result) => {
    const [fact] = looked.facts as [Fact];
    if (fact.kind !== 'refund' && fact.kind !== 'dispute') await raiseAlarm(app, tx, provider, fact, result);
  });
  if (applied?.state !== 'applied') return null;
  app.log.warn({ orderId: applied.orderId, outcome: applied.outcome }, 'a difference was repaired');
  return applied.outcome;
}

async function look(app: App, provider: PaymentProvider, repair: Repair): Promise<Looked | null> {
  try {
    switch (repair.of) {
      case 'payment': {
        // A success cannot become untrue while we write it down.
        const fact = await provider.look({ sessionRef: null, intentRef: repair.intentRef });
        return { facts: [fact], hasMoved: async () => false };
      }
      case 'refund':
        return await lookAtRefunds(app, provider, { ...repair, intentRef: null, chargeRef: null });
      case 'dispute':
        return await lookAtDispute(app, provider, repair);
    }
  } catch (error) {
    if (error instanceof ProviderError && error.failure === 'refused') return null;
    throw error;
  }
}
