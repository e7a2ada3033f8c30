/** `expand`: references become objects on demand, to depth 4 and through lists (docs.stripe.com/api/expanding_objects). */
import type { Store } from '../store/store.ts';
import { invalidRequest } from './errors.ts';
import { listOf } from './list.ts';

const DEEPEST = 4;

type Plain = Record<string, unknown>;
type Loader = (store: Store, id: string) => object | undefined;

const customer: Loader = (store, id) => store.customers.get(id) ?? { id, object: 'customer', deleted: true };
const paymentIntent: Loader = (store, id) => store.payment_intents.get(id);
const paymentMethod: Loader = (store, id) => store.payment_methods.get(id);
const charge: Loader = (store, id) => store.charges.get(id);
const balanceTransaction: Loader = (store, id) => store.balance_transactions.get(id);
const product: Loader = (store, id) => store.products.get(id);

/** Which fields of which objects hold references. Others that Stripe could expand are always null here. */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, Loader>>>> = {
  payment_intent: { customer, latest_charge: charge, payment_method: paymentMethod },
  charge: {
    customer,
    payment_intent: paymentIntent,
    payment_method: paymentMethod,
    balance_transaction: balanceTransaction,
  },
  payment_method: { customer },
  'checkout.session': { customer, payment_intent: paymentIntent },
  balance_transaction: { source: charge },
  price: { product },
};

/** Lists that an object only shows when asked. */
const HIDDEN_LISTS: Readonly<
  Record<string, Readonly<Record<string, (store: Store, owner: Plain) => object>>>
> = {
  'checkout.session': {
    line_items: (store, owner) => {
      const items = store.session_secrets.get(String(owner.id))?.items ?? [];
      return listOf(items, `/v1/checkout/sessions/${owner.id}/line_items`);
    },
  },
  charge: {
    refunds: (_store, owner) => listOf([], `/v1/charges/${owner.id}/refunds`),
  },
};

/** A copy of the reply with the paths expanded. @throws ApiError 400 for a path that leads nowhere */
export function expandReply(store: Store, reply: object, paths: readonly string[]): object {
  if (paths.length === 0) return reply;
  const root: Plain = { ...reply };
  const copies = new Set<object>([root]);
  for (const path of paths) {
    const segments = path.split('.');
    const isList = root.object === 'list' && segments[0] === 'data';
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
  copies: Set<object>,
): void {
  const value = expandField(store, owner, name!, path);
  if (value === null) return;
  const step = (inner: object): Plain => {
    const copy: Plain = copies.has(inner) ? (inner as Plain) : { ...inner };
    copies.add(copy);
    if (rest.length > 0) expandPath(store, copy, rest, path, copies);
    return copy;
  };
  owner[name!] = Array.isArray(value) ? value.map(step) : step(value);
}

/** The object behind a field, or the objects of a list; null when there is nothing to go into. */
function expandField(store: Store, owner: Plain, name: string, path: string): object | null {
  const type = String(owner.object ?? '');
  const value = owner[name];
  const hidden = HIDDEN_LISTS[type]?.[name];
  if (hidden !== undefined && value === undefined) return hidden(store, owner);
  if (typeof value === 'object') return value;
  const loader = REFERENCES[type]?.[name];
  if (loader !== undefined && typeof value === 'string') return loader(store, value) ?? null;
  throw invalidRequest(`This property cannot be expanded (${path}).`, undefined, 'expand');
}
