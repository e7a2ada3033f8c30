/** `/v1/coupons` (docs.stripe.com/api/coupons). */
import { decimal } from '../catalogue/amounts.ts';
import { change, checkOwnId, found } from '../catalogue/changes.ts';
import { invalidate, watchCoupon } from '../catalogue/redemption.ts';
import { isCurrency } from '../money.ts';
import type { Coupon } from '../objects.ts';
import { type Call, type Route, route } from '../routing.ts';
import { emit } from '../webhooks/events.ts';
import {
  currency,
  expand,
  mergeMetadata,
  metadata,
  pagination,
  timeRange,
} from '../wire/common-parameters.ts';
import { invalidRequest, missingParameter, missingResource } from '../wire/errors.ts';
import { isWithin, listPage } from '../wire/list.ts';
import type { Values } from '../wire/schema.ts';
import { arrayOf, emptyable, hash, integer, oneOf, text, unbuilt } from '../wire/schema.ts';
import { remove, save, type Turn } from '../world.ts';

/** `redeem_by` can be at most five years away (`CouponCreateParams`). */
const LONGEST_LIFE_SECONDS = 5 * 366 * 24 * 3600;

const created = {
  amount_off: integer(1),
  applies_to: hash({ products: arrayOf(text()) }),
  currency: currency(),
  currency_options: unbuilt(),
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: integer(1, 1_200),
  expand,
  id: text(),
  max_redemptions: integer(1),
  metadata: metadata(),
  name: text(40),
  percent_off: decimal(0.000_000_000_001, 100),
  redeem_by: integer(),
};
type Created = Values<typeof created>;

export const couponRoutes: Route[] = [
  route('POST', '/v1/coupons', { fields: created, handle: create }),
  route('GET', '/v1/coupons', {
    fields: { ...pagination, created: timeRange() },
    handle: ({ world, params }) =>
      listPage(world.store.coupons, '/v1/coupons', params, (coupon) =>
        isWithin(params.created, coupon.created),
      ),
  }),
  route('GET', '/v1/coupons/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/coupons/:id', {
    fields: { currency_options: unbuilt(), expand, metadata: metadata(), name: emptyable(text(40)) },
    handle(call) {
      const coupon = find(call);
      const { metadata: more, name } = call.params;
      const changes: Partial<Coupon> = {
        ...(name !== undefined && { name }),
        ...(more !== undefined && { metadata: mergeMetadata(coupon.metadata ?? {}, more) }),
      };
      return change(call.turn, call.world.store.coupons, coupon, changes, 'coupon.updated');
    },
  }),
  route('DELETE', '/v1/coupons/:id', {
    fields: {},
    handle(call) {
      const coupon = find(call);
      remove(call.turn, call.world.store.coupons, coupon);
      // An event shows the coupon as it was; what it was applied to keeps its discount.
      emit(call.turn, 'coupon.deleted', coupon);
      invalidate(call.turn, coupon);
      return { id: coupon.id, object: 'coupon', deleted: true };
    },
  }),
];

function find(call: Call<unknown>): Coupon {
  return found(call.world.store.coupons, 'coupon', call.ids[0]!);
}

function create({ turn, params }: Call<Created>): Coupon {
  const { ids, store } = turn.world;
  check(turn, params);
  const coupon: Coupon = {
    id: params.id ?? ids.characters(8),
    object: 'coupon',
    amount_off: params.amount_off ?? null,
    created: turn.now,
    currency: params.amount_off === undefined ? null : params.currency!,
    duration: params.duration ?? 'once',
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    percent_off: params.percent_off === undefined ? null : Number(params.percent_off),
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
  const products = params.applies_to?.products;
  if (products !== undefined) store.coupon_scopes.put({ id: coupon.id, products });
  save(turn, store.coupons, coupon, 'created');
  emit(turn, 'coupon.created', coupon);
  watchCoupon(turn.world, coupon);
  return coupon;
}

/** The rules are those of `CouponCreateParams`; the sentences are the sandbox's own. */
function check(turn: Turn, params: Created): void {
  checkOwnId(turn.world.store.coupons, 'Coupon', params.id);
  const { amount_off: amount, percent_off: percent, duration = 'once' } = params;
  if (amount === undefined && percent === undefined) throw missingParameter('percent_off');
  if (amount !== undefined && percent !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: amount_off, percent_off.',
      'parameters_exclusive',
      'amount_off',
    );
  }
  if (amount !== undefined && params.currency === undefined) throw missingParameter('currency');
  if (params.currency !== undefined && !isCurrency(params.currency)) {
    throw invalidRequest(`Invalid currency: ${params.currency.slice(0, 40)}`, undefined, 'currency');
  }
  if (duration === 'repeating' && params.duration_in_months === undefined) {
    throw missingParameter('duration_in_months');
  }
  if (duration !== 'repeating' && params.duration_in_months !== undefined) {
    const message = '`duration_in_months` can only be given when `duration` is `repeating`.';
    throw invalidRequest(message, undefined, 'duration_in_months');
  }
  const life = (params.redeem_by ?? turn.now + 1) - turn.now;
  if (life <= 0 || life > LONGEST_LIFE_SECONDS) {
    const message = '`redeem_by` must be in the future, and at most five years away.';
    throw invalidRequest(message, undefined, 'redeem_by');
  }
  for (const product of params.applies_to?.products ?? []) {
    if (turn.world.store.products.get(product) === undefined) {
      throw missingResource('product', product, 'applies_to[products]');
    }
  }
}
