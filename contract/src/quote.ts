import Type, { type Static } from 'typebox';
import { ProductImage } from './catalogue.ts';
import { Money } from './money.ts';

/** The most of one product in one order. */
export const maxQuantity = 99;
/** The most lines in one order. A Checkout Session at Stripe carries 100, shipping and tax included. */
export const maxLines = 50;

/** Ids of ours: printable, without anything a path, a log line or a database could stumble over. */
export const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });

export const CartItem = Type.Object(
  {
    productId: Id,
    quantity: Type.Integer({ minimum: 1, maximum: maxQuantity }),
  },
  { additionalProperties: false },
);
export type CartItem = Static<typeof CartItem>;

export const DiscountCode = Type.String({ pattern: '^[^\\p{Cc}\\p{Cs}]{1,40}$' });
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' });
// Spaces and control characters, halves of characters, and what separates addresses in a mail header.
const notInEmails = '\\s\\p{Cc}\\p{Cs}<>"(),;:\\\\';
export const Email = Type.String({
  minLength: 3,
  maxLength: 254,
  pattern: `^[^@${notInEmails}]+@[^@${notInEmails}]+\\.[^@.${notInEmails}]{2,}$`,
});

export const QuoteRequest = Type.Object(
  {
    items: Type.Array(CartItem, { minItems: 1, maxItems: maxLines }),
    discountCode: Type.Optional(DiscountCode),
    country: Type.Optional(CountryCode),
    email: Type.Optional(Email),
  },
  { additionalProperties: false },
);
export type QuoteRequest = Static<typeof QuoteRequest>;

export const PricedLine = Type.Object(
  {
    productId: Type.String(),
    slug: Type.String(),
    name: Type.String(),
    attribute: Type.String(),
    image: Type.Union([ProductImage, Type.Null()]),
    quantity: Type.Integer(),
    unitPrice: Money,
    subtotal: Money,
    discount: Money,
    tax: Money,
    total: Money,
  },
  { additionalProperties: false },
);
export type PricedLine = Static<typeof PricedLine>;

export const QuoteLine = Type.Object(
  {
    ...PricedLine.properties,
    available: Type.Integer({
      description: 'Units that could be ordered now. Less than `quantity` means: not enough.',
    }),
  },
  { additionalProperties: false },
);
export type QuoteLine = Static<typeof QuoteLine>;

export const discountProblems = [
  'unknown_code',
  'not_started',
  'ended',
  'minimum_not_reached',
  'used_up',
  'used_up_for_email',
] as const;
export type DiscountProblem = (typeof discountProblems)[number];

export const Quote = Type.Object(
  {
    lines: Type.Array(QuoteLine),
    itemCount: Type.Integer(),
    subtotal: Money,
    discount: Money,
    discountCode: Type.Union([Type.String(), Type.Null()], { description: 'The code that was applied.' }),
    discountProblem: Type.Union(
      [
        Type.Object(
          { code: Type.Enum([...discountProblems]), message: Type.String() },
          { additionalProperties: false },
        ),
        Type.Null(),
      ],
      { description: 'Why the code that was sent was not applied.' },
    ),
    country: Type.Union([Type.String(), Type.Null()]),
    shipping: Type.Union([Money, Type.Null()], { description: 'null while the country is not known.' }),
    tax: Type.Union([Money, Type.Null()], { description: 'null while the country is not known.' }),
    taxName: Type.Union([Type.String(), Type.Null()]),
    total: Money,
  },
  { additionalProperties: false },
);
export type Quote = Static<typeof Quote>;
