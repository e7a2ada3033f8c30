import { createContext, RouterContextProvider } from 'react-router';

/** What the shop's server hands to the pages with every request. */
export type ShopContext = {
  /** Reaches the shop's HTTP API in process, with the visitor's cookies already forwarded. */
  api: (path: string, init?: RequestInit) => Promise<Response>;
  /** The one that the Content-Security-Policy of this answer allows. */
  nonce: string;
  /** Where errors of rendering go; the console when it is left out. */
  reportError?: (error: unknown) => void;
};

export const shopContext = createContext<ShopContext>();

/** The load context that React Router's request handler wants as its second argument. */
export function pageContext(shop: ShopContext): RouterContextProvider {
  const context = new RouterContextProvider();
  context.set(shopContext, shop);
  return context;
}
