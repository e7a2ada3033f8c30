/** The one discount of a session: a coupon or promotion code the shop gives, or a code the customer types. */
import { isRedeemable, type Purchase, suits } from '../catalogue/redemption.ts';
import type { AppliedDiscount, CheckoutSession, Coupon, PromotionCode } from '../objects.ts';
import { invalidRequest, missingParameter, missingResource } from '../wire/errors.ts';
import { arrayOf, hash, text } from '../wire/schema.ts';
import type { Turn } from '../world.ts';

export const discountsParameter = arrayOf(hash({ coupon: text(), promotion_code: text() }));
type DiscountInput = { coupon?: string; promotion_code?: string };

/** @throws ApiError 400 for more than one, or for one that cannot be used for this purchase */
export function readDiscount(
  turn: Turn,
  given: readonly DiscountInput[] | undefined,
  purchase: Purchase,
): AppliedDiscount | null {
  if (given === undefined || given.length === 0) return null;
  if (given.length > 1) {
    throw invalidRequest('You can only apply one discount to a Checkout Session.', undefined, 'discounts');
  }
  const { coupon: couponId, promotion_code: codeId } = given[0]!;
  if (couponId !== undefined && codeId !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: coupon, promotion_code.',
      'parameters_exclusive',
      'discounts[0][promotion_code]',
    );
  }
  if (codeId !== undefined) return ofPromotionCode(turn, codeId, purchase);
  if (couponId === undefined) throw missingParameter('discounts[0][coupon]');
  const param = 'discounts[0][coupon]';
  const coupon = turn.world.store.coupons.get(couponId);
  if (coupon === undefined) throw missingResource('coupon', couponId, param);
  if (!coupon.valid) throw invalidRequest(`Coupon expired: ${couponId}`, 'coupon_expired', param);
  checkCurrency(coupon, purchase, param);
  return applied(turn, coupon, null, purchase);
}

/**
 * The discount of a code that the customer typed on the page.
 * @throws ApiError 400 for no such code, or one that cannot be used for this purchase
 */
export function readTypedCode(turn: Turn, typed: string, purchase: Purchase): AppliedDiscount {
  const wanted = typed.trim().toLowerCase();
  const { promotion_codes: codes, coupons } = turn.world.store;
  for (const code of codes.newestFirst()) {
    if (code.code.toLowerCase() !== wanted || !code.active) continue;
    const coupon = coupons.get(code.promotion.coupon);
    const isUsable = isRedeemable(turn, code) && suits(turn, code, purchase);
    if (!isUsable || coupon === undefined || !speaks(coupon, purchase.currency)) continue;
    return applied(turn, coupon, code, purchase);
  }
  throw invalidRequest('This code is invalid.', undefined, 'promotion_code');
}

/** Sets or takes away the discount; the session's amounts must be computed anew afterwards. */
export function setDiscount(turn: Turn, session: CheckoutSession, discount: AppliedDiscount | null): void {
  const { session_secrets: secrets } = turn.world.store;
  const secret = secrets.get(session.id)!;
  if (discount !== null) discount.discount.checkout_session = session.id;
  secret.discount = discount;
  secrets.put(secret);
  const code = discount?.discount.promotion_code ?? null;
  session.discounts =
    discount === null
      ? []
      : [{ coupon: code === null ? discount.discount.source.coupon : null, promotion_code: code }];
}

function ofPromotionCode(turn: Turn, id: string, purchase: Purchase): AppliedDiscount {
  const param = 'discounts[0][promotion_code]';
  const code = turn.world.store.promotion_codes.get(id);
  if (code === undefined) throw missingResource('promotion code', id, param);
  if (!code.active || !isRedeemable(turn, code)) {
    throw invalidRequest(
      'This promotion code cannot be redeemed because it is not active.',
      undefined,
      param,
    );
  }
  if (!suits(turn, code, purchase)) {
    throw invalidRequest(
      'This promotion code cannot be redeemed because its restrictions are not met.',
      undefined,
      param,
    );
  }
  const coupon = turn.world.store.coupons.get(code.promotion.coupon)!;
  checkCurrency(coupon, purchase, param);
  return applied(turn, coupon, code, purchase);
}

function checkCurrency(coupon: Coupon, { currency }: Purchase, param: string): void {
  if (speaks(coupon, currency)) return;
  throw invalidRequest(
    `The coupon's currency (${coupon.currency}) is not that of the line items (${currency}).`,
    undefined,
    param,
  );
}

function speaks(coupon: Coupon, currency: string): boolean {
  return coupon.amount_off === null || coupon.currency === currency;
}

function applied(
  turn: Turn,
  coupon: Coupon,
  code: PromotionCode | null,
  { customer }: Purchase,
): AppliedDiscount {
  return {
    discount: {
      id: turn.world.ids.object('di'),
      object: 'discount',
      checkout_session: null,
      customer,
      customer_account: null,
      end: null,
      invoice: null,
      invoice_item: null,
      promotion_code: code?.id ?? null,
      source: { coupon: coupon.id, type: 'coupon' },
      start: turn.now,
      subscription: null,
      subscription_item: null,
    },
    amountOff: coupon.amount_off,
    percentOff: coupon.percent_off,
    products: turn.world.store.coupon_scopes.get(coupon.id)?.products ?? null,
  };
}
