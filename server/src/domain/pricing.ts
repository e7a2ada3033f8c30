import type { DiscountProblem } from '@paydesk/contract/quote';
import { allocate, assertMinor, type Minor, share } from './money.ts';

export type CartLine = { productId: string; quantity: number };

export type CountryRates = {
  code: string;
  shippingAmount: Minor;
  /** Net goods value from which shipping is free; null where it never is. */
  freeShippingFrom: Minor | null;
  taxBasisPoints: number;
  taxName: string;
  taxOnShipping: boolean;
};

export type Discount = {
  code: string;
  kind: 'percent' | 'fixed';
  /** Basis points for `percent`, minor units for `fixed`. */
  value: number;
  minimumSpend: Minor;
  startsAt: number | null;
  endsAt: number | null;
  maxUses: number | null;
  maxUsesPerEmail: number | null;
  uses: number;
};

export type PricedLine = {
  productId: string;
  quantity: number;
  unitPrice: Minor;
  subtotal: Minor;
  discount: Minor;
  tax: Minor;
  total: Minor;
};

export type Pricing = {
  lines: PricedLine[];
  itemCount: number;
  subtotal: Minor;
  discount: Minor;
  shipping: Minor;
  shippingTax: Minor;
  tax: Minor;
  total: Minor;
};

/** One line per product, in the order first seen: stock is guarded per product, so two lines of one product are one. */
export function sumPerProduct(items: readonly CartLine[]): CartLine[] {
  const quantities = new Map<string, number>();
  for (const item of items) {
    quantities.set(item.productId, (quantities.get(item.productId) ?? 0) + item.quantity);
  }
  return [...quantities].map(([productId, quantity]) => ({ productId, quantity }));
}

/** Why a code cannot be used on a cart of this subtotal now, or null. `usesByEmail` counts orders that still stand. */
export function discountProblem(
  discount: Discount | undefined,
  facts: { now: number; subtotal: Minor; usesByEmail: number },
): DiscountProblem | null {
  if (!discount) return 'unknown_code';
  if (discount.startsAt !== null && facts.now < discount.startsAt) return 'not_started';
  if (discount.endsAt !== null && facts.now >= discount.endsAt) return 'ended';
  if (facts.subtotal < discount.minimumSpend) return 'minimum_not_reached';
  if (discount.maxUses !== null && discount.uses >= discount.maxUses) return 'used_up';
  if (discount.maxUsesPerEmail !== null && facts.usesByEmail >= discount.maxUsesPerEmail)
    return 'used_up_for_email';
  return null;
}

/** Goods value before discount, shipping and tax. */
export function subtotalOf(lines: readonly CartLine[], unitPrices: ReadonlyMap<string, Minor>): Minor {
  return lines.reduce((sum, line) => sum + unitPrice(line, unitPrices) * line.quantity, 0);
}

/**
 * Prices a cart. Prices are net; tax is added by the country's rate on goods less discount, and on shipping where the
 * country taxes it. Σ line.total + shipping + shippingTax = total, to the cent.
 *
 * @param discount a code that `discountProblem` let pass, or null
 * @param country null while unknown: shipping and tax are then zero
 */
export function priceCart(
  lines: readonly CartLine[],
  unitPrices: ReadonlyMap<string, Minor>,
  discount: Discount | null,
  country: CountryRates | null,
): Pricing {
  const subtotals = lines.map((line) => assertMinor(unitPrice(line, unitPrices) * line.quantity));
  const subtotal = subtotals.reduce((sum, amount) => sum + amount, 0);
  const discountTotal = discount ? discountAmount(discount, subtotal) : 0;
  const discounts = allocate(discountTotal, subtotals);
  const net = subtotals.map((amount, index) => amount - discounts[index]!);
  const shipping = country ? shippingFor(country, subtotal - discountTotal) : 0;

  const taxBases = [...net, country?.taxOnShipping ? shipping : 0];
  const tax = country
    ? share(
        taxBases.reduce((sum, base) => sum + base, 0),
        country.taxBasisPoints,
      )
    : 0;
  const taxes = allocate(tax, taxBases);

  return {
    lines: lines.map((line, index) => ({
      productId: line.productId,
      quantity: line.quantity,
      unitPrice: unitPrice(line, unitPrices),
      subtotal: subtotals[index]!,
      discount: discounts[index]!,
      tax: taxes[index]!,
      total: net[index]! + taxes[index]!,
    })),
    itemCount: lines.reduce((sum, line) => sum + line.quantity, 0),
    subtotal,
    discount: discountTotal,
    shipping,
    shippingTax: taxes.at(-1)!,
    tax,
    total: assertMinor(subtotal - discountTotal + shipping + tax),
  };
}

function unitPrice(line: CartLine, unitPrices: ReadonlyMap<string, Minor>): Minor {
  const price = unitPrices.get(line.productId);
  if (price === undefined) throw new RangeError(`no price for ${line.productId}`);
  return assertMinor(price);
}

function discountAmount(discount: Discount, subtotal: Minor): Minor {
  return discount.kind === 'percent' ? share(subtotal, discount.value) : Math.min(discount.value, subtotal);
}

function shippingFor(country: CountryRates, goods: Minor): Minor {
  return country.freeShippingFrom !== null && goods >= country.freeShippingFrom ? 0 : country.shippingAmount;
}
