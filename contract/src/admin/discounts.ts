import Type, { type Static } from 'typebox';
import { At, nullable } from '../schemas.ts';
import { maxPrice } from './product-limits.ts';
import { CatalogueChange } from './products.ts';

/** Discount codes, under /api/admin/discounts. A code's value never changes, so that it always meant the same. */

/** As customers type it; small letters are taken for capitals. */
export const codePattern = '^[A-Za-z0-9][A-Za-z0-9_-]{2,39}$';
const Code = Type.String({ pattern: codePattern });
const Uses = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });
const Amount = Type.Integer({ minimum: 0, maximum: maxPrice, description: 'Minor units.' });
const Note = Type.String({ maxLength: 200, pattern: '^[^\\p{Cc}\\p{Cs}]*$' });

export const discountStates = ['active', 'scheduled', 'ended', 'used_up'] as const;
export type DiscountState = (typeof discountStates)[number];

export const AdminDiscount = Type.Object(
  {
    code: Type.String(),
    note: Type.String({ description: 'For the operators; no customer sees it.' }),
    kind: Type.Enum(['percent', 'fixed']),
    value: Type.Integer({ description: 'Basis points (1000 = 10 %) or minor units.' }),
    currency: Type.String(),
    minimumSpend: Type.Integer({ description: 'Minor units of goods.' }),
    startsAt: nullable(At),
    endsAt: nullable(At),
    maxUses: nullable(Type.Integer()),
    maxUsesPerEmail: nullable(Type.Integer()),
    uses: Type.Integer({ description: 'Orders that used it and stand.' }),
    state: Type.Enum([...discountStates]),
    version: Type.Integer(),
  },
  { additionalProperties: false },
);
export type AdminDiscount = Static<typeof AdminDiscount>;

export const AdminDiscountsQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 40, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })),
    state: Type.Optional(Type.Enum([...discountStates])),
    after: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })),
    before: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })),
  },
  { additionalProperties: false },
);
export type AdminDiscountsQuery = Static<typeof AdminDiscountsQuery>;

export const AdminDiscounts = Type.Object(
  {
    discounts: Type.Array(AdminDiscount, { description: 'By code, at most 50.' }),
    previous: nullable(Type.String()),
    next: nullable(Type.String()),
  },
  { additionalProperties: false },
);
export type AdminDiscounts = Static<typeof AdminDiscounts>;

const limits = {
  note: Type.Optional(Note),
  minimumSpend: Type.Optional(Amount),
  startsAt: Type.Optional(nullable(At)),
  endsAt: Type.Optional(nullable(At)),
  maxUses: Type.Optional(nullable(Uses)),
  maxUsesPerEmail: Type.Optional(nullable(Uses)),
};

export const NewDiscount = Type.Object(
  {
    code: Code,
    kind: Type.Enum(['percent', 'fixed']),
    value: Type.Integer({ minimum: 1, maximum: maxPrice, description: 'Basis points, or minor units.' }),
    ...limits,
  },
  { additionalProperties: false },
);
export type NewDiscount = Static<typeof NewDiscount>;

export const DiscountChange = Type.Object(
  { version: Type.Integer({ minimum: 1 }), ...limits },
  { additionalProperties: false },
);
export type DiscountChange = Static<typeof DiscountChange>;

export const DiscountReply = Type.Object(
  { discount: AdminDiscount, changes: Type.Array(CatalogueChange) },
  { additionalProperties: false },
);
export type DiscountReply = Static<typeof DiscountReply>;
