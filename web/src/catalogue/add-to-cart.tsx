import type { Product } from '@paydesk/contract/catalogue';
import { maxQuantity, type Quote } from '@paydesk/contract/quote';
import { useState } from 'react';
import { ApiError, callApi } from '../api/call.ts';
import { useShopCart } from '../cart/shop-cart.tsx';
import { availableUnits } from '../cart/use-cart-quote.ts';
import { Button } from '../parts/button.tsx';

export type Adding = { busy: boolean; problem: string | null; add: () => void };

/** Asks the shop whether it has as many before it changes the cart, then opens the drawer. */
export function useAddToCart(product: Product, quantity: number): Adding {
  const cart = useShopCart();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function add() {
    if (busy) return;
    setBusy(true);
    const inCart = cart.items.find((item) => item.id === product.id)?.quantity ?? 0;
    const found = await stockProblem(product.id, quantity, inCart);
    setBusy(false);
    setProblem(found);
    if (found) return;
    cart.add(product, quantity);
    cart.drawer.show();
  }
  return { busy, problem, add };
}

export function AddToCart({ adding, className }: { adding: Adding; className?: string }) {
  return (
    <>
      <Button
        className={`print-hidden min-h-11.5 ${className ?? ''}`}
        aria-disabled={adding.busy}
        onClick={adding.add}
      >
        {/* Both labels keep the width, one of them is seen. */}
        <span className="grid">
          <span className={`col-start-1 row-start-1 ${adding.busy ? 'invisible' : ''}`}>Add to cart</span>
          <span className={`col-start-1 row-start-1 ${adding.busy ? '' : 'invisible'}`}>Adding…</span>
        </span>
      </Button>
      <noscript>
        <p className="text-sm">The cart needs JavaScript. Please switch it on to order.</p>
      </noscript>
    </>
  );
}

async function stockProblem(productId: string, quantity: number, inCart: number): Promise<string | null> {
  const wanted = quantity + inCart;
  if (wanted > maxQuantity) return `One order can hold ${maxQuantity} of a product.`;
  try {
    const quote = await callApi<Quote>('POST', '/api/quote', {
      body: { items: [{ productId, quantity: wanted }] },
    });
    const available = availableUnits(quote.lines[0]!);
    if (available >= wanted) return null;
    if (available === 0) return 'This has just been sold out.';
    return inCart > 0
      ? `Only ${available} left, and ${inCart} of them are in your cart already.`
      : `Only ${available} left.`;
  } catch (error) {
    return error instanceof ApiError ? error.message : 'The cart could not be changed. Try again.';
  }
}
