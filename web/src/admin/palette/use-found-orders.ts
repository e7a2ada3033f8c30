import type { OrderList, OrderListRow } from '@paydesk/contract/admin/orders';
import { useEffect, useState } from 'react';
import { callApi } from '../../api/call.ts';

/** Shorter texts name no order. */
const shortest = 4;
/** How long typing has to rest before the shop is asked, in milliseconds. */
const rest = 150;
const most = 5;

/** Orders that this text names: a number, an e-mail address, an id. None while it is not known yet, or where the shop cannot be asked. */
export function useFoundOrders(text: string): readonly OrderListRow[] {
  const wanted = text.trim().slice(0, 254);
  const [found, setFound] = useState<{ of: string; orders: readonly OrderListRow[] }>({ of: '', orders: [] });
  useEffect(() => {
    if (wanted.length < shortest) return;
    const asking = new AbortController();
    const ask = async () => {
      const path = `/api/admin/orders?${new URLSearchParams({ q: wanted })}`;
      const list = await callApi<OrderList>('GET', path, { signal: asking.signal }).catch(() => null);
      if (list && !asking.signal.aborted) setFound({ of: wanted, orders: list.orders.slice(0, most) });
    };
    const timer = setTimeout(() => void ask(), rest);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [wanted]);
  return found.of === wanted ? found.orders : [];
}
