/** What the customer changes on the page before paying: a discount code, the way of shipping, and quantities. */

import { leastAmount } from '../money.ts';
import type { CheckoutSession } from '../objects.ts';
import { invalidRequest } from '../wire/errors.ts';
import { save, type Turn } from '../world.ts';
import { readTypedCode, setDiscount } from './discounts.ts';
import { changeQuantity, type QuantityChange } from './quantity.ts';
import { chooseShipping } from './shipping.ts';
import { reprice } from './totals.ts';
import { checkChangeable } from './update.ts';

export interface PageChanges {
  /** The code as the customer typed it; null takes the discount away. */
  promotion_code?: string | null;
  /** One of the session's shipping options. */
  shipping_rate?: string;
  updated_line_item_quantity?: QuantityChange;
}

/** @throws ApiError 400 for a code, a shipping rate or a quantity that the session does not take */
export function changePage(turn: Turn, session: CheckoutSession, changes: PageChanges): void {
  checkChangeable(turn, session);
  if (changes.shipping_rate !== undefined) chooseShipping(session, changes.shipping_rate);
  if (changes.promotion_code !== undefined) changeCode(turn, session, changes.promotion_code);
  const { updated_line_item_quantity: quantity } = changes;
  if (quantity !== undefined) changeQuantity(turn, session, quantity);
  if (session.mode !== 'setup') reprice(turn, session);
  save(turn, turn.world.store.sessions, session, 'updated');
}

function changeCode(turn: Turn, session: CheckoutSession, typed: string | null): void {
  if (session.allow_promotion_codes !== true) {
    throw invalidRequest('This Checkout Session does not take promotion codes.');
  }
  const before = turn.world.store.session_secrets.get(session.id)!.discount ?? null;
  const purchase = {
    customer: session.customer,
    currency: session.currency!,
    subtotal: session.amount_subtotal!,
  };
  setDiscount(turn, session, typed === null ? null : readTypedCode(turn, typed, purchase));
  reprice(turn, session);
  const total = session.amount_total!;
  if (total === 0 || total >= leastAmount(purchase.currency)) return;
  setDiscount(turn, session, before);
  reprice(turn, session);
  throw invalidRequest(
    'This code cannot be used: the total would be less than the least amount that can be paid.',
    'amount_too_small',
    'promotion_code',
  );
}
