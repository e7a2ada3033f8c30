/** How disputes end: by the bank's decision, by giving in, or by letting the time to respond pass. */
import type { Dispute, DisputeOutcome, DisputeSecret } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';
import { escalatedCase } from './dispute-build.ts';
import { awaitsResponse, checkOpen, previousOf } from './dispute-facts.ts';
import { reinstateFunds, withdrawFunds } from './dispute-funds.ts';
import { failRefund } from './refund-settle.ts';

/** The bank decides some seconds after the evidence was submitted (recorded). */
export function decideLater(world: World, dispute: Dispute, outcome: DisputeOutcome): void {
  const decidesAt = world.clock.now() + world.settings.dispute_delay_ms;
  const hidden = { id: dispute.id, outcome, decidesAt };
  world.store.dispute_secrets.put(hidden);
  planDecision(world, hidden);
}

/** Without a response the bank decides alone. That an unanswered inquiry is just closed is not verified. */
export function expireDisputeLater(world: World, dispute: Dispute): void {
  const dueBy = dispute.evidence_details.due_by;
  if (dueBy === null) return;
  world.clock.at((dueBy + 1) * 1000, () => {
    runTurn(world, 'bank', (turn) => {
      const isStillDue = dispute.evidence_details.due_by === dueBy && awaitsResponse(dispute);
      if (isStillDue) decide(turn, dispute, givenIn(dispute));
    });
  });
}

/** Takes up the decisions that a restart interrupted. */
export function resumeDecisions(world: World): void {
  for (const hidden of world.store.dispute_secrets.oldestFirst()) planDecision(world, hidden);
  for (const dispute of world.store.disputes.oldestFirst()) {
    if (awaitsResponse(dispute)) expireDisputeLater(world, dispute);
  }
}

/** Accepts the dispute (`POST /v1/disputes/:id/close`). @throws ApiError 400 when it is closed already */
export function giveIn(turn: Turn, dispute: Dispute): void {
  checkOpen(dispute);
  decide(turn, dispute, givenIn(dispute));
}

/** Nothing was taken for an inquiry, so it is closed and not lost (not verified for the call that closes). */
function givenIn(dispute: Dispute): DisputeOutcome {
  return dispute.status.startsWith('warning_') ? 'warning_closed' : 'lost';
}

function planDecision(world: World, hidden: DisputeSecret): void {
  if (hidden.decidesAt === null) return;
  world.clock.at(hidden.decidesAt, () => {
    runTurn(world, 'bank', (turn) => {
      const { disputes, dispute_secrets } = world.store;
      const dispute = disputes.get(hidden.id)!;
      dispute_secrets.put({ ...hidden, decidesAt: null });
      if (dispute.status.endsWith('under_review')) decide(turn, dispute, hidden.outcome);
    });
  });
}

function decide(turn: Turn, dispute: Dispute, outcome: DisputeOutcome): void {
  if (outcome === 'escalated') {
    escalate(turn, dispute);
    return;
  }
  dispute.status = outcome;
  if (outcome === 'won') {
    dispute.is_charge_refundable = true;
    reinstateFunds(turn, dispute);
  }
  save(turn, turn.world.store.disputes, dispute, 'updated');
  // In this order they came to a test account.
  if (outcome === 'won') emit(turn, 'charge.dispute.funds_reinstated', dispute);
  emit(turn, 'charge.dispute.closed', dispute);
}

/**
 * The bank turns its inquiry into a chargeback. Refunds made meanwhile fail, so that the customer is not paid twice
 * (recorded from test accounts; one that was minutes old did not fail there).
 */
function escalate(turn: Turn, dispute: Dispute): void {
  const { disputes, refunds } = turn.world.store;
  const before = structuredClone(dispute);
  Object.assign(dispute, escalatedCase(turn, dispute));
  withdrawFunds(turn, dispute);
  save(turn, disputes, dispute, 'updated');
  emit(turn, 'charge.dispute.updated', dispute, previousOf(before, dispute));
  emit(turn, 'charge.dispute.funds_withdrawn', dispute);
  for (const refund of refunds.withIndex(dispute.charge)) {
    const isMeanwhile = refund.created >= dispute.created && refund.status !== 'failed';
    if (isMeanwhile) failRefund(turn, refund, 'charge_for_pending_refund_disputed');
  }
  expireDisputeLater(turn.world, dispute);
}
