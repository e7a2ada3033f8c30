/** Disputes (docs.stripe.com/disputes) that the test cards bring about, some time after the charge was captured. */
import type { DisputeKind } from '../cards.ts';
import type { Charge, Dispute } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { invalidRequest } from '../wire/errors.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';
import { buildDispute } from './dispute-build.ts';
import { withdrawFunds } from './dispute-funds.ts';
import { expireDisputeLater } from './dispute-outcome.ts';
import { resolveWarnings, warn } from './dispute-warning.ts';
import { cardOfCharge } from './funds.ts';

/** Plans what the card's bank will do about the captured charge, if it is a card for that. */
export function disputeLater(world: World, charge: Charge): void {
  if (!bringsTrouble(world, charge)) return;
  const due = Math.max(charge.created * 1000, world.clock.now()) + world.settings.dispute_delay_ms;
  world.clock.at(due, () => runTurn(world, 'bank', (turn) => trouble(turn, charge)));
}

/** Takes up the disputes that a restart kept from being opened. */
export function resumeDisputes(world: World): void {
  for (const charge of world.store.charges.oldestFirst()) {
    if (charge.status === 'succeeded' && charge.captured) disputeLater(world, charge);
  }
}

/**
 * Lets the bank dispute what is left of a charge, whatever card it was.
 * @throws ApiError 400 for a charge that no bank could dispute, or that is disputed already
 */
export function disputeByBank(turn: Turn, charge: Charge, kind: DisputeKind): void {
  const left = charge.amount - charge.amount_refunded;
  const isDisputable = charge.status === 'succeeded' && charge.captured && left > 0;
  if (!isDisputable || charge.payment_method_details?.type !== 'card') {
    throw invalidRequest(`Nothing of ${charge.id} can be disputed.`);
  }
  if (charge.disputed) throw invalidRequest(`${charge.id} is disputed already.`);
  openDispute(turn, charge, kind, left);
}

function bringsTrouble(world: World, charge: Charge): boolean {
  const { store } = world;
  const card = cardOfCharge(store, charge);
  if (card?.disputes === undefined && !card?.isWarnedOf) return false;
  const known =
    store.disputes.withIndex(charge.id).length + store.early_fraud_warnings.withIndex(charge.id).length;
  return known === 0;
}

function trouble(turn: Turn, charge: Charge): void {
  if (!bringsTrouble(turn.world, charge)) return;
  const { disputes = [], isWarnedOf = false } = cardOfCharge(turn.world.store, charge)!;
  if (isWarnedOf) warn(turn, charge);
  // What was refunded before cannot be disputed here; several disputes share the rest (Stripe's shares are not verified).
  let left = charge.amount - charge.amount_refunded;
  for (const [index, kind] of disputes.entries()) {
    const amount = Math.ceil(left / (disputes.length - index));
    if (amount > 0) openDispute(turn, charge, kind, amount);
    left -= amount;
  }
}

function openDispute(turn: Turn, charge: Charge, kind: DisputeKind, amount: number): void {
  const { charges, disputes } = turn.world.store;
  const dispute: Dispute = buildDispute(turn, charge, kind, amount);
  const isInquiry = kind === 'inquiry';
  if (!isInquiry) withdrawFunds(turn, dispute);
  const wasDisputed = charge.disputed;
  charge.disputed = true;
  save(turn, disputes, dispute, 'created');
  save(turn, charges, charge, 'updated');
  emit(turn, 'charge.dispute.created', dispute);
  if (!isInquiry) emit(turn, 'charge.dispute.funds_withdrawn', dispute);
  if (!wasDisputed) emit(turn, 'charge.updated', charge, { disputed: false });
  resolveWarnings(turn, charge);
  expireDisputeLater(turn.world, dispute);
}
