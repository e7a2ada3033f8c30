import { timingSafeEqual } from 'node:crypto';
import { findOrder, type OrderRow } from '../db/orders.ts';
import { AppError } from './errors.ts';
import { sha256 } from './idempotency.ts';
import { isLinkToken } from './order-links.ts';
import type { App } from './ports.ts';

/** What a caller shows to be let in to an order: tokens, and the account they are signed in to. */
export type Caller = { tokens: readonly string[]; personId: string | null };

/**
 * The order, for somebody who holds its access token or owns it. An unknown order, a foreign one and a missing token are told alike.
 *
 * @throws AppError order_not_found
 */
export async function findOrderFor(app: App, orderId: string, caller: Caller): Promise<OrderRow> {
  return requireHolder(app, await findOrder(app.database.read, orderId), caller);
}

/**
 * The same order, for somebody who owns it or holds an access token: the one that was handed out with it, or one of a link in a mail.
 *
 * @throws AppError order_not_found
 */
export function requireHolder(
  app: Pick<App, 'linkSecret' | 'clock'>,
  order: OrderRow | undefined,
  { tokens, personId }: Caller,
): OrderRow {
  // Compared even when there is no order, so that both answers take the same time.
  const expected = Buffer.from(order?.token_hash ?? sha256(''));
  const held = tokens.some(
    (token) =>
      timingSafeEqual(Buffer.from(sha256(token)), expected) || isLinkToken(app, order?.id ?? '', token),
  );
  const owns = personId !== null && order?.person_id === personId;
  if (!order || !(held || owns)) throw new AppError('order_not_found');
  return order;
}
