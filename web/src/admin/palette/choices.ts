import type { OrderListRow } from '@paydesk/contract/admin/orders';
import { formatMoney } from '@paydesk/contract/money';
import { adminPages, isOffered, type Looker, type Rules } from '../frame/pages.ts';
import { orderStatusWord } from '../parts/order-pill.tsx';

/** Somewhere to go, and what is said of it besides its name. */
export type Choice = { to: string; label: string; hint?: string };

/** Places that have no line in the sidebar. */
const further: readonly (Choice & Rules)[] = [
  { to: '/admin/products/new', label: 'New product', for: 'manager' },
  { to: '/admin/import', label: 'Import products', for: 'manager' },
  { to: '/admin/settings/delivery', label: 'Delivery and tax' },
  { to: '/admin/settings/payments', label: 'Payments', hint: 'Settings' },
  { to: '/admin/settings/mails', label: 'E-mails', hint: 'Settings' },
  { to: '/admin/settings/health', label: 'Health', hint: 'Settings' },
  { to: '/admin/orders?view=needs-action', label: 'Orders that need action' },
  { to: '/', label: 'The shop' },
  { to: '/account', label: 'Your account' },
];

/** As many as are seen without scrolling much; everything is there while nothing is typed. */
const mostPlaces = 6;

/**
 * Where somebody may want to go who typed this: pages of that name first, then orders that were found, then searches for it.
 *
 * @param found orders that the shop knows by these words
 * @param looker who typed it
 */
export function choicesFor(text: string, found: readonly OrderListRow[], looker: Looker): Choice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const places = allPlaces(looker);
  if (words.length === 0) return places;
  const named = places
    .filter(({ label }) => words.every((word) => hasWord(label, word)))
    .slice(0, mostPlaces);
  return [...found.map(orderChoice), ...named, ...searchesFor(text.trim())];
}

function allPlaces(looker: Looker): Choice[] {
  const pages = adminPages
    .flatMap((group) => group.pages)
    .filter((page) => isOffered(page, looker))
    .map(({ to, label, key }) => ({ to, label, ...(key !== undefined && { hint: `g ${key}` }) }));
  return [...pages, ...further.filter((place) => isOffered(place, looker))];
}

/** Words are known by how they begin: `pro` is Products, `duct` is not. */
function hasWord(label: string, start: string): boolean {
  return label
    .toLowerCase()
    .split(/[\s-]+/)
    .some((word) => word.startsWith(start));
}

function orderChoice({ id, number, customer, total, status }: OrderListRow): Choice {
  const hint = [customer, formatMoney(total), orderStatusWord(status)].filter(Boolean).join(' · ');
  return { to: `/admin/orders/${id}`, label: number, hint };
}

function searchesFor(text: string): Choice[] {
  const asked = (path: string, name: string) => `${path}?${new URLSearchParams({ [name]: text })}`;
  return [
    { to: asked('/admin/orders', 'q'), label: `Search orders for “${text}”` },
    { to: asked('/admin/products', 'q'), label: `Search products for “${text}”` },
    { to: asked('/admin/events', 'object'), label: `Search the inbox for “${text}”` },
  ];
}
