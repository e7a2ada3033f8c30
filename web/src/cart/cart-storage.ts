/** What of the cart survives a reload. Prices are not kept: they always come from the shop's quote. */
export type CartItem = { id: string; quantity: number; name: string; slug: string; price: number };
export type CartMetadata = {
  discountCode?: string;
  /** Random, and the same in every tab: the part of the Idempotency-Key that nobody can guess. */
  orderKey?: string;
};
export type SavedCart = { items: CartItem[]; metadata: CartMetadata };

const storageKey = 'paydesk.cart';
let mayWrite = false;

/** From now on the stored cart follows the one on the page. Before, an empty first render would erase it. */
export function startSavingCart(): void {
  mayWrite = true;
}

/**
 * The `storage` of react-use-cart. It always starts empty, as the server did when it rendered the page, so that
 * hydration matches; the stored cart is put in right after.
 */
export function useCartStorage(_key: string, initialValue: string): [string, (value: unknown) => void] {
  return [initialValue, saveCart];
}

export function readCart(): SavedCart {
  try {
    return toSavedCart(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return { items: [], metadata: {} };
  }
}

/** Calls back with what another tab has made of the cart. */
export function watchCart(onChange: (cart: SavedCart) => void): () => void {
  function changed(event: StorageEvent) {
    if (event.key === storageKey) onChange(readCart());
  }
  window.addEventListener('storage', changed);
  return () => window.removeEventListener('storage', changed);
}

function saveCart(value: unknown): void {
  if (!mayWrite || typeof value !== 'string') return;
  try {
    // Always in the same shape, so that two tabs do not answer each other for ever.
    const text = JSON.stringify(toSavedCart(JSON.parse(value)));
    if (localStorage.getItem(storageKey) !== text) localStorage.setItem(storageKey, text);
  } catch {
    // A browser that stores nothing still sells: the cart then lives as long as the page.
  }
}

function toSavedCart(value: unknown): SavedCart {
  const { items, metadata } = (value ?? {}) as { items?: unknown; metadata?: Record<string, unknown> };
  const { discountCode, orderKey } = metadata ?? {};
  return {
    items: Array.isArray(items) ? items.filter(isCartItem).map(pickFields) : [],
    metadata: {
      ...(typeof discountCode === 'string' && discountCode !== '' ? { discountCode } : {}),
      ...(typeof orderKey === 'string' && orderKey !== '' ? { orderKey } : {}),
    },
  };
}

function isCartItem(item: unknown): item is CartItem {
  const { id, quantity } = (item ?? {}) as Partial<CartItem>;
  return typeof id === 'string' && Number.isInteger(quantity) && quantity! > 0;
}

function pickFields({ id, quantity, name, slug, price }: CartItem): CartItem {
  return { id, quantity, name, slug, price };
}
