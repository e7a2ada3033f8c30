import Type, { type Static } from 'typebox';
import { Money } from './money.ts';

export const paymentStatuses = [
  'creating',
  'open',
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

export const paymentFlows = ['elements', 'hosted'] as const;
export type PaymentFlow = (typeof paymentFlows)[number];

export const Payment = Type.Object(
  {
    id: Type.String(),
    provider: Type.String(),
    flow: Type.Enum([...paymentFlows]),
    attempt: Type.Integer(),
    status: Type.Enum([...paymentStatuses]),
    amount: Money,
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
    createdAt: Type.String({ format: 'date-time' }),
  },
  { additionalProperties: false },
);
export type Payment = Static<typeof Payment>;

export const StartPaymentRequest = Type.Object(
  { paymentMethod: Type.Literal('stripe'), flow: Type.Enum([...paymentFlows]) },
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
