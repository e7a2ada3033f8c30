import type { Product } from '@paydesk/contract/catalogue';
import { maxQuantity, type PricedLine } from '@paydesk/contract/quote';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { CartProvider, useCart } from 'react-use-cart';
import {
  type CartItem,
  type CartMetadata,
  readCart,
  type SavedCart,
  startSavingCart,
  useCartStorage,
  watchCart,
} from './cart-storage.ts';
import { newKey } from './placed-order.ts';

export type ShopCart = {
  /** False until the stored cart has been read: show neither a full nor an empty cart before. */
  ready: boolean;
  items: CartItem[];
  count: number;
  discountCode: string | undefined;
  add: (product: Product, quantity: number) => void;
  /** Adds what an earlier order had. */
  addLine: (line: PricedLine) => void;
  /** Puts a removed line back to its place. */
  restore: (item: CartItem, index: number) => void;
  setQuantity: (id: string, quantity: number) => void;
  remove: (id: string) => void;
  empty: () => void;
  setDiscountCode: (code: string | undefined) => void;
  /** Makes the order of this cart one order, whichever tab sends it; a new one when the cart is to be ordered afresh. */
  orderKey: { get: () => string; renew: () => string };
  /** What was added last, while the drawer shows it. */
  drawer: { open: boolean; show: () => void; hide: () => void };
};

const ShopCartContext = createContext<ShopCart | null>(null);

export function useShopCart(): ShopCart {
  const cart = useContext(ShopCartContext);
  if (!cart) throw new Error('useShopCart needs a ShopCartProvider above it.');
  return cart;
}

export function ShopCartProvider({ children }: { children: ReactNode }) {
  return (
    <CartProvider id="paydesk" storage={useCartStorage}>
      <CartKeeper>{children}</CartKeeper>
    </CartProvider>
  );
}

function CartKeeper({ children }: { children: ReactNode }) {
  const cart = useCart();
  const ready = useStoredCart(cart);
  const [open, setOpen] = useState(false);
  const items = cart.items as unknown as CartItem[];
  const { discountCode } = (cart.metadata ?? {}) as CartMetadata;
  const orderKey = useOrderKey(cart);

  // biome-ignore lint/correctness/useExhaustiveDependencies: react-use-cart makes its functions anew for every change of the cart.
  const value = useMemo<ShopCart>(
    () => ({
      ready,
      items,
      count: cart.totalItems,
      discountCode,
      add: (product, quantity) => {
        orderKey.get();
        cart.addItem(toItem(product), quantity);
      },
      addLine: ({ productId, name, slug, unitPrice, quantity }) => {
        orderKey.get();
        cart.addItem({ id: productId, name, slug, price: unitPrice.amount }, quantity);
      },
      restore: (item, index) => cart.setItems(items.toSpliced(index, 0, item)),
      setQuantity: (id, quantity) => {
        if (cart.inCart(id)) cart.updateItemQuantity(id, Math.min(Math.max(quantity, 1), maxQuantity));
      },
      remove: (id) => cart.removeItem(id),
      empty: () => cart.emptyCart(),
      setDiscountCode: (code) => cart.updateCartMetadata({ discountCode: code }),
      orderKey,
      drawer: { open, show: () => setOpen(true), hide: () => setOpen(false) },
    }),
    [ready, cart.items, cart.totalItems, discountCode, open],
  );
  return <ShopCartContext value={value}>{children}</ShopCartContext>;
}

/** Made when something is added, long before it is sent: two tabs that press Pay at once must have the same. */
function useOrderKey(cart: ReturnType<typeof useCart>): ShopCart['orderKey'] {
  const stored = (cart.metadata as CartMetadata | undefined)?.orderKey;
  const current = useRef(stored);
  current.current = stored;
  function renew(): string {
    const key = newKey();
    current.current = key;
    cart.updateCartMetadata({ orderKey: key });
    return key;
  }
  return { get: () => current.current ?? renew(), renew };
}

/** Puts the stored cart in after hydration and follows the other tabs. Returns whether that has happened. */
function useStoredCart(cart: ReturnType<typeof useCart>): boolean {
  const [ready, setReady] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per page; these two functions only dispatch.
  useEffect(() => {
    function put(saved: SavedCart) {
      cart.setItems(saved.items);
      cart.setCartMetadata(saved.metadata);
    }
    put(readCart());
    setReady(true);
    return watchCart(put);
  }, []);
  useEffect(() => {
    if (ready) startSavingCart();
  }, [ready]);
  return ready;
}

function toItem(product: Product): CartItem {
  const { id, name, slug, price } = product;
  return { id, name, slug, price: price.amount, quantity: 1 };
}
