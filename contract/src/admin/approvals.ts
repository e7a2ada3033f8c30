import Type, { type Static } from 'typebox';
import { Money } from '../money.ts';
import { Order } from '../orders.ts';
import { RefundReason } from '../refunds.ts';
import { At, nullable } from '../schemas.ts';

/** A refund that somebody wants and somebody else has to agree to. */
export const Approval = Type.Object(
  {
    id: Type.String(),
    orderId: Type.String(),
    amount: Money,
    given: Type.Integer({
      description: 'Minor units that operators would have given back of the order with it.',
    }),
    reason: Type.String(),
    askedBy: Type.String(),
    askedAt: At,
    state: Type.Enum(['waiting', 'approved', 'rejected']),
    decidedBy: nullable(Type.String()),
    decidedAt: nullable(At),
    decision: nullable(Type.String({ description: 'Why it was rejected.' })),
    mayDecide: Type.Boolean({ description: 'Whether the caller may agree to it.' }),
  },
  { additionalProperties: false },
);
export type Approval = Static<typeof Approval>;

export const ApprovalsQuery = Type.Object(
  {
    order: Type.Optional(
      Type.String({ maxLength: 100, description: 'All of that order, decided ones too.' }),
    ),
  },
  { additionalProperties: false },
);

export const Approvals = Type.Object(
  {
    approvals: Type.Array(Approval, {
      description: 'Oldest first: of the order that was named, or at most 100 that wait.',
    }),
  },
  { additionalProperties: false },
);
export type Approvals = Static<typeof Approvals>;

/** Answered with 202 to a refund that waits for somebody else. */
export const ApprovalReply = Type.Object(
  { approval: Approval, order: Order },
  { additionalProperties: false },
);
export type ApprovalReply = Static<typeof ApprovalReply>;

export const RejectRequest = Type.Object({ reason: RefundReason }, { additionalProperties: false });
