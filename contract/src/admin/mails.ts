import Type, { type Static } from 'typebox';

/** Every e-mail that the shop writes: eight about an order, four about an account, two about a refund that takes two. */
export const mailKinds = [
  'placed',
  'payment_failed',
  'paid',
  'shipped',
  'refunded',
  'refund_failed',
  'transfer',
  'disputed',
  'verify',
  'reset',
  'change_email',
  'invite',
  'approval_asked',
  'approval_decided',
] as const;
export type MailKind = (typeof mailKinds)[number];

export const MailKindParam = Type.Object({ kind: Type.Enum([...mailKinds]) });

export const MailPreviewQuery = Type.Object(
  {
    order: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Id or number of the order that the mail is to be about; a made-up one without it.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const MailPreview = Type.Object(
  {
    kind: Type.Enum([...mailKinds]),
    to: Type.String(),
    subject: Type.String(),
    text: Type.String(),
    order: Type.Union([
      Type.Object({ id: Type.String(), number: Type.String() }, { additionalProperties: false }),
      Type.Null({ description: 'A made-up order, or a mail about none.' }),
    ]),
    contentUrl: Type.String({ description: 'The mail as HTML, for a frame of its own.' }),
  },
  { additionalProperties: false },
);
export type MailPreview = Static<typeof MailPreview>;
