import type { NewOrders } from '@paydesk/contract/admin/orders';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { callApi } from '../../api/call.ts';

/** How often it is asked whether orders have come, in milliseconds. */
const interval = 15_000;

type NewOrdersBarProps = {
  /** The filters of the list, as the API takes them. */
  query: string;
  /** Where the list begins; null where it is empty. */
  top: string | null;
};

/** Says that there are newer orders than the list shows. They appear when somebody asks for them: no row moves by itself. */
export function NewOrdersBar({ query, top }: NewOrdersBarProps) {
  const news = useNewOrders(query, top);
  const [params] = useSearchParams();
  return (
    <div role="status" className="pointer-events-none sticky top-24 z-10 h-0 text-center lg:top-12">
      {news !== null && news.count > 0 && (
        <Link
          to={`?${params}`}
          preventScrollReset
          className="pointer-events-auto inline-flex min-h-11 items-center rounded-full bg-accent px-4 font-medium text-on-accent text-sm shadow-popover hover:bg-accent-hover lg:min-h-8"
        >
          {sentence(news)}
        </Link>
      )}
    </div>
  );
}

function sentence({ count, more }: NewOrders): string {
  if (count === 1 && !more) return '1 new order';
  return `${count}${more ? '+' : ''} new orders`;
}

/** Asks while somebody looks, and not in a tab that nobody sees. */
function useNewOrders(query: string, top: string | null): NewOrders | null {
  const [seen, setSeen] = useState<{ of: string; news: NewOrders } | null>(null);
  const of = `${query} ${top}`;
  useEffect(() => {
    const asking = new AbortController();
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      const than = top === null ? {} : { than: top };
      const search = new URLSearchParams([...new URLSearchParams(query), ...Object.entries(than)]);
      const news = await callApi<NewOrders>('GET', `/api/admin/orders/new?${search}`, {
        signal: asking.signal,
      }).catch(() => null);
      if (news !== null && !asking.signal.aborted) setSeen({ of: `${query} ${top}`, news });
    };
    const timer = setInterval(() => void ask(), interval);
    const look = () => void ask();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      asking.abort();
    };
  }, [query, top]);
  return seen?.of === of ? seen.news : null;
}
