/** A Checkout Session follows its intent: paid, saved, waiting for a bank, or still open after a refusal. */
import { countRedemption } from '../catalogue/redemption.ts';
import type { CheckoutSession, PaymentIntent, SetupIntent } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { save, type Turn } from '../world.ts';
import { countCompletion } from './link-restriction.ts';

export function progressSession(turn: Turn, intent: PaymentIntent): void {
  const sessionId = turn.world.store.payment_intent_secrets.get(intent.id)?.session;
  if (!sessionId) return;
  const session = turn.world.store.sessions.get(sessionId)!;
  if (session.status === 'open') progressOpen(turn, session, intent);
  else if (session.payment_status === 'unpaid') progressWaiting(turn, session, intent);
}

/** The setup intent has succeeded. */
export function completeSetup(turn: Turn, intent: SetupIntent): void {
  const { sessions, setup_intent_secrets: secrets } = turn.world.store;
  const session = sessions.get(secrets.get(intent.id)?.session ?? '');
  if (session?.status === 'open') completeSession(turn, session, 'no_payment_required');
}

function progressOpen(turn: Turn, session: CheckoutSession, intent: PaymentIntent): void {
  const isPaid = intent.status === 'succeeded';
  // A refused card leaves the page open, so that the customer can try another.
  if (!isPaid && intent.status !== 'processing' && intent.status !== 'requires_capture') return;
  completeSession(turn, session, isPaid ? 'paid' : 'unpaid');
}

export function completeSession(
  turn: Turn,
  session: CheckoutSession,
  payment: 'paid' | 'unpaid' | 'no_payment_required',
): void {
  const { session_secrets: secrets, sessions } = turn.world.store;
  session.status = 'complete';
  session.payment_status = payment;
  session.url = null;
  const applied = secrets.get(session.id)?.discount;
  if (applied) countRedemption(turn, applied.discount);
  save(turn, sessions, session, 'updated');
  countCompletion(turn, session);
  emit(turn, 'checkout.session.completed', session);
}

/** The bank's answer to a delayed payment method of a complete session. */
function progressWaiting(turn: Turn, session: CheckoutSession, intent: PaymentIntent): void {
  if (intent.status === 'succeeded') {
    session.payment_status = 'paid';
    save(turn, turn.world.store.sessions, session, 'updated');
    emit(turn, 'checkout.session.async_payment_succeeded', session);
  } else if (intent.status === 'requires_payment_method') {
    emit(turn, 'checkout.session.async_payment_failed', session);
  }
}
