import { findOrder, findOrderByNumber, type OrderRow } from '../db/orders.ts';
import { AppError } from './errors.ts';
import type { App } from './ports.ts';

/** An order's number as people write it: 7K3M-92QX, #7k3m92qx, 7K3M 92QX. */
const number = /^#?\s*([0-9A-Z]{4})[-\s]?([0-9A-Z]{4})$/;
/** Letters that numbers do not have, and what somebody who writes one means. */
const misread: Record<string, string> = { O: '0', I: '1', L: '1' };

/** The number that somebody means, as it is stored; null for what is none. */
export function readOrderNumber(text: string): string | null {
  const parts = number.exec(text.toUpperCase().replace(/[OIL]/g, (letter) => misread[letter]!));
  return parts && `${parts[1]}-${parts[2]}`;
}

/**
 * The order that an operator names, by its id or by its number.
 *
 * @throws AppError order_not_found
 */
export async function findNamedOrder(app: App, name: string): Promise<OrderRow> {
  const { read } = app.database;
  const number = readOrderNumber(name);
  const order =
    (await findOrder(read, name)) ?? (number === null ? undefined : await findOrderByNumber(read, number));
  if (!order) throw new AppError('order_not_found');
  return order;
}
