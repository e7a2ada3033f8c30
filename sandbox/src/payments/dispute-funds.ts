/** The money of a dispute: taken with a fee when the bank disputes, given back when the dispute is won. */
import type { Dispute } from '../objects.ts';
import type { Turn } from '../world.ts';
import { moveMoney } from './balance.ts';
import { fundsAvailableOn } from './funds.ts';

/** Minor units, in every currency: recorded for dollars and pounds. Other accounts pay other fees. */
const DISPUTE_FEE = 1_500;
/**
 * Stripe's testing page says that winning credits "the amount of the charge and related fees". One recording of 2026
 * shows a reversal without the fee; accounts differ, which is why this is one constant.
 */
const RETURNED_FEE = DISPUTE_FEE;

/** Takes the disputed amount and the fee from the account. */
export function withdrawFunds(turn: Turn, dispute: Dispute): void {
  move(turn, dispute, {
    amount: -dispute.amount,
    fee: DISPUTE_FEE,
    reportingCategory: 'dispute',
    description: `Chargeback withdrawal for ${dispute.charge}`,
  });
}

/** Gives both back. */
export function reinstateFunds(turn: Turn, dispute: Dispute): void {
  move(turn, dispute, {
    amount: dispute.amount,
    fee: -RETURNED_FEE,
    reportingCategory: 'dispute_reversal',
    description: `Chargeback reversal for ${dispute.charge}`,
  });
}

interface Part {
  amount: number;
  fee: number;
  reportingCategory: string;
  description: string;
}

function move(turn: Turn, dispute: Dispute, part: Part): void {
  const { ids, store } = turn.world;
  const transaction = moveMoney(turn, ids.object('txn'), {
    ...part,
    currency: dispute.currency,
    feeDescription: 'Dispute fee',
    type: 'adjustment',
    source: dispute.id,
    availableOn: fundsAvailableOn(turn, store.charges.get(dispute.charge)!),
  });
  dispute.balance_transactions = [...dispute.balance_transactions, transaction];
}
