/** A Checkout Session follows its payment intent: paid, waiting for a bank, or still open after a refusal. */
import type { CheckoutSession, PaymentIntent } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { save, type Turn } from '../world.ts';

export function progressSession(turn: Turn, intent: PaymentIntent): void {
  const sessionId = turn.world.store.payment_intent_secrets.get(intent.id)?.session;
  if (!sessionId) return;
  const session = turn.world.store.sessions.get(sessionId)!;
  if (session.status === 'open') progressOpen(turn, session, intent);
  else if (session.payment_status === 'unpaid') progressWaiting(turn, session, intent);
}

function progressOpen(turn: Turn, session: CheckoutSession, intent: PaymentIntent): void {
  const isPaid = intent.status === 'succeeded';
  // A refused card leaves the page open, so that the customer can try another.
  if (!isPaid && intent.status !== 'processing' && intent.status !== 'requires_capture') return;
  session.status = 'complete';
  session.payment_status = isPaid ? 'paid' : 'unpaid';
  session.url = null;
  save(turn, turn.world.store.sessions, session, 'updated');
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
