/** What an order costs: discounts come off first, taxes are of what is left, shipping comes on top. Minor units. */
import { percentOf, percentWithin, spread } from '../catalogue/amounts.ts';
import type { AppliedDiscount, CheckoutSession, LineItem, LineItemTax, TaxRate } from '../objects.ts';
import type { Turn } from '../world.ts';
import { type Line, subtotalOf } from './line-items.ts';

type PricedLine = Pick<Line, 'price' | 'product' | 'quantity' | 'taxRates'>;

export interface LineTotals {
  subtotal: number;
  discount: number;
  taxes: LineItemTax[];
  tax: number;
  total: number;
}

export interface Totals {
  lines: LineTotals[];
  subtotal: number;
  discount: number;
  tax: number;
  shipping: number;
  total: number;
}

/**
 * An item's subtotal is its price as it is written, so taxes that the price contains are in it. That Stripe counts the
 * same way, and that a percentage is taken of the whole order and then spread, is not verified.
 * @param shipping null when nothing is shipped
 */
export function computeTotals(
  lines: readonly PricedLine[],
  discount: AppliedDiscount | null,
  shipping: number | null,
): Totals {
  const subtotals = lines.map(subtotalOf);
  const discounts = spreadDiscount(lines, subtotals, discount);
  const computed = lines.map(({ taxRates }, index): LineTotals => {
    const subtotal = subtotals[index]!;
    const off = discounts[index]!;
    const { taxes, onTop } = taxesOf(subtotal - off, taxRates);
    return { subtotal, discount: off, taxes, tax: sum(taxes), total: subtotal - off + onTop };
  });
  return {
    lines: computed,
    subtotal: computed.reduce((total, line) => total + line.subtotal, 0),
    discount: computed.reduce((total, line) => total + line.discount, 0),
    tax: computed.reduce((total, line) => total + line.tax, 0),
    shipping: shipping ?? 0,
    total: computed.reduce((total, line) => total + line.total, 0) + (shipping ?? 0),
  };
}

/** Computes an open session anew and writes every amount into it and its items. */
export function reprice(turn: Turn, session: CheckoutSession): void {
  const { store } = turn.world;
  const secret = store.session_secrets.get(session.id)!;
  const applied = secret.discount ?? null;
  const parts = secret.items.map(({ id }) => store.line_item_parts.get(id));
  const totals = computeTotals(
    linesOf(turn, secret.items),
    applied,
    session.shipping_cost?.amount_total ?? null,
  );
  secret.items.forEach((item, index) => {
    const line = totals.lines[index]!;
    item.amount_subtotal = line.subtotal;
    item.amount_discount = line.discount;
    item.amount_tax = line.tax;
    item.amount_total = line.total;
    if (parts[index] === undefined && line.discount === 0) return;
    store.line_item_parts.put({
      id: item.id,
      taxRates: parts[index]?.taxRates ?? [],
      taxes: line.taxes,
      discounts: line.discount === 0 ? [] : [{ amount: line.discount, discount: applied!.discount }],
    });
  });
  session.amount_subtotal = totals.subtotal;
  session.amount_total = totals.total;
  session.total_details = {
    amount_discount: totals.discount,
    amount_shipping: totals.shipping,
    amount_tax: totals.tax,
  };
  store.session_secrets.put(secret);
}

/** Items that are there, as they are computed. */
export function linesOf({ world: { store } }: Turn, items: readonly LineItem[]): PricedLine[] {
  return items.map(({ id, price, quantity }) => ({
    price,
    product: price.product,
    quantity: quantity!,
    taxRates: (store.line_item_parts.get(id)?.taxRates ?? []).map((rate) => store.tax_rates.get(rate)!),
  }));
}

function spreadDiscount(
  lines: readonly PricedLine[],
  subtotals: readonly number[],
  discount: AppliedDiscount | null,
): number[] {
  if (discount === null) return subtotals.map(() => 0);
  const { products, percentOff, amountOff } = discount;
  const weights = lines.map(({ product }, index) =>
    products === null || products.includes(product ?? '') ? subtotals[index]! : 0,
  );
  const eligible = weights.reduce((total, weight) => total + weight, 0);
  const off = percentOff !== null ? percentOf(eligible, percentOff) : Math.min(amountOff!, eligible);
  return spread(off, weights);
}

/** Taxes the amount contains are taken out of it; the others are of what remains, and come on top. */
function taxesOf(amount: number, rates: readonly TaxRate[]): { taxes: LineItemTax[]; onTop: number } {
  const contained = rates.filter(({ inclusive }) => inclusive);
  // Percentages have at most 12 decimals here; their sum is rounded to as many.
  const percent = Number(contained.reduce((total, { percentage }) => total + percentage, 0).toFixed(12));
  const within = contained.map((rate) => percentWithin(amount, rate.percentage, percent));
  const net = amount - within.reduce((total, part) => total + part, 0);
  const taxes = rates.map(
    (rate): LineItemTax => ({
      amount: rate.inclusive ? within[contained.indexOf(rate)]! : percentOf(net, rate.percentage),
      rate,
      taxability_reason: null,
      taxable_amount: net,
    }),
  );
  return { taxes, onTop: sum(taxes.filter(({ rate }) => !rate.inclusive)) };
}

function sum(taxes: readonly LineItemTax[]): number {
  return taxes.reduce((total, { amount }) => total + amount, 0);
}
