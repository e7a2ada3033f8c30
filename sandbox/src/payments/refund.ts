/** Refunds (docs.stripe.com/refunds): money goes back to the card, in events of the order that Stripe's logs show. */
import type { Charge, Refund } from '../objects.ts';
import { emit } from '../webhooks/events.ts';
import { save, type Turn } from '../world.ts';
import { moveMoney } from './balance.ts';
import { resolveWarnings } from './dispute-warning.ts';
import { cardOfCharge, described, fundsAvailableOn } from './funds.ts';
import { settleRefundLater } from './refund-settle.ts';

export interface RefundOrder {
  /** Minor units, at most what is left of the charge. */
  amount: number;
  reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null;
  metadata: Record<string, string>;
  instructionsEmail?: string;
}

/** Refunds a captured charge. The caller has checked that it may be refunded, and with this amount. */
export function refundCharge(turn: Turn, charge: Charge, order: RefundOrder): Refund {
  const isInstant = charge.payment_method_details?.type === 'card';
  const behaviour = cardOfCharge(turn.world.store, charge)?.refund;
  // SEPA sends a refund as a credit transfer, which takes days (that it is pending meanwhile is not verified).
  const isPending = behaviour === 'pending' || !isInstant;
  const refund = buildRefund(turn, charge, order);
  if (isPending) Object.assign(refund, { status: 'pending', pending_reason: 'processing' });
  if (isInstant) refund.destination_details = { card: { ...(isPending ? WAITING : SENT) }, type: 'card' };
  // Booked at once also while it is pending (not verified). Stripe does not return its fee.
  refund.balance_transaction = moveMoney(turn, turn.world.ids.sibling('txn', refund.id), {
    amount: -order.amount,
    currency: charge.currency,
    fee: 0,
    type: 'refund',
    reportingCategory: 'refund',
    source: refund.id,
    description: described('REFUND FOR CHARGE', charge),
    availableOn: fundsAvailableOn(turn, charge),
  }).id;
  if (order.reason === 'fraudulent') charge.fraud_details = { user_report: 'fraudulent' };
  takeBack(turn, charge, refund);
  if (behaviour === 'failing') settleRefundLater(turn.world, refund, 'failed');
  else settleRefundLater(turn.world, refund, isPending ? 'succeeded' : 'referenced');
  return refund;
}

/**
 * Gives a whole authorization back to the card: a reversal, for which no money moves on the account. Source: fixtures3
 * has a refund of this kind; that `charge.refunded` tells of it is known from Odoo's and WooCommerce's handlers.
 */
export function reverseCharge(turn: Turn, charge: Charge, order: Partial<RefundOrder> = {}): Refund {
  const refund = buildReversal(turn, charge, { ...order, amount: charge.amount - charge.amount_refunded });
  takeBack(turn, charge, refund);
  return refund;
}

/**
 * Gives back what a partial capture leaves. Stripe shows a refund for it (a payment recorded by WooCommerce has one);
 * that no event but `charge.captured` tells of it is concluded from what shops do, and not verified.
 * @param amount minor units
 */
export function reverseRemainder(turn: Turn, charge: Charge, amount: number): void {
  const refund = buildReversal(turn, charge, { amount });
  charge.amount_refunded += amount;
  save(turn, turn.world.store.refunds, refund, 'created');
}

const WAITING = { type: 'pending' } as const;
const SENT = {
  reference_status: 'pending',
  reference_type: 'acquirer_reference_number',
  type: 'refund',
} as const;

function buildReversal(turn: Turn, charge: Charge, order: Partial<RefundOrder> & { amount: number }): Refund {
  const refund = buildRefund(turn, charge, { reason: null, metadata: {}, ...order });
  refund.destination_details = { card: { type: 'reversal' }, type: 'card' };
  return refund;
}

function buildRefund(turn: Turn, charge: Charge, order: RefundOrder): Refund {
  return {
    id: turn.world.ids.sibling('re', charge.id),
    object: 'refund',
    amount: order.amount,
    balance_transaction: null,
    charge: charge.id,
    created: turn.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    ...(order.instructionsEmail !== undefined && { instructions_email: order.instructionsEmail }),
    metadata: order.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: order.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}

/** `charge.refunded` tells what was there before, although its name does not end in `updated` (recorded). */
function takeBack(turn: Turn, charge: Charge, refund: Refund): void {
  const { charges, refunds } = turn.world.store;
  const previous: Record<string, unknown> = { amount_refunded: charge.amount_refunded };
  charge.amount_refunded += refund.amount;
  if (charge.amount_refunded === charge.amount) {
    previous.refunded = charge.refunded;
    charge.refunded = true;
  }
  save(turn, refunds, refund, 'created');
  save(turn, charges, charge, 'updated');
  emit(turn, 'refund.created', refund);
  emit(turn, 'charge.refunded', charge, previous);
  if (charge.refunded) resolveWarnings(turn, charge);
}
