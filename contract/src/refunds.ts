import Type, { type Static } from 'typebox';
import { Money } from './money.ts';
import { CartItem, Id, maxLines } from './quote.ts';
import { words } from './schemas.ts';

export const refundStatuses = ['requested', 'unknown', 'pending', 'succeeded', 'failed', 'canceled'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

/** Why money goes back: a person wants it, or a rule of the shop says so, or it was done at the provider. */
export const refundCauses = [
  'operator',
  'order_canceled',
  'order_expired',
  'duplicate',
  'late',
  'excess',
  'provider',
] as const;
export type RefundCause = (typeof refundCauses)[number];

export const Refund = Type.Object(
  {
    id: Type.String(),
    paymentId: Type.Union([Type.String(), Type.Null()]),
    status: Type.Enum([...refundStatuses]),
    amount: Money,
    cause: Type.Enum([...refundCauses]),
    reason: Type.String({ description: 'In words, for the customer too.' }),
    reference: Type.Union([Type.String(), Type.Null()], {
      description: "The provider's id of the refund: re_…",
    }),
    failure: Type.Union([
      Type.Object({ message: Type.String() }, { additionalProperties: false }),
      Type.Null(),
    ]),
    creditNoteUrl: Type.Union([Type.String(), Type.Null()], { description: 'Once it succeeded.' }),
    createdAt: Type.String({ format: 'date-time' }),
    settledAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type Refund = Static<typeof Refund>;

/** It reaches e-mails, documents and the provider. */
export const RefundReason = words(200);

const Amount = Type.Integer({ minimum: 1 });

export const RefundRequest = Type.Object(
  {
    amount: Type.Optional(
      Type.Union(
        [Amount, Type.Object({ amount: Amount, currency: Type.String() }, { additionalProperties: false })],
        {
          description:
            "Minor units of the order's currency, or with a currency. All that is left where none is named.",
        },
      ),
    ),
    lines: Type.Optional(
      Type.Array(CartItem, {
        minItems: 1,
        maxItems: maxLines,
        description:
          'Instead of an amount: the units that are refunded, each with its share of discount and tax.',
      }),
    ),
    shipping: Type.Optional(
      Type.Boolean({ description: 'With lines, or alone: whether the shipping is refunded, with its tax.' }),
    ),
    reason: RefundReason,
    paymentId: Type.Optional(Id),
    restock: Type.Optional(
      Type.Union([Type.Boolean(), Type.Array(CartItem, { minItems: 1, maxItems: maxLines })], {
        description: 'Which units go back on the shelf; true: all that are not back yet.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type RefundRequest = Static<typeof RefundRequest>;
