/** How often and how long coupons and promotion codes count. A promotion code is only active while its coupon is valid. */
import type { Coupon, Discount, PromotionCode } from '../objects.ts';
import { runTurn, save, type Turn, type World } from '../world.ts';

/** What a promotion code's restrictions look at. */
export interface Purchase {
  customer: string | null;
  currency: string;
  /** Minor units, before any discount. */
  subtotal: number;
}

/** Counts one use of a discount, when its session completes. */
export function countRedemption(turn: Turn, discount: Discount): void {
  const { coupons, promotion_codes: codes } = turn.world.store;
  const coupon = coupons.get(discount.source.coupon);
  const code = codes.get(discount.promotion_code ?? '');
  if (code !== undefined) {
    code.times_redeemed += 1;
    if (code.times_redeemed >= (code.max_redemptions ?? Number.POSITIVE_INFINITY)) code.active = false;
    save(turn, codes, code, 'updated');
  }
  if (coupon === undefined) return;
  coupon.times_redeemed += 1;
  if (coupon.times_redeemed >= (coupon.max_redemptions ?? Number.POSITIVE_INFINITY)) invalidate(turn, coupon);
  save(turn, coupons, coupon, 'updated');
}

/** The coupon counts no more, and neither do its promotion codes. That Stripe tells of it is not verified. */
export function invalidate(turn: Turn, coupon: Coupon): void {
  const { coupons, promotion_codes: codes } = turn.world.store;
  coupon.valid = false;
  if (coupons.get(coupon.id) !== undefined) save(turn, coupons, coupon, 'updated');
  for (const code of codes.withIndex(coupon.id)) {
    if (!code.active) continue;
    code.active = false;
    save(turn, codes, code, 'updated');
  }
}

/** Whether a promotion code could count at all, whoever uses it. */
export function isRedeemable(turn: Turn, code: PromotionCode): boolean {
  const coupon = turn.world.store.coupons.get(code.promotion.coupon);
  return (
    coupon?.valid === true &&
    (code.expires_at === null || code.expires_at > turn.now) &&
    (code.max_redemptions === null || code.times_redeemed < code.max_redemptions)
  );
}

/** Whether this purchase may use the promotion code. */
export function suits(turn: Turn, code: PromotionCode, purchase: Purchase): boolean {
  const { first_time_transaction: isFirstOnly, minimum_amount: least } = code.restrictions;
  if (code.customer !== null && code.customer !== purchase.customer) return false;
  if (isFirstOnly && hasPaid(turn, purchase.customer)) return false;
  if (least === null) return true;
  return code.restrictions.minimum_amount_currency === purchase.currency && purchase.subtotal >= least;
}

export function watchCoupon(world: World, coupon: Coupon): void {
  if (coupon.redeem_by === null || !coupon.valid) return;
  world.clock.at(coupon.redeem_by * 1000, () => {
    if (coupon.valid) runTurn(world, 'timer', (turn) => invalidate(turn, coupon));
  });
}

export function watchPromotionCode(world: World, code: PromotionCode): void {
  if (code.expires_at === null || !code.active) return;
  world.clock.at(code.expires_at * 1000, () => {
    if (!code.active) return;
    code.active = false;
    runTurn(world, 'timer', (turn) => save(turn, world.store.promotion_codes, code, 'updated'));
  });
}

/** Takes up the ends that a restart interrupted. */
export function resumeCatalogue(world: World): void {
  for (const coupon of world.store.coupons.oldestFirst()) watchCoupon(world, coupon);
  for (const code of world.store.promotion_codes.oldestFirst()) watchPromotionCode(world, code);
}

function hasPaid(turn: Turn, customer: string | null): boolean {
  if (customer === null) return false;
  for (const intent of turn.world.store.payment_intents.oldestFirst()) {
    if (intent.customer === customer && intent.status === 'succeeded') return true;
  }
  return false;
}
