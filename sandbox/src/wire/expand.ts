/** `expand`: references become objects on demand, to depth 4 and through lists (docs.stripe.com/api/expanding_objects). */

import { breakdownOf } from '../checkout/breakdown.ts';
import { cardShape, isLegacyCard } from '../payments/legacy-card.ts';
import type { Store } from '../store/store.ts';
import { invalidRequest } from './errors.ts';
import { listOf } from './list.ts';

const DEEPEST = 4;

type Plain = Record<string, unknown>;
type Loader = (store: Store, id: string) => object | undefined;

const customer: Loader = (store, id) => store.customers.get(id) ?? { id, object: 'customer', deleted: true };
const paymentIntent: Loader = (store, id) => store.payment_intents.get(id);
const paymentLink: Loader = (store, id) => store.payment_links.get(id);
const paymentMethod: Loader = (store, id) => store.payment_methods.get(id);
const setupIntent: Loader = (store, id) => store.setup_intents.get(id);
const setupAttempt: Loader = (store, id) => store.setup_attempts.get(id);
const source: Loader = (store, id) => {
  const method = store.payment_methods.get(id);
  return method && cardShape(method);
};
const charge: Loader = (store, id) => store.charges.get(id);
const balanceTransaction: Loader = (store, id) => store.balance_transactions.get(id);
const transactionSource: Loader = (store, id) =>
  store.charges.get(id) ?? store.refunds.get(id) ?? store.disputes.get(id);
const product: Loader = (store, id) => store.products.get(id) ?? { id, object: 'product', deleted: true };
const price: Loader = (store, id) => store.prices.get(id);
const coupon: Loader = (store, id) => store.coupons.get(id) ?? { id, object: 'coupon', deleted: true };
const promotionCode: Loader = (store, id) => store.promotion_codes.get(id);
const shippingRate: Loader = (store, id) => store.shipping_rates.get(id);

/**
 * Which fields of which objects hold references; a part of an object that is no object itself goes by its path. Others
 * that Stripe could expand are always null here.
 */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, Loader>>>> = {
  payment_intent: { customer, latest_charge: charge, payment_method: paymentMethod },
  charge: {
    customer,
    payment_intent: paymentIntent,
    payment_method: paymentMethod,
    balance_transaction: balanceTransaction,
  },
  refund: {
    balance_transaction: balanceTransaction,
    charge,
    customer,
    failure_balance_transaction: balanceTransaction,
    payment_intent: paymentIntent,
    payment_method: paymentMethod,
  },
  dispute: { charge, payment_intent: paymentIntent },
  'radar.early_fraud_warning': { charge, payment_intent: paymentIntent },
  payment_method: { customer },
  'confirmation_token.payment_method_preview': { customer },
  customer: { default_source: source },
  'customer.invoice_settings': { default_payment_method: paymentMethod },
  card: { customer },
  setup_intent: { customer, latest_attempt: setupAttempt, payment_method: paymentMethod },
  setup_attempt: { customer, payment_method: paymentMethod, setup_intent: setupIntent },
  'checkout.session': {
    customer,
    payment_intent: paymentIntent,
    payment_link: paymentLink,
    setup_intent: setupIntent,
  },
  'payment_link.shipping_options': { shipping_rate: shippingRate },
  balance_transaction: { source: transactionSource },
  price: { product },
  product: { default_price: price },
  promotion_code: { customer },
  'promotion_code.promotion': { coupon },
  discount: { customer, promotion_code: promotionCode },
  'discount.source': { coupon },
  'checkout.session.discounts': { coupon, promotion_code: promotionCode },
  'checkout.session.shipping_cost': { shipping_rate: shippingRate },
  'checkout.session.shipping_options': { shipping_rate: shippingRate },
};

/** What an object, or a part of it, only shows when asked. */
const HIDDEN_LISTS: Readonly<
  Record<string, Readonly<Record<string, (store: Store, owner: Plain) => object | null>>>
> = {
  'checkout.session': {
    line_items: (store, owner) => {
      const items = store.session_secrets.get(String(owner.id))?.items ?? [];
      return listOf(items, `/v1/checkout/sessions/${owner.id}/line_items`);
    },
  },
  payment_link: {
    line_items: (store, owner) => {
      const items = store.payment_link_secrets.get(String(owner.id))?.items ?? [];
      return listOf(items, `/v1/payment_links/${owner.id}/line_items`);
    },
  },
  'checkout.session.total_details': { breakdown: (store, owner) => breakdownOf(store, String(owner.id)) },
  'checkout.session.shipping_cost': { taxes: () => [] },
  item: {
    discounts: (store, owner) => store.line_item_parts.get(String(owner.id))?.discounts ?? [],
    taxes: (store, owner) => store.line_item_parts.get(String(owner.id))?.taxes ?? [],
  },
  coupon: {
    applies_to: (store, owner) => {
      const scope = store.coupon_scopes.get(String(owner.id));
      return scope === undefined ? null : { products: scope.products };
    },
  },
  customer: {
    sources: (store, owner) => {
      const methods = store.payment_methods.withIndex(String(owner.id)).filter(isLegacyCard);
      return listOf(methods.reverse().map(cardShape), `/v1/customers/${owner.id}/sources`);
    },
  },
  charge: {
    refunds: (store, owner) => {
      const newestFirst = store.refunds.withIndex(String(owner.id)).reverse();
      return listOf(newestFirst, `/v1/charges/${owner.id}/refunds`);
    },
  },
};

/** A list that the object shows when asked; undefined when it has none of this name. */
export function hiddenList(store: Store, owner: Plain, name: string): object | undefined {
  return HIDDEN_LISTS[String(owner.object)]?.[name]?.(store, owner) ?? undefined;
}

/** A copy of the reply with the paths expanded. @throws ApiError 400 for a path that leads nowhere */
export function expandReply(store: Store, reply: object, paths: readonly string[]): object {
  if (paths.length === 0) return reply;
  const root: Plain = { ...reply };
  const copies: Copies = new Map([[root, placeOf(root)]]);
  for (const path of paths) {
    const segments = path.split('.');
    const isSearch = root.object === 'search_result';
    if (isSearch && path === 'total_count') continue;
    const isList = (root.object === 'list' || isSearch) && segments[0] === 'data';
    if (segments.length > (isList ? DEEPEST + 1 : DEEPEST)) {
      throw invalidRequest(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`);
    }
    expandPath(store, root, segments, path, copies);
  }
  return root;
}

function expandPath(
  store: Store,
  owner: Plain,
  [name, ...rest]: string[],
  path: string,
  copies: Copies,
): void {
  const place = copies.get(owner)!;
  const value = expandField(store, owner, place, name!, path);
  if (value === null) return;
  const step = (inner: object): Plain => {
    const copy: Plain = copies.has(inner) ? (inner as Plain) : { ...inner };
    copies.set(copy, placeOf(copy, place, name));
    if (rest.length > 0) expandPath(store, copy, rest, path, copies);
    return copy;
  };
  owner[name!] = Array.isArray(value) ? value.map(step) : step(value);
}

/** The object behind a field, or the objects of a list; null when there is nothing to go into. */
function expandField(
  store: Store,
  owner: Plain,
  { type, object }: Place,
  name: string,
  path: string,
): object | null {
  const value = owner[name];
  const hidden = HIDDEN_LISTS[type]?.[name];
  if (hidden !== undefined && value === undefined) return hidden(store, object);
  if (typeof value === 'object') return value;
  const loader = REFERENCES[type]?.[name];
  if (loader !== undefined && typeof value === 'string') return loader(store, value) ?? null;
  throw invalidRequest(`This property cannot be expanded (${path}).`, undefined, 'expand');
}

/** What a copy is: an object of its own, or a part of one, which goes by its path inside it. */
interface Place {
  type: string;
  object: Plain;
}
type Copies = Map<object, Place>;

function placeOf(copy: Plain, owner?: Place, name?: string): Place {
  if (owner === undefined || typeof copy.object === 'string')
    return { type: String(copy.object ?? ''), object: copy };
  return { type: `${owner.type}.${name}`, object: owner.object };
}
