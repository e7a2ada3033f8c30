import Type, { type Static } from 'typebox';
import { Break } from './admin/breaks.ts';
import {
  CardChecks,
  Decline,
  DeskEntry,
  Note,
  OrderDocument,
  OrderMail,
  OrderPerson,
  RefundableNow,
} from './admin/desk.ts';
import { Money } from './money.ts';
import { Order } from './orders.ts';
import { Refund } from './refunds.ts';
import { At, nullable, words } from './schemas.ts';

/** What operators are told and may do, under /api/admin. Orders are named by their id or by their number. */

export const RefundReply = Type.Object(
  { refunds: Type.Array(Refund), order: Order },
  { additionalProperties: false },
);
export type RefundReply = Static<typeof RefundReply>;

export const CancelRequest = Type.Object(
  { reason: Type.Optional(words(200)) },
  { additionalProperties: false },
);
export type CancelRequest = Static<typeof CancelRequest>;

const PaymentFacts = Type.Object(
  {
    id: Type.String(),
    sessionReference: nullable(Type.String()),
    paymentReference: nullable(Type.String()),
    chargeReference: nullable(Type.String()),
    balanceReference: nullable(Type.String()),
    failureCode: nullable(Type.String()),
    decline: nullable(Decline),
    unapplied: Type.Integer({ description: 'Minor units that belong to no order.' }),
    refundable: Type.Integer({ description: 'Minor units of the order that can still be given back.' }),
    unappliedRefundable: Type.Integer({ description: 'The same of what belongs to no order.' }),
    isDisputed: Type.Boolean({ description: 'A bank may take the money, so nothing can be given back.' }),
    byHand: Type.Boolean({ description: 'People carry out what becomes of it, as with a bank transfer.' }),
    fees: nullable(Money),
    net: nullable(
      Type.Object(
        { ...Money.properties },
        {
          description:
            'What is left on the provider’s balance, after fees, refunds and disputes, by its own list.',
          additionalProperties: false,
        },
      ),
    ),
    checks: nullable(CardChecks),
    dashboardUrl: nullable(Type.String({ description: 'Where operators see it at the provider.' })),
    closedAt: nullable(At),
    lastEventId: nullable(Type.String()),
    lastEventAt: nullable(At),
  },
  { additionalProperties: false },
);

const RefundFacts = Type.Object(
  {
    id: Type.String(),
    requestedBy: Type.String(),
    appliesTo: Type.Enum(['order', 'unapplied']),
    failureCode: nullable(Type.String()),
    lastEventId: nullable(Type.String()),
    lastEventAt: nullable(At),
  },
  { additionalProperties: false },
);

const Effect = Type.Object(
  {
    key: Type.String({ description: 'What is done about what: refund.create:ref_…' }),
    dueAt: At,
    attempts: Type.Integer(),
    lastError: nullable(Type.String()),
    doneAt: nullable(At),
    gaveUpAt: nullable(At),
  },
  { additionalProperties: false },
);

const LedgerEntry = Type.Object(
  { journal: Type.String(), about: Type.String(), account: Type.String(), amount: Money, at: At },
  { additionalProperties: false },
);

const ProviderEvent = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    source: Type.Enum(['hook', 'poll', 'reconcile', 'operator']),
    state: Type.Enum(['new', 'waiting', 'done', 'parked']),
    outcome: nullable(Type.String()),
    decline: nullable(Decline),
    receivedAt: At,
    doneAt: nullable(At),
  },
  { additionalProperties: false },
);

/** The order as its owner sees it, and beside it everything that touched it. */
export const AdminOrder = Type.Object(
  {
    order: Order,
    person: nullable(OrderPerson),
    timeline: Type.Array(DeskEntry, { description: 'Oldest first.' }),
    notes: Type.Array(Note, { description: 'Oldest first. Customers never see them.' }),
    mails: Type.Array(OrderMail, { description: 'Oldest first.' }),
    documents: Type.Array(OrderDocument),
    refundable: RefundableNow,
    hold: Type.Enum(['held', 'sold', 'released']),
    returned: Type.Array(
      Type.Object({ productId: Type.String(), quantity: Type.Integer() }, { additionalProperties: false }),
      { description: 'Units that came back to the shop.' },
    ),
    payments: Type.Array(PaymentFacts),
    refunds: Type.Array(RefundFacts),
    breaks: Type.Array(Break),
    effects: Type.Array(Effect),
    ledger: Type.Array(LedgerEntry),
    events: Type.Array(ProviderEvent, { description: 'Without what they carried.' }),
  },
  { additionalProperties: false },
);
export type AdminOrder = Static<typeof AdminOrder>;
