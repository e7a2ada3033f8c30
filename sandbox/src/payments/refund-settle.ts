/** What the network tells of a refund later: that it arrived and under which number, or that it failed. */
import type { Refund, RefundSecret } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';
import { moveMoney } from './balance.ts';
import { described, fundsAvailableOn } from './funds.ts';

const REFERENCE_DIGITS = 16;

export function settleRefundLater(world: World, refund: Refund, outcome: RefundSecret['outcome']): void {
  const hidden = { id: refund.id, outcome, settlesAt: world.clock.now() + world.settings.refund_delay_ms };
  world.store.refund_secrets.put(hidden);
  plan(world, hidden);
}

/** Takes up the refunds that a restart interrupted. */
export function resumeRefunds(world: World): void {
  for (const hidden of world.store.refund_secrets.oldestFirst()) plan(world, hidden);
}

/** The money comes back to the account and counts as not refunded; the order of events is not verified. */
export function failRefund(turn: Turn, refund: Refund, reason: string): void {
  const { store, ids } = turn.world;
  const charge = store.charges.get(refund.charge!)!;
  const previous = { failure_balance_transaction: null, failure_reason: null, status: refund.status };
  refund.failure_balance_transaction = moveMoney(turn, ids.sibling('txn', refund.id), {
    amount: refund.amount,
    currency: refund.currency,
    fee: 0,
    type: 'refund_failure',
    reportingCategory: 'refund_failure',
    source: refund.id,
    // The sentence is not verified.
    description: described('REFUND FAILURE', charge),
    availableOn: fundsAvailableOn(turn, charge),
  }).id;
  refund.failure_reason = reason;
  refund.status = 'failed';
  delete refund.pending_reason;
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  save(turn, store.refunds, refund, 'updated');
  save(turn, store.charges, charge, 'updated');
  emit(turn, 'refund.failed', refund);
  tellUpdated(turn, refund, previous);
}

/** Both events carry the same; Stripe has the second one for older integrations. */
export function tellUpdated(turn: Turn, refund: Refund, previous: Record<string, unknown>): void {
  emit(turn, 'refund.updated', refund, previous);
  emit(turn, 'charge.refund.updated', refund, previous);
}

function plan(world: World, hidden: RefundSecret): void {
  if (hidden.settlesAt === null) return;
  world.clock.at(hidden.settlesAt, () => {
    runTurn(world, 'bank', (turn) => settle(turn, hidden));
  });
}

function settle(turn: Turn, hidden: RefundSecret): void {
  const { store } = turn.world;
  const refund = store.refunds.get(hidden.id)!;
  store.refund_secrets.put({ ...hidden, settlesAt: null });
  if (refund.status === 'failed') return;
  // Which reason Stripe's failing card gives is recorded by Zulip's fixture of `charge.refund.updated`.
  if (hidden.outcome === 'failed') failRefund(turn, refund, 'expired_or_canceled_card');
  else arrive(turn, refund);
}

function arrive(turn: Turn, refund: Refund): void {
  const previous: Record<string, unknown> = {};
  if (refund.status === 'pending') {
    Object.assign(previous, { pending_reason: refund.pending_reason, status: 'pending' });
    delete refund.pending_reason;
    refund.status = 'succeeded';
  }
  if (refund.destination_details?.card !== undefined) {
    previous.destination_details = refund.destination_details;
    refund.destination_details = {
      card: {
        reference: reference(turn),
        reference_status: 'available',
        reference_type: 'acquirer_reference_number',
        type: 'refund',
      },
      type: 'card',
    };
  }
  save(turn, turn.world.store.refunds, refund, 'updated');
  tellUpdated(turn, refund, previous);
}

/** The acquirer's reference number has digits only. */
function reference(turn: Turn): string {
  const characters = turn.world.ids.characters(REFERENCE_DIGITS);
  return Array.from(characters, (character) => character.charCodeAt(0) % 10).join('');
}
