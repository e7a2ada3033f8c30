import Type, { type Static } from 'typebox';
import { ProductImage } from '../catalogue.ts';
import { Money } from '../money.ts';
import { At, nullable } from '../schemas.ts';
import {
  linePattern,
  maxPictures,
  maxPosition,
  maxPrice,
  maxStock,
  optionalLinePattern,
  productLimits,
  slugPattern,
  textPattern,
} from './product-limits.ts';

/** The catalogue as the operators see and change it, under /api/admin/products. */

const Slug = Type.String({
  minLength: 1,
  maxLength: productLimits.slug,
  pattern: slugPattern,
  description: 'The end of the address of the product’s page; unique.',
});
const Name = Type.String({ maxLength: productLimits.name, pattern: linePattern });
const Attribute = Type.String({
  maxLength: productLimits.attribute,
  pattern: optionalLinePattern,
  description: 'The one thing that tells it apart in a list; may be empty.',
});
const Description = Type.String({ maxLength: productLimits.description, pattern: textPattern });
const Category = Type.String({
  maxLength: productLimits.category,
  pattern: linePattern,
  description: 'The name of a category. One that is not known yet is made.',
});
const Position = Type.Integer({
  minimum: 0,
  maximum: maxPosition,
  description: 'Its place in the “featured” order, the smallest first.',
});
const Price = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: maxPrice, description: 'Minor units, without tax.' }),
    currency: Type.String({ pattern: '^[a-z]{3}$', description: 'The shop’s currency.' }),
  },
  { additionalProperties: false },
);
const Version = Type.Integer({
  minimum: 1,
  description: 'The version that the change was made on. Another one than the newest is refused.',
});

export const Stock = Type.Object(
  {
    onHand: Type.Integer({ description: 'Units in the house.' }),
    reserved: Type.Integer({ description: 'Of these, held by orders that are not paid yet.' }),
    available: Type.Integer({ description: 'On hand less reserved: what can be ordered now.' }),
  },
  { additionalProperties: false },
);

const summary = {
  id: Type.String(),
  slug: Type.String(),
  name: Type.String(),
  attribute: Type.String(),
  category: Type.Object({ slug: Type.String(), name: Type.String() }, { additionalProperties: false }),
  price: Money,
  stock: Stock,
  position: Type.Integer(),
  active: Type.Boolean({ description: 'Whether it is sold.' }),
  archivedAt: nullable(At),
};

export const AdminProductRow = Type.Object(
  { ...summary, image: nullable(ProductImage) },
  { additionalProperties: false },
);
export type AdminProductRow = Static<typeof AdminProductRow>;

export const AdminProduct = Type.Object(
  {
    ...summary,
    description: Type.String(),
    images: Type.Array(ProductImage, { description: 'In the order in which they are shown.' }),
    version: Type.Integer({ description: 'Grows with every change but those of stock.' }),
  },
  { additionalProperties: false },
);
export type AdminProduct = Static<typeof AdminProduct>;

export const productStates = ['active', 'hidden', 'sold_out', 'low', 'archived'] as const;
export type ProductState = (typeof productStates)[number];

/** An unknown cursor means the first page. */
const Cursor = Type.String({ pattern: '^[A-Za-z0-9_.-]{1,128}$' });

export const AdminProductsQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 100, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })),
    state: Type.Optional(
      Type.Enum([...productStates], { description: 'Without it: all that are not archived.' }),
    ),
    category: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,60}$' })),
    after: Type.Optional(Cursor),
    before: Type.Optional(Cursor),
  },
  { additionalProperties: false },
);
export type AdminProductsQuery = Static<typeof AdminProductsQuery>;

const Categories = Type.Array(
  Type.Object({ slug: Type.String(), name: Type.String() }, { additionalProperties: false }),
);

export const AdminProducts = Type.Object(
  {
    products: Type.Array(AdminProductRow, { description: 'In the “featured” order, at most 50.' }),
    categories: Categories,
    previous: nullable(Type.String({ description: 'The `before` of the page before.' })),
    next: nullable(Type.String({ description: 'The `after` of the next page.' })),
  },
  { additionalProperties: false },
);
export type AdminProducts = Static<typeof AdminProducts>;

export const NewProduct = Type.Object(
  {
    name: Name,
    slug: Type.Optional(Slug),
    description: Type.Optional(Description),
    attribute: Type.Optional(Attribute),
    category: Category,
    price: Price,
    position: Type.Optional(Position),
    active: Type.Optional(
      Type.Boolean({ description: 'false where it is left out: nothing is sold by accident.' }),
    ),
    onHand: Type.Optional(Type.Integer({ minimum: 0, maximum: maxStock })),
  },
  { additionalProperties: false },
);
export type NewProduct = Static<typeof NewProduct>;

export const ProductChange = Type.Object(
  {
    version: Version,
    name: Type.Optional(Name),
    slug: Type.Optional(Slug),
    description: Type.Optional(Description),
    attribute: Type.Optional(Attribute),
    category: Type.Optional(Category),
    price: Type.Optional(Price),
    position: Type.Optional(Position),
    active: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type ProductChange = Static<typeof ProductChange>;

export const ArchiveRequest = Type.Object(
  { version: Version, archived: Type.Boolean() },
  { additionalProperties: false },
);
export type ArchiveRequest = Static<typeof ArchiveRequest>;

export const ArrangePicturesRequest = Type.Object(
  {
    version: Version,
    pictures: Type.Array(
      Type.Object(
        {
          url: Type.String({ maxLength: 300 }),
          alt: Type.String({ maxLength: 200, pattern: optionalLinePattern }),
        },
        { additionalProperties: false },
      ),
      { maxItems: maxPictures, description: 'Those to keep, in their new order, by their `url`.' },
    ),
  },
  { additionalProperties: false },
);
export type ArrangePicturesRequest = Static<typeof ArrangePicturesRequest>;

const reason = Type.String({ maxLength: 200, pattern: linePattern });
export const StockRequest = Type.Union([
  Type.Object(
    {
      change: Type.Integer({
        minimum: -maxStock,
        maximum: maxStock,
        description: 'Units that came, or went.',
      }),
      reason,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      set: Type.Integer({ minimum: 0, maximum: maxStock, description: 'Units that were counted.' }),
      expected: Type.Integer({
        minimum: 0,
        description: 'How many were on hand when they were counted; with another number this is refused.',
      }),
      reason,
    },
    { additionalProperties: false },
  ),
]);
export type StockRequest = Static<typeof StockRequest>;

export const StockMovement = Type.Object(
  {
    id: Type.String(),
    at: At,
    by: Type.String(),
    reason: Type.String(),
    before: Type.Integer({ description: 'Units on hand.' }),
    after: Type.Integer(),
    reserved: Type.Integer({ description: 'Units that were held at that moment.' }),
  },
  { additionalProperties: false, description: 'Sales and returns are in the orders.' },
);
export type StockMovement = Static<typeof StockMovement>;

export const StockMovementsQuery = Type.Object(
  { after: Type.Optional(Cursor) },
  { additionalProperties: false },
);

export const StockMovements = Type.Object(
  {
    movements: Type.Array(StockMovement, { description: 'Newest first, at most 50.' }),
    next: nullable(Type.String({ description: 'The `after` of older ones.' })),
  },
  { additionalProperties: false },
);
export type StockMovements = Static<typeof StockMovements>;

export const ChangedFields = Type.Array(
  Type.Object(
    {
      field: Type.String(),
      from: nullable(Type.Union([Type.String(), Type.Integer(), Type.Boolean()])),
      to: nullable(Type.Union([Type.String(), Type.Integer(), Type.Boolean()])),
    },
    { additionalProperties: false },
  ),
);

export const CatalogueChange = Type.Object(
  {
    id: Type.String(),
    at: At,
    by: Type.String(),
    what: Type.Enum(['created', 'changed', 'archived', 'restored', 'pictures', 'imported', 'ended']),
    fields: ChangedFields,
  },
  { additionalProperties: false },
);
export type CatalogueChange = Static<typeof CatalogueChange>;

export const ProductReply = Type.Object({ product: AdminProduct }, { additionalProperties: false });
export type ProductReply = Static<typeof ProductReply>;

export const ProductPage = Type.Object(
  {
    product: AdminProduct,
    categories: Categories,
    changes: Type.Array(CatalogueChange, { description: 'Newest first, at most 50.' }),
    ...StockMovements.properties,
  },
  { additionalProperties: false },
);
export type ProductPage = Static<typeof ProductPage>;

export const StockReply = Type.Object(
  { product: AdminProduct, movement: nullable(StockMovement) },
  { additionalProperties: false },
);
export type StockReply = Static<typeof StockReply>;
