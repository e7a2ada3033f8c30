import { decimalsOf, formatMoney } from '../../money.ts';
import type { Options } from '../../shared/messages.ts';

/** What the customer has entered so far; the server learns of it with the confirmation. */
export interface Draft {
  email: string | null;
  phoneNumber: string | null;
  individualName: string | null;
  businessName: string | null;
  billingAddress: Options | null;
  shippingAddress: Options | null;
}

/**
 * A Checkout Session as `getSession()` gives it (`StripeCheckoutSession` of `@stripe/stripe-js`).
 * @param answer of `/v1/payment_pages/:cs`
 * @param elementsComplete false while a mounted Element says that something is missing
 */
export function describeSession(answer: Options, draft: Draft, elementsComplete: boolean): Options {
  const page = answer.mode === 'setup' ? { ...answer, ...nothingToPay(answer) } : answer;
  const email = page.customer_email ?? page.customer_details?.email ?? draft.email;
  const lastError = page.payment_intent?.last_payment_error ?? page.setup_intent?.last_setup_error;
  const needsShipping = Boolean(page.shipping_address_collection) && !draft.shippingAddress;
  const isOpen = page.status === 'open';
  return {
    ...nothingOf,
    id: page.id,
    livemode: false,
    currency: page.currency,
    minorUnitsAmountDivisor: 10 ** decimalsOf(page.currency),
    status: statusOf(page),
    canConfirm: isOpen && Boolean(email) && elementsComplete && !needsShipping,
    email,
    phoneNumber: draft.phoneNumber,
    billingAddress: draft.billingAddress,
    shippingAddress: draft.shippingAddress,
    nameCollection:
      draft.individualName === null && draft.businessName === null
        ? null
        : { individualName: draft.individualName, businessName: draft.businessName },
    lastPaymentError: lastError ? { message: lastError.message ?? '' } : null,
    lineItems: page.line_items.data.map((item: Options) => lineItem(item, page)),
    discountAmounts: discountAmounts(page),
    taxAmounts: taxAmounts(
      page.line_items.data.flatMap((item: Options) => item.taxes ?? []),
      page.currency,
    ),
    shipping: chosenShipping(page),
    shippingOptions: page.shipping_options.map((option: Options) => shippingOption(option, page.currency)),
    tax: { status: 'ready' },
    total: totalSummary(page),
  };
}

/** What the sandbox never has: subscriptions, other currencies, saved cards, surcharges, tax ids, optional items. */
const nothingOf = {
  businessName: null,
  currencyOptions: null,
  optionalItems: null,
  recurring: null,
  savedPaymentMethods: null,
  surcharge: null,
  taxIdInfo: null,
};

/** The type of stripe.js has amounts in setup mode too; what they are there is not verified. */
function nothingToPay({ currency }: Options): Options {
  return { amount_subtotal: 0, amount_total: 0, currency: currency ?? 'usd' };
}

function statusOf({ status, payment_status: paymentStatus }: Options): Options {
  return status === 'complete' ? { type: 'complete', paymentStatus } : { type: status };
}

function amountOf(minorUnits: number, currency: string): { minorUnitsAmount: number; amount: string } {
  return { minorUnitsAmount: minorUnits, amount: formatMoney(minorUnits, currency) };
}

function totalSummary(page: Options): Options {
  const money = (minorUnits: number) => amountOf(minorUnits, page.currency);
  const { inclusive, exclusive } = taxTotals(
    page.line_items.data.flatMap((item: Options) => item.taxes ?? []),
  );
  return {
    subtotal: money(page.amount_subtotal),
    discount: money(page.total_details?.amount_discount ?? 0),
    shippingRate: money(page.total_details?.amount_shipping ?? 0),
    taxInclusive: money(inclusive),
    taxExclusive: money(exclusive),
    total: money(page.amount_total),
    appliedBalance: money(0),
    balanceAppliedToNextInvoice: false,
    surcharge: money(0),
  };
}

function lineItem(item: Options, { currency, line_items: items }: Options): Options {
  const money = (minorUnits: number) => amountOf(minorUnits, currency);
  const { product = null, unit_amount: unit, id: priceId } = item.price;
  const described = typeof product === 'object' && product !== null ? product : {};
  const taxes = taxTotals(item.taxes ?? []);
  const { adjustable_quantity: limits } = item;
  return {
    id: item.id,
    name: item.description ?? described.name ?? '',
    description: described.description ?? null,
    images: described.images ?? [],
    priceId,
    quantity: item.quantity,
    unitAmount: money(unit ?? 0),
    unitAmountDecimal: null,
    unitLabel: described.unit_label ?? null,
    subtotal: money(item.amount_subtotal),
    discount: money(item.amount_discount),
    taxInclusive: money(taxes.inclusive),
    taxExclusive: money(taxes.exclusive),
    total: money(item.amount_total),
    discountAmounts: null,
    taxAmounts: taxAmounts(item.taxes ?? [], currency),
    adjustableQuantity: limits?.enabled ? { maximum: limits.maximum, minimum: limits.minimum } : null,
    isRemovable: limits?.enabled === true && limits.minimum === 0 && items.data.length > 1,
    pricing: null,
    recurring: null,
    transformQuantity: null,
  };
}

/** A session has one discount at most, so the whole amount is its own. */
function discountAmounts(page: Options): Options[] | null {
  const [discount] = page.discounts ?? [];
  if (!discount) return null;
  const code = discount.promotion_code?.code ?? null;
  return [
    {
      ...amountOf(page.total_details?.amount_discount ?? 0, page.currency),
      displayName: discount.coupon?.name ?? code ?? discount.coupon?.id ?? '',
      promotionCode: code,
      recurring: null,
      percentOff: discount.coupon?.percent_off ?? null,
    },
  ];
}

/** One entry for each tax rate; null where there is no tax. */
function taxAmounts(taxes: Options[], currency: string): Options[] | null {
  const byRate = new Map<string, Options>();
  for (const { amount, rate } of taxes) {
    const before = byRate.get(rate.id)?.minorUnitsAmount ?? 0;
    byRate.set(rate.id, {
      ...amountOf(before + amount, currency),
      inclusive: rate.inclusive,
      displayName: rate.display_name,
      percentage: rate.percentage,
    });
  }
  return byRate.size === 0 ? null : [...byRate.values()];
}

function taxTotals(taxes: Options[]): { inclusive: number; exclusive: number } {
  const sum = (inclusive: boolean): number =>
    taxes.filter(({ rate }) => rate.inclusive === inclusive).reduce((total, { amount }) => total + amount, 0);
  return { inclusive: sum(true), exclusive: sum(false) };
}

function chosenShipping(page: Options): Options | null {
  const chosen = page.shipping_cost?.shipping_rate;
  const option = page.shipping_options.find(
    ({ shipping_rate: rate }: Options) => (rate?.id ?? rate) === (chosen?.id ?? chosen),
  );
  return chosen && option
    ? { shippingOption: shippingOption(option, page.currency), taxAmounts: null }
    : null;
}

function shippingOption(
  { shipping_amount: amount, shipping_rate: rate }: Options,
  currency: string,
): Options {
  const { minimum = null, maximum = null } = rate?.delivery_estimate ?? {};
  return {
    ...amountOf(amount, currency),
    id: rate?.id ?? rate,
    currency,
    displayName: rate?.display_name ?? null,
    deliveryEstimate: rate?.delivery_estimate ? { minimum, maximum } : null,
  };
}
