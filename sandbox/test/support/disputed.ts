/** For tests of disputes: charges of cards that bring them about, and the disputes themselves. */
import type Stripe from 'stripe';
import { DISPUTE_DELAY, payBooked, type World } from './paid-world.ts';

/** The id of a charge of 4,200 US cents with the card of this name. */
export async function payWith(
  sandbox: World,
  card: string,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<string> {
  return (await payBooked(sandbox, { amount: 4_200, payment_method: `pm_card_${card}`, ...more })).id;
}

/** The dispute of such a charge. */
export async function disputed(sandbox: World, card = 'createDispute'): Promise<Stripe.Dispute> {
  const charge = await payWith(sandbox, card);
  sandbox.clock.advance(DISPUTE_DELAY);
  const { data } = await sandbox.stripe.disputes.list({ charge });
  return data[0]!;
}
