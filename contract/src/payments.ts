import Type, { type Static } from 'typebox';
import { Money } from './money.ts';

export const paymentStatuses = [
  'creating',
  'open',
  'awaiting_transfer',
  'requires_action',
  'processing',
  'succeeded',
  'failed',
  'canceled',
  'unknown',
  'partially_refunded',
  'refunded',
  'disputed',
] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export const paymentFlows = ['elements', 'hosted', 'transfer'] as const;
export type PaymentFlow = (typeof paymentFlows)[number];

/** What a customer needs for a bank transfer. */
export const TransferInstructions = Type.Object(
  {
    accountHolder: Type.String(),
    iban: Type.String({ description: 'Or another account number, as the shop has set it.' }),
    bic: Type.Union([Type.String(), Type.Null()]),
    bankName: Type.Union([Type.String(), Type.Null()]),
    reference: Type.String({ description: 'What the customer writes as the purpose: the order number.' }),
    payUntil: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false },
);
export type TransferInstructions = Static<typeof TransferInstructions>;

export const Payment = Type.Object(
  {
    id: Type.String(),
    provider: Type.String(),
    flow: Type.Enum([...paymentFlows]),
    attempt: Type.Integer(),
    status: Type.Enum([...paymentStatuses]),
    amount: Money,
    received: Money,
    refunded: Money,
    reference: Type.Union([Type.String(), Type.Null()], {
      description: "The provider's id of the payment: pi_…",
    }),
    card: Type.Union([
      Type.Object({ brand: Type.String(), last4: Type.String() }, { additionalProperties: false }),
      Type.Null(),
    ]),
    failure: Type.Union([
      Type.Object(
        { message: Type.String({ description: 'For the shopper.' }) },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
    dashboardUrl: Type.Union([Type.String(), Type.Null()], { description: 'On the sandbox only.' }),
    instructions: Type.Union([TransferInstructions, Type.Null()], {
      description: 'flow transfer, while it waits.',
    }),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false },
);
export type Payment = Static<typeof Payment>;

export const StartPaymentRequest = Type.Object(
  {
    paymentMethod: Type.String({
      pattern: '^[a-z-]{1,40}$',
      description: 'Names a provider: stripe or bank-transfer.',
    }),
    flow: Type.Optional(
      Type.Enum([...paymentFlows], {
        description: "The provider's first one where none is named; stripe: hosted.",
      }),
    ),
    amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          "Minor units of the order's currency: a part of what is due. All of it where none is named.",
      }),
    ),
  },
  { additionalProperties: false },
);
export type StartPaymentRequest = Static<typeof StartPaymentRequest>;

export const StartedPayment = Type.Object(
  {
    payment: Payment,
    clientSecret: Type.Optional(Type.String({ description: 'flow elements: for confirmPayment.' })),
    url: Type.Optional(Type.String({ description: "flow hosted: Stripe's page." })),
  },
  { additionalProperties: false },
);
export type StartedPayment = Static<typeof StartedPayment>;
