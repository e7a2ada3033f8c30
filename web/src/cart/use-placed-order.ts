import type { Order } from '@paydesk/contract/orders';
import { useEffect, useState } from 'react';
import { ApiError, callApi } from '../api/call.ts';
import { endsCart } from '../order/order-state.ts';
import { forgetPlacedOrder, readPlacedOrder } from './placed-order.ts';
import { useShopCart } from './shop-cart.tsx';

/**
 * The order that this browser placed and has not seen paid, as it stands now: somebody may have closed the page while
 * it was being paid. If it was, its cart has done its work and is emptied here.
 */
export function usePlacedOrder(): Order | null {
  const cart = useShopCart();
  const [order, setOrder] = useState<Order | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per page, when the cart has been read.
  useEffect(() => {
    const id = readPlacedOrder()?.orderId;
    if (!cart.ready || !id) return;
    const stop = new AbortController();
    findOrder(id, stop.signal).then((found) => {
      if (stop.signal.aborted) return;
      if (found?.payable && !endsCart(found)) return setOrder(found);
      forgetPlacedOrder(id);
      if (!found || !endsCart(found)) return void cart.orderKey.renew();
      cart.empty();
      setOrder(found);
    }, ignore);
    return () => stop.abort();
  }, [cart.ready]);
  return order;
}

async function findOrder(id: string, signal: AbortSignal): Promise<Order | null> {
  try {
    return (await callApi<{ order: Order }>('GET', `/api/orders/${id}`, { signal })).order;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** Without an answer the cart stays as it is. */
function ignore(): void {}
