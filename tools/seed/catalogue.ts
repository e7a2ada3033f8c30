import { bath } from './products/bath.ts';
import { desk } from './products/desk.ts';
import { kitchen } from './products/kitchen.ts';
import { light } from './products/light.ts';
import { tableware } from './products/tableware.ts';
import { textiles } from './products/textiles.ts';

/** In the order in which the shop shows them. */
export const categories = [
  { slug: 'tableware', name: 'Tableware' },
  { slug: 'kitchen', name: 'Kitchen' },
  { slug: 'textiles', name: 'Textiles' },
  { slug: 'bath', name: 'Bath & body' },
  { slug: 'light', name: 'Light & scent' },
  { slug: 'desk', name: 'Desk & shelf' },
] as const;

export type CategorySlug = (typeof categories)[number]['slug'];

export type SeedProduct = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly attribute: string;
  readonly category: CategorySlug;
  /** Minor units of the shop’s currency, US dollars. */
  readonly price: number;
  readonly stock: number;
  /** Position in the "featured" order, 1 first; no two products share one. */
  readonly featured: number;
  /** Files: `web/public/images/products/{slug}-{view}-{width}.{avif,webp}`. */
  readonly images: readonly { readonly view: 'front' | 'detail'; readonly alt: string }[];
};

/** Each picture exists at these widths, always 4:5. */
export const imageWidths = [400, 800, 1200] as const;

export const catalogue: readonly SeedProduct[] = [
  ...tableware,
  ...kitchen,
  ...textiles,
  ...bath,
  ...light,
  ...desk,
].toSorted((one, other) => one.featured - other.featured);

export type SeedDiscount = {
  readonly code: string;
  /** Shown to the shop's owner, never to a customer. */
  readonly note: string;
  readonly kind: 'percentage' | 'fixed';
  /** Basis points for a percentage (1000 = 10 %), minor units for a fixed amount. */
  readonly value: number;
  /** Minor units; 0 when any order may use it. */
  readonly minimumSpend: number;
  /** ISO 8601, or null when open on that side. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  /** null means without limit. */
  readonly limitTotal: number | null;
  readonly limitPerEmail: number | null;
};

const unlimited = { startsAt: null, endsAt: null, limitTotal: null, limitPerEmail: null };

export const discounts: readonly SeedDiscount[] = [
  { ...unlimited, code: 'WELCOME10', note: 'Newsletter', kind: 'percentage', value: 1000, minimumSpend: 0 },
  { ...unlimited, code: 'FIVEOFF', note: 'Parcel insert', kind: 'fixed', value: 500, minimumSpend: 3000 },
  {
    ...unlimited,
    code: 'SPRING26',
    note: 'Spring 2026, over',
    kind: 'percentage',
    value: 1500,
    minimumSpend: 0,
    startsAt: '2026-03-20T00:00:00Z',
    endsAt: '2026-06-21T00:00:00Z',
  },
  {
    ...unlimited,
    code: 'FIRST100',
    note: 'The first hundred orders, once each',
    kind: 'percentage',
    value: 2000,
    minimumSpend: 0,
    limitTotal: 100,
    limitPerEmail: 1,
  },
];
