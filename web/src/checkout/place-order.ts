import type { Order, PlacedOrder as PlacedOrderReply, PlaceOrderRequest } from '@paydesk/contract/orders';
import { ApiError, callApi } from '../api/call.ts';
import {
  fingerprintOf,
  forgetPlacedOrder,
  type PlacedOrder,
  readPlacedOrder,
  writePlacedOrder,
} from '../cart/placed-order.ts';
import { endsCart } from '../order/order-state.ts';

/** Thrown when there is nothing to pay here any more: the order's own page knows the rest. */
export class OrderTakenElsewhere extends Error {
  readonly orderId: string;

  constructor(orderId: string) {
    super('This order is paid or being paid.');
    this.orderId = orderId;
  }
}

export type OrderKey = { get: () => string; renew: () => string };

/**
 * Places the order, or finds the one that this very request placed before. The Idempotency-Key is made of the cart's
 * random key and a digest of the request, so a reload, a second tab and a repeated press send the same one and get the
 * same order. A changed request gives up the earlier order first, so that it does not keep the items from the new one.
 * Throws `ApiError` and `OrderTakenElsewhere`.
 */
export function placeOrder(body: PlaceOrderRequest, orderKey: OrderKey): Promise<Order> {
  return inTurn(async () => {
    const fingerprint = fingerprintOf(body);
    const earlier = readPlacedOrder();
    if (earlier && earlier.fingerprint !== fingerprint) await replace(earlier);
    if (earlier?.fingerprint === fingerprint) {
      const order = await findOrder(earlier.orderId);
      if (order?.payable && !endsCart(order)) return order;
      if (order && !isOver(order)) throw new OrderTakenElsewhere(order.id);
      orderAfresh(orderKey);
    }
    return send(body, fingerprint, orderKey);
  });
}

/** An order that has taken a part of its money, or waits for a transfer, could be cancelled; no changed cart may do that. */
async function replace(earlier: PlacedOrder): Promise<void> {
  const order = await findOrder(earlier.orderId);
  if (order && endsCart(order)) throw new OrderTakenElsewhere(order.id);
  await cancel(earlier);
}

/** Cancels the unpaid order of this cart, if there is one, so that the cart can be ordered afresh. */
export async function giveUpOrder(orderKey: OrderKey): Promise<void> {
  const placed = readPlacedOrder();
  if (placed) await cancel(placed);
  orderAfresh(orderKey);
}

/** From now on the same cart makes a new order. */
export function orderAfresh(orderKey: OrderKey): void {
  forgetPlacedOrder();
  orderKey.renew();
}

async function send(body: PlaceOrderRequest, fingerprint: string, orderKey: OrderKey): Promise<Order> {
  try {
    const idempotencyKey = `${orderKey.get()}.${fingerprint}`;
    const { order } = await callApi<PlacedOrderReply>('POST', '/api/orders', { body, idempotencyKey });
    writePlacedOrder({ orderId: order.id, fingerprint, heldUntil: order.expiresAt, items: body.items });
    return order;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'idempotency_key_reused') throw error;
    // Two requests with the same digest: as good as impossible, and a new key settles it.
    orderKey.renew();
    return send(body, fingerprint, orderKey);
  }
}

async function cancel(placed: PlacedOrder): Promise<void> {
  try {
    await callApi('POST', `/api/orders/${placed.orderId}/cancel`, { body: {} });
  } catch (error) {
    const order = await findOrder(placed.orderId);
    if (order && !isOver(order) && !(error instanceof ApiError && error.status === 404)) {
      throw new OrderTakenElsewhere(placed.orderId);
    }
  }
  forgetPlacedOrder(placed.orderId);
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

/** One tab after the other, where the browser can: one must not cancel what the other is just placing. */
function inTurn(work: () => Promise<Order>): Promise<Order> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request('paydesk.place-order', work);
}
