/**
 * The order that this browser placed from its cart and has not seen paid yet. It holds no personal data: `fingerprint`
 * is a digest of what was ordered.
 */
export type PlacedOrder = {
  orderId: string;
  fingerprint: string;
  /** ISO time until which the shop holds these items for the order. */
  heldUntil: string | null;
  items: { productId: string; quantity: number }[];
};

const storageKey = 'paydesk.placed-order';

export function readPlacedOrder(): PlacedOrder | null {
  try {
    const placed = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as PlacedOrder | null;
    return typeof placed?.orderId === 'string' ? placed : null;
  } catch {
    return null;
  }
}

export function writePlacedOrder(placed: PlacedOrder): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(placed));
  } catch {
    // Without storage a reload places a new order; the old one expires by itself.
  }
}

/** Forgets the order; with an id only if it is that one, because another tab may have placed a newer one. */
export function forgetPlacedOrder(orderId?: string): void {
  if (orderId && readPlacedOrder()?.orderId !== orderId) return;
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was stored either.
  }
}

/** Units of a product that the shop already holds for this browser's own unpaid order. */
export function heldUnits(productId: string, now = Date.now()): number {
  const placed = readPlacedOrder();
  if (!placed?.heldUntil || Date.parse(placed.heldUntil) <= now) return 0;
  return placed.items.find((item) => item.productId === productId)?.quantity ?? 0;
}

/** 64 random characters: what the server's Idempotency-Key wants, and nobody can guess. */
export function newKey(): string {
  const random = crypto.getRandomValues(new Uint8Array(14));
  return `${randomUuid()}${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A digest of a request body that is the same in every tab. FNV-1a, twice with different starts; not for secrets. */
export function fingerprintOf(body: unknown): string {
  const text = JSON.stringify(body);
  return [0x811c9dc5, 0x01000193].map((start) => fnv(text, start).toString(16)).join('-');
}

function fnv(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** `crypto.randomUUID` exists in secure contexts only, and a shop may be tried on a plain-http host of the network. */
function randomUuid(): string {
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(18));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
