import type { CartLine } from '../domain/pricing.ts';
import type { Tx } from './schema.ts';

/**
 * Puts units of an order back on the shelf. The caller holds the order's lock and has checked that the order has taken as
 * many; each product may be named once. Products are locked in id order, like everywhere.
 */
export async function returnUnits(tx: Tx, orderId: string, units: readonly CartLine[]): Promise<void> {
  if (units.length === 0) return;
  const ids = units.map(({ productId }) => productId);
  await tx.selectFrom('products').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  for (const { productId, quantity } of units) {
    await tx
      .updateTable('products')
      .set((e) => ({ on_hand: e('on_hand', '+', quantity) }))
      .where('id', '=', productId)
      .execute();
    await tx
      .updateTable('order_lines')
      .set((e) => ({ returned: e('returned', '+', quantity) }))
      .where('order_id', '=', orderId)
      .where('product_id', '=', productId)
      .execute();
  }
}
