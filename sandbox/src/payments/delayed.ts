/** Debits whose bank answers later: processing first, then paid or refused. */

import { progressSession } from '../checkout/progress.ts';
import type { Charge, PaymentIntent, PaymentMethod } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';
import { buildCharge } from './charge.ts';
import { secretOf } from './payment-method.ts';
import { testIbans } from './sepa.ts';
import { advance, fail, intentSecret, succeed } from './settle.ts';

export function startDebit(turn: Turn, intent: PaymentIntent, method: PaymentMethod): void {
  const { store, clock, settings } = turn.world;
  const charge = buildCharge(turn, intent, {
    method,
    secret: secretOf(turn, method),
    behaviour: {},
    status: 'pending',
    isCaptured: true,
    decline: null,
    isAuthenticated: false,
  });
  advance(intent, 'charge_pending');
  intent.latest_charge = charge.id;
  const hidden = intentSecret(turn, intent);
  const slowerBy = testIbans[secretOf(turn, method).number]?.slowerBy ?? 0;
  hidden.settlesAt = clock.now() + settings.delayed_method_ms + slowerBy;
  store.payment_intent_secrets.put(hidden);
  save(turn, store.charges, charge, 'created');
  save(turn, store.payment_intents, intent, 'updated');
  emit(turn, 'payment_intent.processing', intent);
  emit(turn, 'charge.pending', charge);
  progressSession(turn, intent);
  settleLater(turn.world, intent, hidden.settlesAt);
}

/** Takes up the debits that a restart interrupted. */
export function resumeDebits(world: World): void {
  for (const hidden of world.store.payment_intent_secrets.oldestFirst()) {
    const intent = world.store.payment_intents.get(hidden.id);
    if (intent?.status === 'processing') settleLater(world, intent, hidden.settlesAt ?? 0);
  }
}

function settleLater(world: World, intent: PaymentIntent, moment: number): void {
  world.clock.at(moment, () => runTurn(world, 'bank', (turn) => settle(turn, intent)));
}

function settle(turn: Turn, intent: PaymentIntent): void {
  if (intent.status !== 'processing') return;
  const charge = turn.world.store.charges.get(intent.latest_charge!)!;
  const method = turn.world.store.payment_methods.get(charge.payment_method!)!;
  if (testIbans[secretOf(turn, method).number]?.succeeds) {
    succeed(turn, intent, paidCharge(charge), true);
  } else {
    fail(turn, intent, failedCharge(charge), 'debit_failed');
  }
}

function paidCharge(charge: Charge): Charge {
  charge.status = 'succeeded';
  charge.paid = true;
  charge.amount_captured = charge.amount;
  return charge;
}

function failedCharge(charge: Charge): Charge {
  charge.status = 'failed';
  charge.captured = false;
  charge.failure_code = 'payment_intent_payment_attempt_failed';
  charge.failure_message = 'The payment failed.';
  return charge;
}
