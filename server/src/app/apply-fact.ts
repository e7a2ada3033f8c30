import type { Last } from '../db/database.ts';
import type { Tx } from '../db/schema.ts';
import type { Fact } from '../domain/payment.ts';
import type { Applied } from './applied.ts';
import { applyDisputeFact } from './apply-dispute-fact.ts';
import { applyPaymentFact } from './apply-payment-fact.ts';
import { applyRefundFact } from './apply-refund-fact.ts';
import type { App } from './ports.ts';
import type { FactSource } from './write-settlement.ts';

/** Writes down what a provider told us, whatever it is about, in the caller's transaction. */
export async function applyFact(
  app: App,
  tx: Tx,
  last: Last,
  fact: Fact,
  source: FactSource,
): Promise<Applied> {
  switch (fact.kind) {
    case 'refund':
      return await applyRefundFact(app, tx, fact, source);
    case 'dispute':
      return await applyDisputeFact(app, tx, fact, source);
    default:
      return await applyPaymentFact(app, tx, last, fact, source);
  }
}
