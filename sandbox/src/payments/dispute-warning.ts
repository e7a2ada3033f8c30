/** Early fraud warnings (docs.stripe.com/disputes/how-disputes-work): the bank's suspicion before a dispute. */
import type { Charge } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { save, type Turn } from '../world.ts';

/** Which kind of fraud the test card tells is recorded from an event of a test account. */
const FRAUD_TYPE = 'made_with_stolen_card';

export function warn(turn: Turn, charge: Charge): void {
  const warning = {
    id: turn.world.ids.object('issfr'),
    object: 'radar.early_fraud_warning' as const,
    actionable: !charge.refunded && !charge.disputed,
    charge: charge.id,
    created: turn.now,
    fraud_type: FRAUD_TYPE,
    livemode: false,
    ...(charge.payment_intent !== null && { payment_intent: charge.payment_intent }),
  };
  save(turn, turn.world.store.early_fraud_warnings, warning, 'created');
  emit(turn, 'radar.early_fraud_warning.created', warning);
}

/** Nothing is left to do about the warnings of a charge that is fully refunded or disputed. */
export function resolveWarnings(turn: Turn, charge: Charge): void {
  const { early_fraud_warnings: warnings } = turn.world.store;
  for (const warning of warnings.withIndex(charge.id)) {
    if (!warning.actionable) continue;
    warning.actionable = false;
    save(turn, warnings, warning, 'updated');
    emit(turn, 'radar.early_fraud_warning.updated', warning, { actionable: true });
  }
}
