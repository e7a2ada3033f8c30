import Type, { type Static } from 'typebox';
import { Fulfilment } from '../fulfilments.ts';
import { Money } from '../money.ts';
import { Order, TimelineEntry } from '../orders.ts';
import { Id } from '../quote.ts';
import { At, nullable } from '../schemas.ts';

/** What operators do on an order's page, and what they are told there beside the order itself. */

/** What was noted about an order, for operators only. */
export const Note = Type.Object(
  { id: Type.String(), at: At, by: Type.String(), text: Type.String() },
  { additionalProperties: false },
);
export type Note = Static<typeof Note>;

export const NoteRequest = Type.Object(
  {
    text: Type.String({
      minLength: 1,
      maxLength: 2_000,
      // Printable text that may have several lines, and is not blank.
      pattern: '^(?:[^\\p{Cc}\\p{Cs}]|\\n)*(?:[^\\p{Cc}\\p{Cs}\\s])(?:[^\\p{Cc}\\p{Cs}]|\\n)*$',
    }),
  },
  { additionalProperties: false },
);
export type NoteRequest = Static<typeof NoteRequest>;

export const AddedNote = Type.Object({ note: Note }, { additionalProperties: false });
export type AddedNote = Static<typeof AddedNote>;

export const FulfilledOrder = Type.Object(
  { fulfilment: Fulfilment, order: Order },
  { additionalProperties: false },
);
export type FulfilledOrder = Static<typeof FulfilledOrder>;

export const mailStates = ['waiting', 'sent', 'gave_up', 'unneeded'] as const;

/** One e-mail about an order, and how far it is. */
export const OrderMail = Type.Object(
  {
    id: Type.String({ description: 'What is said about what: mail.paid:ord_…' }),
    kind: Type.String({ description: 'mail.placed, mail.paid, mail.shipped, mail.refunded, …' }),
    about: Type.String({ description: 'In words: “with the receipt”.' }),
    to: nullable(Type.String()),
    state: Type.Enum([...mailStates]),
    at: nullable(Type.String({ format: 'date-time', description: 'When it was sent, or given up.' })),
    dueAt: At,
    attempts: Type.Integer(),
    problem: nullable(Type.String({ description: 'Why it was not sent, or not needed.' })),
    resentBy: nullable(Type.String({ description: 'Who had it sent once more; null for the first one.' })),
  },
  { additionalProperties: false },
);
export type OrderMail = Static<typeof OrderMail>;

export const MailName = Type.Object({
  id: Id,
  mail: Type.String({ pattern: '^mail\\.[a-z_]{1,30}:\\w{1,60}$', maxLength: 100 }),
});

export const ResentMail = Type.Object({ mail: OrderMail }, { additionalProperties: false });
export type ResentMail = Static<typeof ResentMail>;

/** An invoice or a credit note that was issued, or can be. */
export const OrderDocument = Type.Object(
  {
    kind: Type.Enum(['invoice', 'credit_note']),
    number: nullable(Type.String({ description: 'Null until somebody asks for it: then it is issued.' })),
    issuedAt: nullable(At),
    refundId: nullable(Type.String()),
    url: Type.String(),
  },
  { additionalProperties: false },
);
export type OrderDocument = Static<typeof OrderDocument>;

/** Why a bank or the provider said no, for operators. */
export const Decline = Type.Object(
  {
    code: Type.String({ description: "The provider's code: insufficient_funds, …" }),
    advice: Type.String({ description: 'What it means, and what can be done.' }),
  },
  { additionalProperties: false },
);
export type Decline = Static<typeof Decline>;

/** The timeline as operators read it. */
export const DeskEntry = Type.Object(
  {
    ...TimelineEntry.properties,
    by: nullable(Type.String({ description: 'Which operator; null where none of them did it.' })),
    decline: nullable(Decline),
  },
  { additionalProperties: false },
);
export type DeskEntry = Static<typeof DeskEntry>;

/** What the provider told about the card when it was charged. */
export const CardChecks = Type.Object(
  {
    threeDSecure: nullable(
      Type.String({ description: 'authenticated, attempt_acknowledged, …; null: none.' }),
    ),
    riskLevel: nullable(Type.String({ description: 'normal, elevated, highest, …' })),
    riskScore: nullable(Type.Integer({ description: '0 to 99, where the provider tells.' })),
  },
  { additionalProperties: false },
);
export type CardChecks = Static<typeof CardChecks>;

/** What can be given back now. */
export const RefundableNow = Type.Object(
  {
    amount: Type.Object(
      { ...Money.properties },
      { description: 'Of the order.', additionalProperties: false },
    ),
    disputed: Type.Object(
      { ...Money.properties },
      { description: 'What a dispute stands in the way of; not in the amount.', additionalProperties: false },
    ),
    lines: Type.Array(
      Type.Object(
        { productId: Type.String(), quantity: Type.Integer(), restockable: Type.Integer() },
        { additionalProperties: false },
      ),
      { description: 'Units that were not refunded by line, and units that have not come back to the shop.' },
    ),
    shipping: Type.Boolean({ description: 'Whether the shipping can still be refunded by line.' }),
    before: Type.Array(
      Type.Object({ productId: Type.String(), quantity: Type.Integer() }, { additionalProperties: false }),
      { description: 'Units that were refunded by line.' },
    ),
  },
  { additionalProperties: false },
);
export type RefundableNow = Static<typeof RefundableNow>;

/** Whose account the order belongs to. */
export const OrderPerson = Type.Object(
  { id: Type.String(), name: Type.String(), email: Type.String(), emailVerified: Type.Boolean() },
  { additionalProperties: false },
);
