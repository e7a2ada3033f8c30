import { type RefundOfLines, shareOfLines, type Units } from '@paydesk/contract/refund-shares';
import { findRefundLines, insertRefundLines, type RefundLineRow } from '../../db/desk.ts';
import { findLines, type OrderLineRow, type OrderRow } from '../../db/orders.ts';
import { findRefunds, type RefundRow } from '../../db/refunds.ts';
import type { Tx } from '../../db/schema.ts';
import type { Minor } from '../../domain/money.ts';
import { isActiveRefund } from '../../domain/refund.ts';
import { AppError } from '../errors.ts';

type Wanted = { lines?: readonly Units[] | undefined; shipping?: boolean | undefined };

/**
 * What these units of a locked order come to, in minor units.
 *
 * @throws AppError refund_lines_taken
 */
export async function amountOfLines(tx: Tx, order: OrderRow, wanted: Wanted): Promise<Minor> {
  const [lines, kept, refunds] = await Promise.all([
    findLines(tx, order.id),
    findRefundLines(tx, order.id),
    findRefunds(tx, order.id),
  ]);
  const amount = shareOfLines(priced(order, lines), named(wanted), refundedByLine(kept, refunds));
  // Lines that cost nothing are nothing to give back.
  if (amount === null || amount === 0) throw new AppError('refund_lines_taken');
  return amount;
}

/**
 * Keeps what a refund is for, so that no unit is refunded twice. Where the money came from several payments it has several
 * rows; the first of them stands for all.
 */
export async function keepLines(tx: Tx, orderId: string, wanted: Wanted, refundId: string): Promise<void> {
  const { lines, shipping } = named(wanted);
  const row = (productId: string | null, quantity: number): RefundLineRow => ({
    refund_id: refundId,
    order_id: orderId,
    product_id: productId,
    quantity,
  });
  await insertRefundLines(tx, [
    ...lines.map(({ productId, quantity }) => row(productId, quantity)),
    ...(shipping ? [row(null, 1)] : []),
  ]);
}

/** What was refunded by line; a refund that came to nothing gave nothing back. */
export function refundedByLine(kept: readonly RefundLineRow[], refunds: readonly RefundRow[]): RefundOfLines {
  const active = new Set(refunds.filter(({ status }) => isActiveRefund(status)).map(({ id }) => id));
  const counted = kept.filter(({ refund_id }) => active.has(refund_id));
  return {
    lines: counted.flatMap(({ product_id: productId, quantity }) =>
      productId === null ? [] : [{ productId, quantity }],
    ),
    shipping: counted.some(({ product_id }) => product_id === null),
  };
}

/** An order as the shares of its lines are computed. */
export function priced(order: OrderRow, lines: readonly OrderLineRow[]) {
  return {
    total: { amount: order.total },
    lines: lines.map((line) => ({
      productId: line.product_id,
      quantity: line.quantity,
      total: { amount: line.total },
    })),
  };
}

function named({ lines, shipping }: Wanted): RefundOfLines {
  return { lines: lines ?? [], shipping: shipping === true };
}
