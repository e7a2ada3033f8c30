import type { CartItem } from '@paydesk/contract/quote';
import { changeOrder, findLines, type OrderLineRow, type OrderRow } from '../db/orders.ts';
import type { Tx } from '../db/schema.ts';
import { returnUnits } from '../db/stock-returns.ts';
import { AppError } from './errors.ts';

/** `true`: every unit that was sold and is not back yet. */
export type Restock = boolean | readonly CartItem[];

/**
 * Puts sold units of a locked order back on the shelf. Returns the order as it is then.
 *
 * @throws AppError restock_too_many
 */
export async function restock(
  tx: Tx,
  order: OrderRow,
  wanted: Restock,
  { at, by }: { at: number; by: string },
): Promise<OrderRow> {
  const lines = await findLines(tx, order.id);
  const units = wanted === true ? allOf(order, lines) : wanted === false ? [] : checked(order, lines, wanted);
  if (units.length === 0) return order;
  await returnUnits(tx, order.id, units);
  const count = units.reduce((sum, { quantity }) => sum + quantity, 0);
  const message = `${count} ${count === 1 ? 'item' : 'items'} came back to the shop.`;
  return await changeOrder(tx, order, {}, { at, type: 'order.restocked', message, actor: 'operator', by });
}

/** What an order has taken off the shelf and not brought back; nothing while it only holds it. */
export function leftOf(order: OrderRow, line: OrderLineRow): number {
  return order.hold === 'sold' ? line.quantity - line.returned : 0;
}

function allOf(order: OrderRow, lines: readonly OrderLineRow[]): CartItem[] {
  return lines
    .map((line) => ({ productId: line.product_id, quantity: leftOf(order, line) }))
    .filter(({ quantity }) => quantity > 0);
}

function checked(order: OrderRow, lines: readonly OrderLineRow[], wanted: readonly CartItem[]): CartItem[] {
  const sums = new Map<string, number>();
  for (const { productId, quantity } of wanted) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  const units = [...sums].map(([productId, quantity]) => ({ productId, quantity }));
  const tooMany = units.filter(({ productId, quantity }) => {
    const line = lines.find((one) => one.product_id === productId);
    return quantity > (line ? leftOf(order, line) : 0);
  });
  if (tooMany.length > 0) throw new AppError('restock_too_many', { details: { items: tooMany } });
  return units;
}
