import type { Order, PlacedOrder as PlacedOrderReply, PlaceOrderRequest } from '@paydesk/contract/orders';
import { ApiError, callApi } from '../api/call.ts';
import {
  fingerprintOf,
  forgetPlacedOrder,
  newKey,
  type PlacedOrder,
  readPlacedOrder,
  writePlacedOrder,
} from '../cart/placed-order.ts';

/** Thrown when there is nothing to pay here any more: the order's own page knows the rest. */
export class OrderTakenElsewhere extends Error {
  readonly orderId: string;

  constructor(orderId: string) {
    super('This order is paid or being paid.');
    this.orderId = orderId;
  }
}

/**
 * Places the order, or finds the one that this very request placed before: after a reload, from a second tab, after a
 * lost answer. A changed request gives up the earlier order first, so that it does not keep the items from the new one.
 * Throws `ApiError` and `OrderTakenElsewhere`.
 */
export async function placeOrder(body: PlaceOrderRequest): Promise<Order> {
  const fingerprint = fingerprintOf(body);
  const earlier = readPlacedOrder();
  if (earlier && earlier.fingerprint !== fingerprint) await giveUp(earlier);
  const known = earlier?.fingerprint === fingerprint ? earlier : null;
  if (known?.orderId) {
    const order = await findOrder(known.orderId);
    if (order?.payable) return order;
    if (order && !isOver(order)) throw new OrderTakenElsewhere(order.id);
  }
  const resend = known && !known.orderId;
  return send(body, resend ? known : { key: newKey(), fingerprint, items: body.items });
}

/** Cancels an unpaid order of this browser and forgets it. Throws `OrderTakenElsewhere` when it cannot be canceled. */
export async function giveUp(placed: PlacedOrder): Promise<void> {
  if (placed.orderId) {
    try {
      await callApi('POST', `/api/orders/${placed.orderId}/cancel`, { body: {} });
    } catch (error) {
      const order = await findOrder(placed.orderId);
      if (order && !isOver(order) && !(error instanceof ApiError && error.status === 404)) {
        throw new OrderTakenElsewhere(placed.orderId);
      }
    }
  }
  forgetPlacedOrder(placed.orderId);
}

async function send(body: PlaceOrderRequest, placed: PlacedOrder): Promise<Order> {
  writePlacedOrder(placed);
  try {
    const { order } = await callApi<PlacedOrderReply>('POST', '/api/orders', {
      body,
      idempotencyKey: placed.key,
    });
    writePlacedOrder({
      ...placed,
      orderId: order.id,
      ...(order.expiresAt ? { heldUntil: order.expiresAt } : {}),
    });
    return order;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // The shop refused: there is no order behind this key. Without an answer there may be one, so the key stays.
    const refused = error.status >= 400 && error.status < 500 && error.code !== 'idempotency_key_in_use';
    if (refused) forgetPlacedOrder();
    if (error.code !== 'idempotency_key_reused') throw error;
    return send(body, { ...placed, key: newKey() });
  }
}

async function findOrder(id: string): Promise<Order | null> {
  try {
    return (await callApi<{ order: Order }>('GET', `/api/orders/${id}`)).order;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

function isOver(order: Order): boolean {
  return order.status === 'canceled' || order.status === 'expired';
}
