import Type, { type Static } from 'typebox';
import { Money } from './money.ts';

export const ProductImage = Type.Object(
  {
    url: Type.String({ description: 'A WebP picture 800 pixels wide, for everything that knows no srcset.' }),
    alt: Type.String(),
    width: Type.Integer(),
    height: Type.Integer(),
    srcset: Type.Object({ avif: Type.String(), webp: Type.String() }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export type ProductImage = Static<typeof ProductImage>;

export const Product = Type.Object(
  {
    id: Type.String(),
    slug: Type.String(),
    name: Type.String(),
    description: Type.String(),
    attribute: Type.String({
      description: 'The one thing that tells it apart in a list, such as "350 ml, dishwasher safe".',
    }),
    category: Type.Object({ slug: Type.String(), name: Type.String() }, { additionalProperties: false }),
    images: Type.Array(ProductImage),
    price: Money,
    stock: Type.Integer({ description: 'Units that can be ordered now: on hand less held.' }),
  },
  { additionalProperties: false },
);
export type Product = Static<typeof Product>;

export const productSorts = ['featured', 'price-asc', 'price-desc', 'name'] as const;
export type ProductSort = (typeof productSorts)[number];

/** Products per answer when the caller names no limit. */
export const productPageSize = 24;

export const ProductQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })),
    category: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,60}$' })),
    in_stock: Type.Optional(Type.Literal('1')),
    sort: Type.Optional(Type.Enum([...productSorts])),
    after: Type.Optional(
      Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'The `next` of an earlier answer.' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false },
);
export type ProductQuery = Static<typeof ProductQuery>;

export const ProductList = Type.Object(
  {
    products: Type.Array(Product),
    total: Type.Integer({ description: 'How many products match, on all pages.' }),
    next: Type.Union([Type.String(), Type.Null()]),
    categories: Type.Array(
      Type.Object(
        { slug: Type.String(), name: Type.String(), count: Type.Integer() },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type ProductList = Static<typeof ProductList>;
