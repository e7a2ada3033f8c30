import { maxStock } from '@paydesk/contract/admin/product-limits';
import type { StockReply, StockRequest } from '@paydesk/contract/admin/products';
import { findProduct, lockProduct, updateOnHand } from '../../db/catalogue.ts';
import { findMovement, insertMovement, type StockMovementRow } from '../../db/catalogue-records.ts';
import type { ProductRow } from '../../db/products.ts';
import type { Tx } from '../../db/schema.ts';
import { AppError } from '../errors.ts';
import { claim, requestKey } from '../idempotency.ts';
import type { App } from '../ports.ts';
import { presentMovement, presentProduct } from './present-product.ts';

type Moved = { row: ProductRow; movement: StockMovementRow | null };

/**
 * Adds units, takes some away, or writes down how many were counted. Under the lock that purchases take too, so nothing
 * that an order holds is ever taken from it.
 *
 * @throws AppError product_not_found, stock_changed, stock_reserved, stock_too_large, idempotency_key_reused
 */
export async function moveStock(
  app: App,
  productId: string,
  wanted: StockRequest,
  { by, key }: { by: string; key: string | undefined },
): Promise<StockReply> {
  const claimed = requestKey(`stock ${productId}`, key, wanted);
  const id = app.ids.next('mov');
  const { row, movement } = await app.database.transaction(async (tx): Promise<Moved> => {
    const known = claimed && (await claim(tx, claimed, app.clock.now(), { status: 200, reply: id }));
    if (known?.state === 'done') return await earlier(tx, productId, known.reply);
    const locked = await lockProduct(tx, productId);
    if (!locked) throw new AppError('product_not_found');
    const onHand = onHandAfter(locked, wanted);
    if (onHand === locked.on_hand) return { row: locked, movement: null };
    const made = movementOf(app, locked, onHand, { id, by, reason: wanted.reason });
    await insertMovement(tx, made);
    return { row: await updateOnHand(tx, locked, onHand), movement: made };
  });
  return { product: presentProduct(app, row), movement: movement && presentMovement(movement) };
}

async function earlier(tx: Tx, productId: string, movementId: string): Promise<Moved> {
  const [row, movement] = await Promise.all([
    findProduct(tx, productId),
    findMovement(tx, productId, movementId),
  ]);
  if (!row) throw new AppError('product_not_found');
  return { row, movement: movement ?? null };
}

function onHandAfter(product: ProductRow, wanted: StockRequest): number {
  if ('set' in wanted && wanted.expected !== product.on_hand)
    throw new AppError('stock_changed', { details: { onHand: product.on_hand } });
  const onHand = 'set' in wanted ? wanted.set : product.on_hand + wanted.change;
  requireStock(product, onHand);
  return onHand;
}

/** What orders hold stays, and nothing is more than a slip of the keyboard would make it. */
function requireStock(product: ProductRow, onHand: number): void {
  const { reserved, on_hand: units } = product;
  if (onHand < reserved)
    throw new AppError('stock_reserved', {
      details: { reserved, onHand: units },
      ...(reserved === 0 && { message: `There are no more than ${units} units to take away.` }),
    });
  if (onHand > maxStock) throw new AppError('stock_too_large');
}

export function movementOf(
  app: Pick<App, 'clock'>,
  product: ProductRow,
  onHand: number,
  { id, by, reason }: { id: string; by: string; reason: string },
): StockMovementRow {
  return {
    product_id: product.id,
    id,
    at: app.clock.now(),
    by_name: by,
    reason,
    on_hand_before: product.on_hand,
    on_hand_after: onHand,
    reserved: product.reserved,
  };
}

/** The units that a new product came with. */
export async function firstMovement(
  app: Pick<App, 'clock' | 'ids'>,
  tx: Tx,
  product: ProductRow,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  if (product.on_hand === 0) return;
  const empty = { ...product, on_hand: 0 };
  await insertMovement(tx, movementOf(app, empty, product.on_hand, { id: app.ids.next('mov'), by, reason }));
}
