import type { ShopConfig } from '@paydesk/contract/config';
import { useRouteLoaderData } from 'react-router';

/** The shop's settings, which the root route loads once. `undefined` only while the error page stands in for it. */
export function useOptionalShopConfig(): ShopConfig | undefined {
  return useRouteLoaderData<{ config: ShopConfig }>('root')?.config;
}

export function useShopConfig(): ShopConfig {
  const config = useOptionalShopConfig();
  if (!config) throw new Error('The shop configuration has not been loaded.');
  return config;
}

type Match = { id: string; loaderData?: unknown } | undefined;

/** The document's title: page, shop, and a warning in front where no real money moves. */
export function pageTitle(matches: readonly Match[], page?: string): string {
  const root = matches.find((match) => match?.id === 'root')?.loaderData as
    | { config: ShopConfig }
    | undefined;
  const shop = root?.config.shopName ?? 'Shop';
  const prefix = root?.config.sandbox ? '[Sandbox] ' : '';
  return prefix + (page ? `${page} · ${shop}` : shop);
}
