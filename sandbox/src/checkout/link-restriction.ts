/** How often a payment link can be paid (`PaymentLink.Restrictions`). */
import type { CheckoutSession, PaymentLink } from '../objects.ts';
import { save, type Turn } from '../world.ts';

/** Whether the link still opens sessions. */
export function takesSessions({ active, restrictions }: PaymentLink): boolean {
  if (!active) return false;
  if (restrictions === null) return true;
  const { count, limit } = restrictions.completed_sessions;
  return count < limit;
}

/**
 * Counts a session that has just completed. That the link stays `active` at its limit, that no event tells of the count
 * and that sessions opened before can still be paid is not verified.
 */
export function countCompletion(turn: Turn, session: CheckoutSession): void {
  const { payment_links: links } = turn.world.store;
  const link = links.get(session.payment_link ?? '');
  if (link === undefined || link.restrictions === null) return;
  link.restrictions.completed_sessions.count += 1;
  save(turn, links, link, 'updated');
}
