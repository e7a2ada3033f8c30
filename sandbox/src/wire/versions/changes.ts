/**
 * What Stripe's API versions changed about the objects of the sandbox, newest first. Objects are kept in the newest
 * shape; a reply goes down this table to the caller's version, the parameters of a call go up it.
 * Sources: the changelog of stripe-node 23.1.0 and docs.stripe.com/changelog. What Stripe merely added is in every version.
 */
import type { Store } from '../../store/store.ts';
import { invalidRequest, notBuilt, unknownParameters } from '../errors.ts';
import { hiddenList } from '../expand.ts';
import type { FormHash } from '../form.ts';

export type Plain = Record<string, unknown>;

export interface Rendering {
  store: Store;
  /** Renders an object that the older shape shows inside another. */
  render(object: object): object;
}

export interface VersionChange {
  /** The first version with the newer shape. */
  version: string;
  /** By object: the older shape, made of the newer. Changing what is old already must change nothing. */
  reply?: Readonly<Record<string, (object: Plain, rendering: Rendering) => Plain>>;
  /** By endpoint: the newer parameters, made of the older. */
  request?: Readonly<Record<string, (form: FormHash) => FormHash>>;
}

/** New name first. `form` has no older name. */
const UI_MODES = { hosted_page: 'hosted', embedded_page: 'embedded', elements: 'custom' } as const;

export const versionChanges: readonly VersionChange[] = [
  {
    version: '2026-09-30.endive',
    reply: {
      payment_intent: without('allowed_payment_method_types'),
      setup_intent: without('allowed_payment_method_types'),
      'checkout.session': without('allowed_payment_method_types'),
    },
    request: {
      'POST /v1/payment_intents': unknownBefore('allowed_payment_method_types'),
      'POST /v1/payment_intents/:id': unknownBefore('allowed_payment_method_types'),
      'POST /v1/payment_intents/:id/confirm': unknownBefore('allowed_payment_method_types'),
      'POST /v1/setup_intents': unknownBefore('allowed_payment_method_types'),
      'POST /v1/setup_intents/:id': unknownBefore('allowed_payment_method_types'),
      'POST /v1/setup_intents/:id/confirm': unknownBefore('allowed_payment_method_types'),
      'POST /v1/checkout/sessions': unknownBefore('allowed_payment_method_types'),
    },
  },
  {
    version: '2026-03-25.dahlia',
    reply: {
      'checkout.session': (session) => ({
        ...session,
        ui_mode: UI_MODES[session.ui_mode as keyof typeof UI_MODES] ?? session.ui_mode,
      }),
    },
    request: { 'POST /v1/checkout/sessions': newUiMode },
  },
  {
    version: '2025-09-30.clover',
    reply: {
      discount: (discount) => {
        const { source, ...rest } = discount;
        return source === undefined ? discount : { ...rest, coupon: (source as Plain).coupon ?? null };
      },
      promotion_code: (code) => {
        const { promotion, ...rest } = code;
        return promotion === undefined ? code : { ...rest, coupon: (promotion as Plain).coupon ?? null };
      },
    },
    request: { 'POST /v1/promotion_codes': promotionOfCoupon },
  },
  {
    version: '2025-03-31.basil',
    reply: {
      // The sandbox makes no invoices, so both are always null.
      charge: (charge) => ({ ...charge, invoice: null }),
      payment_intent: (intent) => ({ ...intent, invoice: null }),
      'checkout.session': (session) => ({
        ...session,
        shipping_details: (session.collected_information as Plain | null)?.shipping_details ?? null,
      }),
    },
  },
  {
    version: '2024-04-10',
    reply: {
      product: (product) => {
        const { marketing_features: features, ...rest } = product;
        return features === undefined ? product : { ...rest, features };
      },
    },
    request: {
      'POST /v1/payment_intents': (form) => ({ capture_method: 'automatic', ...form }),
      'POST /v1/products': newFeatures,
      'POST /v1/products/:id': newFeatures,
    },
  },
  {
    version: '2023-08-16',
    request: { 'POST /v1/payment_intents': cardsByDefault, 'POST /v1/setup_intents': cardsByDefault },
  },
  {
    version: '2022-11-15',
    reply: {
      payment_intent: (intent, { store, render }) => {
        if (intent.charges !== undefined) return intent;
        // Newest first, like every list of charges.
        const charges = store.charges.withIndex(String(intent.id)).reverse().map(render);
        return { ...intent, charges: wholeList(charges, `/v1/charges?payment_intent=${intent.id}`) };
      },
      charge: (charge, { store, render }) => {
        if (charge.refunds !== undefined) return charge;
        const { data, url } = hiddenList(store, charge, 'refunds') as { data: object[]; url: string };
        return { ...charge, refunds: wholeList(data.map(render), url) };
      },
    },
  },
  {
    version: '2022-08-01',
    request: {
      'POST /v1/checkout/sessions': () => {
        throw notBuilt(
          'Checkout Sessions in API versions before 2022-08-01, whose payment intent exists from the beginning',
        );
      },
    },
  },
];

function without(name: string): (object: Plain) => Plain {
  return ({ [name]: _, ...rest }) => rest;
}

function unknownBefore(name: string): (form: FormHash) => FormHash {
  return (form) => {
    if (form[name] !== undefined) throw unknownParameters([name]);
    return form;
  };
}

function newUiMode(form: FormHash): FormHash {
  if (form.ui_mode === undefined) return form;
  const known = Object.entries(UI_MODES).find(([, old]) => old === form.ui_mode);
  if (known !== undefined) return { ...form, ui_mode: known[0] };
  throw invalidRequest(`Invalid ui_mode: must be one of custom, embedded, hosted`, undefined, 'ui_mode');
}

function promotionOfCoupon({ coupon, ...form }: FormHash): FormHash {
  return coupon === undefined ? form : { ...form, promotion: { type: 'coupon', coupon } };
}

function newFeatures({ features, ...form }: FormHash): FormHash {
  return features === undefined ? form : { ...form, marketing_features: features };
}

/** Without automatic payment methods, cards were the only default. */
function cardsByDefault(form: FormHash): FormHash {
  if (form.payment_method_types !== undefined || form.automatic_payment_methods !== undefined) return form;
  return { ...form, payment_method_types: { 0: 'card' } };
}

function wholeList(data: object[], url: string): object {
  return { object: 'list', data, has_more: false, total_count: data.length, url };
}
