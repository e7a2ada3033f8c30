/**
 * What some units of an order cost, to the smallest coin. Shop and back office compute it by the same rules, so that what a
 * dialog says is what is refunded.
 */

type Line = { productId: string; quantity: number; total: { amount: number } };
type Priced = { lines: readonly Line[]; total: { amount: number } };

/** Units of one product. */
export type Units = { productId: string; quantity: number };

/** What a refund is for: units of lines, and whether the shipping is part of it. */
export type RefundOfLines = { lines: readonly Units[]; shipping: boolean };

/**
 * What units of a line cost, tax and discount included. The share is rounded down but for the last units, which take what is
 * left: however a line is refunded piece by piece, its pieces sum to its total.
 *
 * @param before units that were refunded already
 */
export function shareOfLine(line: Line, quantity: number, before: number): number {
  return upTo(line, before + quantity) - upTo(line, before);
}

function upTo({ total, quantity }: Line, units: number): number {
  return units >= quantity ? total.amount : Math.floor((total.amount * units) / quantity);
}

/** What the order cost beside its lines: shipping with its tax. */
export function shippingShare({ total, lines }: Priced): number {
  return total.amount - lines.reduce((sum, line) => sum + line.total.amount, 0);
}

/** How many units of each line, and whether the shipping, can still be refunded by line. */
export function refundableUnits(order: Priced, before: RefundOfLines): RefundOfLines {
  return {
    lines: order.lines.map(({ productId, quantity }) => ({
      productId,
      quantity: Math.max(0, quantity - unitsOf(before, productId)),
    })),
    shipping: !before.shipping && shippingShare(order) > 0,
  };
}

/**
 * What a refund of these units comes to, in minor units; null where some of them are not the order's or were refunded before.
 *
 * @param before what was refunded by line already
 */
export function shareOfLines(order: Priced, wanted: RefundOfLines, before: RefundOfLines): number | null {
  const left = refundableUnits(order, before);
  if (wanted.shipping && !left.shipping) return null;
  let sum = wanted.shipping ? shippingShare(order) : 0;
  for (const productId of new Set(wanted.lines.map((units) => units.productId))) {
    const quantity = unitsOf(wanted, productId);
    const line = order.lines.find((one) => one.productId === productId);
    if (!line || quantity > unitsOf(left, productId)) return null;
    sum += shareOfLine(line, quantity, unitsOf(before, productId));
  }
  return sum;
}

/** Units of one product, also where they are named several times. */
export function unitsOf({ lines }: Pick<RefundOfLines, 'lines'>, productId: string): number {
  return lines
    .filter((units) => units.productId === productId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}
