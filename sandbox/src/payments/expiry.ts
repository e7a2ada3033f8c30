/** Authorizations that nobody captures go back to the card after `capture_before`, and their payment is canceled. */
import type { Charge } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';
import { cancelIntent } from './intent.ts';

export function expireLater(world: World, charge: Charge): void {
  const before = captureBefore(charge);
  if (before === null) return;
  world.clock.at(before * 1000, () => runTurn(world, 'timer', (turn) => expire(turn, charge)));
}

/** Takes up the authorizations that a restart interrupted. */
export function resumeExpiries(world: World): void {
  for (const charge of world.store.charges.oldestFirst()) {
    if (isHeld(charge)) expireLater(world, charge);
  }
}

export function isHeld(charge: Charge): boolean {
  return charge.status === 'succeeded' && !charge.captured && !charge.refunded;
}

/** The order of the two events is not verified. */
function expire(turn: Turn, charge: Charge): void {
  if (!isHeld(charge)) return;
  charge.amount_refunded = charge.amount;
  charge.refunded = true;
  save(turn, turn.world.store.charges, charge, 'updated');
  emit(turn, 'charge.expired', charge);
  const intent = turn.world.store.payment_intents.get(charge.payment_intent ?? '');
  if (intent?.status === 'requires_capture') cancelIntent(turn, intent, 'automatic');
}

/** Epoch seconds until when the charge can be captured; null when it needs no capture. */
function captureBefore(charge: Charge): number | null {
  return charge.payment_method_details?.card?.capture_before ?? null;
}
