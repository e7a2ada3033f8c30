import Type, { type Static } from 'typebox';
import { Order } from './orders.ts';
import { Payment } from './payments.ts';
import { Refund } from './refunds.ts';
import { words } from './schemas.ts';

/** More than any order costs, and far from where whole numbers end. */
const largestAmount = 99_999_999_999;

const Amount = Type.Integer({ minimum: 1, maximum: largestAmount });

export const TransferRequest = Type.Object(
  {
    amount: Type.Union(
      [Amount, Type.Object({ amount: Amount, currency: Type.String() }, { additionalProperties: false })],
      { description: "What arrived: minor units of the order's currency, or with a currency." },
    ),
    currency: Type.Optional(Type.String({ description: "Refused where it is not the order's." })),
    bankReference: words(140, {
      description: "The bank statement's name of this one booking. The same one is recorded once.",
    }),
    receivedAt: Type.Optional(
      Type.String({ format: 'date-time', maxLength: 40, description: 'When the bank booked it.' }),
    ),
  },
  { additionalProperties: false },
);
export type TransferRequest = Static<typeof TransferRequest>;

export const RecordedTransfer = Type.Object(
  { payment: Payment, order: Order },
  { additionalProperties: false },
);
export type RecordedTransfer = Static<typeof RecordedTransfer>;

export const RefundFailure = Type.Object(
  {
    reason: Type.Optional(words(200, { description: 'Why it did not arrive.' })),
  },
  { additionalProperties: false },
);
export type RefundFailure = Static<typeof RefundFailure>;

export const SettledRefund = Type.Object({ refund: Refund, order: Order }, { additionalProperties: false });
export type SettledRefund = Static<typeof SettledRefund>;
