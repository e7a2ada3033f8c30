import type { QuoteLine } from '@paydesk/contract/quote';
import { useEffect, useState } from 'react';
import { heldUnits } from './placed-order.ts';
import { useShopCart } from './shop-cart.tsx';
import { type QuoteState, useQuote } from './use-quote.ts';

export type CartQuote = QuoteState & {
  /** Per product: what the shop had to change, in words. */
  notices: Record<string, string>;
  /** Something in the cart cannot be ordered and must go first. */
  blocked: boolean;
};

export type QuoteDetails = { country?: string | undefined; email?: string | undefined };

/** The quote for this browser's cart. Where the stock does not suffice it lowers the quantity and says so. */
export function useCartQuote({ country, email }: QuoteDetails = {}): CartQuote {
  const cart = useShopCart();
  const request =
    cart.ready && cart.items.length > 0
      ? {
          items: cart.items.map(({ id, quantity }) => ({ productId: id, quantity })),
          ...(cart.discountCode ? { discountCode: cart.discountCode } : {}),
          ...(country ? { country } : {}),
          ...(email ? { email } : {}),
        }
      : null;
  const state = useQuote(request);
  const notices = useStockNotices(state);
  const lines = state.quote?.lines ?? [];
  return { ...state, notices, blocked: lines.some((line) => availableUnits(line) === 0) };
}

/** Units this browser can order: what is free, and what is already held for its own unpaid order. */
export function availableUnits(line: QuoteLine): number {
  return line.available + heldUnits(line.productId);
}

function useStockNotices({ quote, pending, error }: QuoteState): Record<string, string> {
  const cart = useShopCart();
  const [notices, setNotices] = useState<Record<string, string>>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new answer of the shop may change the cart.
  useEffect(() => {
    if (!quote || pending) return;
    for (const line of quote.lines) {
      const available = availableUnits(line);
      if (available >= line.quantity || available === 0) continue;
      cart.setQuantity(line.productId, available);
      const notice = `Only ${available} left. We changed your quantity from ${line.quantity} to ${available}.`;
      setNotices((before) => ({ ...before, [line.productId]: notice }));
    }
  }, [quote, pending]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new answer of the shop may change the cart.
  useEffect(() => {
    if (error?.code !== 'product_not_found') return;
    const { productIds = [] } = (error.details ?? {}) as { productIds?: string[] };
    for (const id of productIds) {
      const name = cart.items.find((item) => item.id === id)?.name ?? 'A product';
      cart.remove(id);
      setNotices((before) => ({ ...before, [id]: `${name} is no longer sold. We removed it.` }));
    }
  }, [error]);
  return notices;
}
