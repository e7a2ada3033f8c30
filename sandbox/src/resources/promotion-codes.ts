/** `/v1/promotion_codes` (docs.stripe.com/api/promotion_codes). */
import { change, found } from '../catalogue/changes.ts';
import { isRedeemable, watchPromotionCode } from '../catalogue/redemption.ts';
import type { PromotionCode } from '../objects.ts';
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
import { boolean, hash, integer, oneOf, required, text, unbuilt } from '../wire/schema.ts';
import { save, type Turn } from '../world.ts';
import { checkCustomer } from './references.ts';

const created = {
  active: boolean(),
  code: text(500),
  customer: text(),
  customer_account: unbuilt(),
  expand,
  expires_at: integer(),
  max_redemptions: integer(1),
  metadata: metadata(),
  promotion: required(hash({ coupon: text(), type: required(oneOf('coupon')) })),
  restrictions: hash({
    currency_options: unbuilt(),
    first_time_transaction: boolean(),
    minimum_amount: integer(1),
    minimum_amount_currency: currency(),
  }),
};
type Created = Values<typeof created>;

export const promotionCodeRoutes: Route[] = [
  route('POST', '/v1/promotion_codes', { fields: created, handle: create }),
  route('GET', '/v1/promotion_codes', {
    fields: {
      ...pagination,
      active: boolean(),
      code: text(),
      coupon: text(),
      created: timeRange(),
      customer: text(),
      customer_account: unbuilt(),
    },
    handle: ({ world, params }) =>
      listPage(
        world.store.promotion_codes,
        '/v1/promotion_codes',
        params,
        (code) =>
          isWithin(params.created, code.created) &&
          (params.active === undefined || code.active === params.active) &&
          (params.code === undefined || isSame(code.code, params.code)) &&
          (params.coupon === undefined || code.promotion.coupon === params.coupon) &&
          (params.customer === undefined || code.customer === params.customer),
      ),
  }),
  route('GET', '/v1/promotion_codes/:id', { fields: { expand }, handle: find }),
  route('POST', '/v1/promotion_codes/:id', {
    fields: {
      active: boolean(),
      expand,
      metadata: metadata(),
      restrictions: hash({ currency_options: unbuilt() }),
    },
    handle(call) {
      const { turn, world, params } = call;
      const code = find(call);
      if (params.active === true && !code.active) checkReactivation(turn, code);
      const changes: Partial<PromotionCode> = {
        ...(params.active !== undefined && { active: params.active }),
        ...(params.metadata !== undefined && {
          metadata: mergeMetadata(code.metadata ?? {}, params.metadata),
        }),
      };
      return change(turn, world.store.promotion_codes, code, changes, 'promotion_code.updated');
    },
  }),
];

function find(call: Call<unknown>): PromotionCode {
  return found(call.world.store.promotion_codes, 'promotion code', call.ids[0]!);
}

function create({ turn, params }: Call<Created>): PromotionCode {
  const { ids, store } = turn.world;
  check(turn, params);
  const { restrictions } = params;
  const code: PromotionCode = {
    id: ids.object('promo'),
    object: 'promotion_code',
    active: params.active ?? true,
    code: params.code ?? ids.characters(8).toUpperCase(),
    created: turn.now,
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    promotion: { coupon: params.promotion.coupon!, type: 'coupon' },
    restrictions: {
      first_time_transaction: restrictions?.first_time_transaction ?? false,
      minimum_amount: restrictions?.minimum_amount ?? null,
      minimum_amount_currency: restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  };
  save(turn, store.promotion_codes, code, 'created');
  emit(turn, 'promotion_code.created', code);
  watchPromotionCode(turn.world, code);
  return code;
}

/** The rules are those of `PromotionCodeCreateParams`; most sentences are the sandbox's own. */
function check(turn: Turn, params: Created): void {
  const { code, expires_at: end, promotion, restrictions } = params;
  if (promotion.coupon === undefined) throw missingParameter('promotion[coupon]');
  const coupon = turn.world.store.coupons.get(promotion.coupon);
  if (coupon === undefined) throw missingResource('coupon', promotion.coupon, 'promotion[coupon]');
  if (!coupon.valid) throw invalidRequest('This coupon is no longer valid.', undefined, 'promotion[coupon]');
  checkCustomer(turn, params.customer);
  if (code !== undefined && !/^[A-Za-z0-9-]+$/.test(code)) {
    throw invalidRequest('A code can hold letters (a-z, A-Z), digits and dashes.', undefined, 'code');
  }
  if (code !== undefined && params.active !== false) checkUnique(turn, code, params.customer ?? null);
  if (end !== undefined && (end <= turn.now || end > (coupon.redeem_by ?? end))) {
    const message = '`expires_at` must be in the future, and not after the `redeem_by` of the coupon.';
    throw invalidRequest(message, undefined, 'expires_at');
  }
  if ((params.max_redemptions ?? 0) > (coupon.max_redemptions ?? Number.POSITIVE_INFINITY)) {
    const message = '`max_redemptions` cannot be greater than that of the coupon.';
    throw invalidRequest(message, undefined, 'max_redemptions');
  }
  const { minimum_amount: least, minimum_amount_currency: unit } = restrictions ?? {};
  if ((least === undefined) !== (unit === undefined)) {
    throw missingParameter(`restrictions[minimum_amount${least === undefined ? '' : '_currency'}]`);
  }
}

/** A code is unique, in any case, among the active ones of a customer. */
function checkUnique(turn: Turn, code: string, customer: string | null): void {
  for (const other of turn.world.store.promotion_codes.oldestFirst()) {
    if (other.active && other.customer === customer && isSame(other.code, code)) {
      const message = `An active promotion code with \`code: ${other.code}\` already exists.`;
      throw invalidRequest(message, undefined, 'code');
    }
  }
}

function checkReactivation(turn: Turn, code: PromotionCode): void {
  checkUnique(turn, code.code, code.customer);
  if (isRedeemable(turn, code)) return;
  throw invalidRequest('This promotion code can no longer be redeemed.', undefined, 'active');
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
