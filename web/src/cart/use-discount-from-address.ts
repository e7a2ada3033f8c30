import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { useShopCart } from './shop-cart.tsx';

/** `?code=` in the address brings a discount code along. */
export function useDiscountFromAddress(): void {
  const cart = useShopCart();
  const [params] = useSearchParams();
  const code = params.get('code');
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the cart has been read.
  useEffect(() => {
    if (cart.ready && code) cart.setDiscountCode(code.slice(0, 40));
  }, [cart.ready]);
}
