/** Quantities that the customer may change (docs.stripe.com/payments/checkout/adjustable-quantity). */
import { suits } from '../catalogue/redemption.ts';
import type { CheckoutSession, LineItem, SessionSecret } from '../objects.ts';
import { invalidRequest, missingResource } from '../wire/errors.ts';
import type { Values } from '../wire/schema.ts';
import { boolean, hash, integer, required, text } from '../wire/schema.ts';
import type { Turn } from '../world.ts';
import { setDiscount } from './discounts.ts';
import { checkTotal } from './limits.ts';
import { computeTotals, linesOf } from './totals.ts';

const MOST = 999_999;
const USUAL_MAXIMUM = 99;

type Adjustable = LineItem['adjustable_quantity'];

/** Source: `SessionCreateParams.LineItem.AdjustableQuantity`. */
export const adjustableQuantityParameter = hash({
  enabled: required(boolean()),
  maximum: integer(1, MOST),
  minimum: integer(0, MOST),
});

/** `updated_line_item_quantity` of the page's call, as stripe-android and stripe-ios send it. */
const quantityChange = {
  fail_update_on_discount_error: boolean(),
  line_item_id: required(text()),
  quantity: required(integer(0)),
};
export const quantityChangeParameter = hash(quantityChange);
export type QuantityChange = Values<typeof quantityChange>;

/**
 * The rules of an item, whole. That Stripe shows the usual limits where none were given is not verified; that switching
 * it off forgets them is the comment of `SessionUpdateParams.LineItem.AdjustableQuantity`.
 * @param name of the line item, for errors
 * @throws ApiError 400 when the limits exclude each other or the quantity; the sentences are not verified
 */
export function readAdjustable(
  given: { enabled: boolean; maximum?: number; minimum?: number },
  quantity: number,
  name: string,
): Adjustable {
  if (!given.enabled) return { enabled: false, maximum: null, minimum: null };
  const { maximum = USUAL_MAXIMUM, minimum = 0 } = given;
  const param = `${name}[adjustable_quantity]`;
  if (minimum > maximum) {
    throw invalidRequest(
      `\`adjustable_quantity.minimum\` (${minimum}) must not be greater than its maximum (${maximum}).`,
      undefined,
      `${param}[minimum]`,
    );
  }
  const adjustable = { enabled: true, maximum, minimum };
  checkWithin(adjustable, quantity, `${name}[quantity]`);
  return adjustable;
}

/** @throws ApiError 400 for fewer or more than the item's rules allow */
export function checkWithin(adjustable: Adjustable, quantity: number, param: string): void {
  if (!adjustable?.enabled) return;
  const minimum = adjustable.minimum ?? 0;
  const maximum = adjustable.maximum ?? USUAL_MAXIMUM;
  if (quantity >= minimum && quantity <= maximum) return;
  throw invalidRequest(`The quantity must be between ${minimum} and ${maximum}.`, undefined, param);
}

/**
 * Takes the customer's quantity; zero removes the item. The session's amounts must be computed anew afterwards.
 * @throws ApiError 400 for an item whose quantity is fixed, a quantity outside its limits, the removal of the last
 *   item, or a total that cannot be paid; nothing has changed then
 */
export function changeQuantity(turn: Turn, session: CheckoutSession, change: QuantityChange): void {
  const { line_item_id: id, quantity } = change;
  const param = 'updated_line_item_quantity';
  const secret = turn.world.store.session_secrets.get(session.id)!;
  const item = secret.items.find((one) => one.id === id);
  if (item === undefined) throw missingResource('line item', id, `${param}[line_item_id]`);
  if (!item.adjustable_quantity?.enabled) {
    const message = 'The quantity of this item cannot be changed.';
    throw invalidRequest(message, undefined, `${param}[line_item_id]`);
  }
  checkWithin(item.adjustable_quantity, quantity, `${param}[quantity]`);
  if (quantity === 0 && secret.items.length === 1) {
    const message = 'The only item of an order cannot be removed.';
    throw invalidRequest(message, undefined, `${param}[quantity]`);
  }
  const items = secret.items.map((one) => (one === item ? { ...one, quantity } : one));
  const kept = items.filter((one) => one.quantity !== 0 || one.id !== id);
  const keepsDiscount = checkOrder(turn, session, secret, kept, change);
  secret.items = kept;
  if (keepsDiscount) turn.world.store.session_secrets.put(secret);
  else setDiscount(turn, session, null);
}

/**
 * Whether the discount still suits the order. One that does not is an error where the caller asks for one, and is taken
 * away otherwise (not verified).
 */
function checkOrder(
  turn: Turn,
  session: CheckoutSession,
  secret: SessionSecret,
  items: LineItem[],
  { fail_update_on_discount_error: failsOnDiscount }: QuantityChange,
): boolean {
  const currency = session.currency!;
  const lines = linesOf(turn, items);
  const shipping = session.shipping_cost?.amount_total ?? null;
  const discount = secret.discount ?? null;
  const code = turn.world.store.promotion_codes.get(discount?.discount.promotion_code?.toString() ?? '');
  const { subtotal } = computeTotals(lines, null, null);
  const isSuited =
    code === undefined || suits(turn, code, { customer: session.customer, currency, subtotal });
  if (!isSuited && failsOnDiscount) {
    throw invalidRequest(
      `With this quantity the code ${code.code} can no longer be used.`,
      undefined,
      'updated_line_item_quantity[quantity]',
    );
  }
  checkTotal(computeTotals(lines, isSuited ? discount : null, shipping).total, currency);
  return isSuited;
}
