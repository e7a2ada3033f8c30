import { type InboxRow, insertEventOfCharge } from '../db/inbox.ts';
import { addChargeDetails, type ChargeDetails } from '../db/payments.ts';
import type { Fact } from '../domain/payment.ts';
import type { App } from './ports.ts';

/**
 * W1 for what most events of a charge tell: its ids and its card, of an attempt that we know. That moves nothing, so it
 * needs neither the order's lock nor a look before the writes: one round trip, while an event that moves money takes two.
 *
 * @returns whether the event was kept; if not, nothing is known about it and it has to go the usual way
 */
export async function recordCharge(app: App, fact: Fact, event: InboxRow): Promise<boolean> {
  const details = detailsOf(app, fact);
  if (details === null) return false;
  const { isKept } = await app.database.transaction(async (tx, last) => {
    // Kept only where the attempt has this charge by then, which the statement before it has seen to.
    const writes = [addChargeDetails(tx, details), insertEventOfCharge(tx, event, details)] as const;
    last(Promise.all(writes));
    return { isKept: writes[1] };
  });
  return await isKept;
}

function detailsOf(app: App, fact: Fact): ChargeDetails | null {
  if (fact.kind !== 'details') return null;
  const { orderId, paymentId, intentRef, chargeRef, balanceRef, card } = fact;
  if (!fact.final || fact.instanceId !== app.instanceId) return null;
  if (orderId === null || paymentId === null || intentRef === null || chargeRef === null) return null;
  return {
    id: paymentId,
    orderId,
    intentRef,
    chargeRef,
    balanceRef,
    brand: card?.brand ?? null,
    last4: card?.last4 ?? null,
  };
}
