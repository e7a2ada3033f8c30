import { type ReactNode, useEffect, useState } from 'react';
import { useParams, useRevalidator } from 'react-router';
import { Skeleton } from '../parts/skeleton.tsx';
import { useOptionalShopConfig } from '../shop-config.ts';
import { openOrder, readLinkToken } from './order-link.ts';

/**
 * Stands where a browser may not see an order. It may have come by a link of a mail, which the server cannot know, so
 * nothing is refused before the page has looked; without such a link, or with one that is too old, it is.
 */
export function OrderFromMail({ refusal }: { refusal: ReactNode }) {
  const { id = '' } = useParams();
  const { revalidate } = useRevalidator();
  const config = useOptionalShopConfig();
  const [refused, setRefused] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a link is used once.
  useEffect(() => {
    const token = readLinkToken();
    if (token === null) return setRefused(true);
    openOrder(id, token)
      .then(() => revalidate())
      .catch(() => setRefused(true));
  }, []);
  if (refused) return refusal;
  return (
    <>
      <title>{`${config?.sandbox ? '[Sandbox] ' : ''}Order · ${config?.shopName ?? 'Shop'}`}</title>
      <div className="mx-auto max-w-4xl space-y-4" role="status">
        <p className="sr-only">Opening the order…</p>
        <Skeleton className="size-12" />
        <Skeleton className="h-10 w-80 max-w-full" />
        <Skeleton className="h-6 w-64 max-w-full" />
      </div>
      <noscript>{refusal}</noscript>
    </>
  );
}
