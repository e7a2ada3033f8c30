import Type, { type Static } from 'typebox';
import { Money } from './money.ts';

/** `warning_*`: the bank only asks, and no money has moved. The names are Stripe's. */
export const disputeStatuses = [
  'warning_needs_response',
  'warning_under_review',
  'warning_closed',
  'needs_response',
  'under_review',
  'won',
  'lost',
  'prevented',
] as const;
export type DisputeStatus = (typeof disputeStatuses)[number];

export const disputeFunds = ['none', 'withdrawn', 'reinstated'] as const;
export type DisputeFunds = (typeof disputeFunds)[number];

/** A customer told the bank that the payment was not in order. */
export const Dispute = Type.Object(
  {
    id: Type.String(),
    paymentId: Type.String(),
    status: Type.Enum([...disputeStatuses]),
    amount: Money,
    reason: Type.String({ description: "The bank's code: fraudulent, product_not_received, …" }),
    funds: Type.Enum([...disputeFunds], {
      description: 'Whether the provider took the money back meanwhile.',
    }),
    evidenceDueAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    openedAt: Type.String({ format: 'date-time' }),
    closedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type Dispute = Static<typeof Dispute>;
